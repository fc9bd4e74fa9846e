//! Short sentences for the person. Knows nothing of where they are shown.

/// How serious a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// What was just done by hand, for those who did not see it: the quietest.
    Told,
    /// Something worth a look went as wished.
    Done,
    /// Something did not.
    Trouble,
}

/// A sentence that is shown for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number in this session; later ones are higher.
    pub id: u32,
    /// What it says.
    pub text: String,
    /// How serious it is.
    pub kind: NoticeKind,
    /// Whether it offers to undo what it tells of.
    pub can_undo: bool,
}
