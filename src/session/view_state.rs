//! What is looked at right now. None of it lasts, and none of it is in the project.

use std::sync::Arc;

use leptos::prelude::*;

use super::cursor::Cursor;
use super::notice::{Notice, NoticeKind};
use super::picked::Picking;
use super::shown::Shown;
use super::watched::Watched;
use crate::model::sorted::SortedMap;
use crate::model::{
    AnnotationId, Change, Document, DocumentId, LabelId, Offset, Record, RecordId, Span,
};

/// Where the work is kept at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveState {
    /// Being written.
    Saving,
    /// Safe against a crash of the browser or the machine.
    Saved,
    /// Written, but the browser may not have brought it to the disk yet.
    BrowserOnly,
    /// Not written; the sentence says why and what to do.
    NotSaved(String),
}

impl SaveState {
    /// The word for `data-state`.
    pub fn word(&self) -> &'static str {
        match self {
            SaveState::Saving => "saving",
            SaveState::Saved => "saved",
            SaveState::BrowserOnly => "browser-only",
            SaveState::NotSaved(_) => "not-saved",
        }
    }
}

/// What clicks in the text are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clicks {
    /// Selecting words and giving marks the focus.
    Select,
    /// The next two say which words are added to the mark that can grow, from the first to the last.
    Add,
    /// The next one says where the mark in focus is split.
    Split,
}

/// How the backup file stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backup {
    /// Nobody has asked for one.
    None,
    /// The browser cannot keep one.
    Unsupported,
    /// It was written; which file where.
    Written(String),
    /// It waits for the person; the reason.
    Paused(String),
}

/// Signals of the view.
#[derive(Clone, Copy)]
pub struct ViewState {
    /// The article that is open.
    pub open: Watched<Option<DocumentId>>,
    /// The article that was open before it.
    before: StoredValue<Option<DocumentId>>,
    /// The label that a drag paints with.
    pub armed: Watched<Option<LabelId>>,
    /// The selected span that has no label yet.
    pub draft: Watched<Option<Span>>,
    /// Where the word cursor is, as long as it is in use. In the open article.
    pub cursor: Watched<Option<Cursor>>,
    /// The annotation in focus.
    pub focused: Watched<Option<AnnotationId>>,
    /// The annotation that selected words can be added to: it was in focus when selecting began.
    pub growing: Watched<Option<AnnotationId>>,
    /// What the next clicks are for.
    pub clicks: Watched<Clicks>,
    /// The place of an annotation by which it came into focus, where there is one: what is said of
    /// one of its parts is said of the part there.
    pub part: Watched<Option<(AnnotationId, Offset)>>,
    /// Which marks alone are shown.
    pub only: Watched<Shown>,
    /// The annotations that are picked, as long as several can be. In the open article.
    pub picked: Picking,
    /// Whether the marks are hidden, to read the words alone.
    pub plain: Watched<bool>,
    /// Whether everything but the text is out of sight.
    pub alone: Watched<bool>,
    /// An annotation that is to be brought into sight, until that was done.
    pub reveal: Watched<Option<AnnotationId>>,
    /// Whether selections widen to whole words.
    pub whole_words: RwSignal<bool>,
    /// Whether this visit began a new project, which asks what comes with the page.
    pub has_begun: RwSignal<bool>,
    /// Whether single letters and digits are commands.
    pub letter_keys: RwSignal<bool>,
    /// Whether it is kept what marks were first taken for, when they get another label.
    pub keeps_first: RwSignal<bool>,
    /// Whether people are called by names that say nothing.
    pub hides_names: RwSignal<bool>,
    /// Where the work is kept.
    pub save: Watched<SaveState>,
    /// How many changes are in no file that was saved here.
    pub unexported: Watched<usize>,
    /// What was typed as a comment on a mark and not added yet, or in place of a comment and not saved yet.
    pub drafts: StoredValue<SortedMap<RecordId, String>>,
    /// How the backup file stands.
    pub backup: Watched<Backup>,
    /// What was said lately, oldest first.
    pub notices: Watched<Vec<Notice>>,
    /// The number of the newest of them.
    last_notice: StoredValue<u32>,
}

impl ViewState {
    pub(super) fn new() -> Self {
        Self {
            open: Watched::new(None),
            before: StoredValue::new(None),
            armed: Watched::new(None),
            draft: Watched::new(None),
            cursor: Watched::new(None),
            focused: Watched::new(None),
            growing: Watched::new(None),
            clicks: Watched::new(Clicks::Select),
            part: Watched::new(None),
            only: Watched::new(Shown::default()),
            picked: Watched::new(None),
            plain: Watched::new(false),
            alone: Watched::new(false),
            reveal: Watched::new(None),
            whole_words: RwSignal::new(false),
            has_begun: RwSignal::new(false),
            letter_keys: RwSignal::new(true),
            keeps_first: RwSignal::new(false),
            hides_names: RwSignal::new(false),
            save: Watched::new(SaveState::BrowserOnly),
            unexported: Watched::new(0),
            drafts: StoredValue::new(SortedMap::default()),
            backup: Watched::new(Backup::None),
            notices: Watched::new(Vec::new()),
            last_notice: StoredValue::new(0),
        }
    }

    /// Opens an article; a selection or focus in another one ends.
    pub fn open(&self, document: DocumentId) {
        if self.open.get_untracked().as_ref() != Some(&document) {
            self.let_go();
            self.before.set_value(self.open.get_untracked());
            self.open.set(Some(document));
        }
    }

    /// Takes words as the draft, or none. A mark in focus is the one that they can be added to.
    pub fn select(&self, draft: Option<Span>) {
        let focused = self.focused.get_untracked();
        if focused.is_some() {
            self.growing.set(focused);
            self.focused.set(None);
        }
        self.draft.set(draft);
    }

    /// Adds nothing more to the mark that was in focus, and does not split it by a click.
    pub fn stop_growing(&self) {
        self.growing.set(None);
        self.clicks.set(Clicks::Select);
    }

    /// Whether the next clicks are for this.
    pub fn awaits(&self, clicks: Clicks) -> bool {
        self.clicks.with_untracked(|it| *it == clicks)
    }

    /// Gives the focus to an annotation at a place of its text, or takes it away.
    pub fn focus_at(&self, annotation: Option<AnnotationId>, at: Option<Offset>) {
        self.stop_growing();
        self.part.set(annotation.clone().zip(at));
        self.focused.set(annotation);
    }

    /// Lets go of every place in the open article.
    fn let_go(&self) {
        self.draft.set(None);
        self.stop_growing();
        self.cursor.set(None);
        self.picked.set(None);
        self.focused.set(None);
    }

    /// Opens another article where the one that was open is gone: the one before it, else the
    /// first.
    pub(super) fn stay_open(&self, documents: &[Arc<Document>]) {
        if self.open.with_untracked(Option::is_some) {
            return;
        }
        let before = self.before.get_value();
        let again = documents.iter().find(|it| Some(&it.id) == before.as_ref());
        if let Some(next) = again.or(documents.first()) {
            self.open(next.id.clone());
        }
    }

    /// Focuses an annotation and asks for it to be shown.
    pub fn show(&self, annotation: AnnotationId) {
        self.focus_at(Some(annotation.clone()), None);
        self.reveal.set(Some(annotation));
    }

    /// Says quietly what was just done.
    pub fn tell(&self, text: impl Into<String>) {
        self.push(text.into(), NoticeKind::Told, false);
    }

    /// Says something that went as wished, perhaps with a way back.
    pub fn say(&self, text: impl Into<String>, can_undo: bool) {
        self.push(text.into(), NoticeKind::Done, can_undo);
    }

    /// Says something that did not.
    pub fn warn(&self, text: impl Into<String>) {
        self.push(text.into(), NoticeKind::Trouble, false);
    }

    /// Takes away the notices with a way back: it would take back what was done last, which is something else now.
    pub(super) fn drop_ways_back(&self) {
        if self
            .notices
            .with_untracked(|all| all.iter().any(|it| it.can_undo))
        {
            self.notices.update(|all| all.retain(|it| !it.can_undo));
        }
    }

    fn push(&self, text: String, kind: NoticeKind, can_undo: bool) {
        // Counted on, as the time of a notice that is gone may still run.
        let id = self.last_notice.get_value().wrapping_add(1);
        self.last_notice.set_value(id);
        self.notices.update(|notices| {
            // The newest says what matters; of trouble, three at once are as much as anybody reads.
            notices.retain(|it| it.kind == NoticeKind::Trouble);
            notices.drain(..notices.len().saturating_sub(2));
            notices.push(Notice {
                id,
                text,
                kind,
                can_undo,
            });
        });
    }

    /// Lets go of what a change has removed; answers whether the open article was.
    pub(super) fn forget_gone(&self, change: &Change) -> bool {
        let mut closed = false;
        for record in &change.records {
            if record.after.is_some() {
                continue;
            }
            match &record.before {
                Some(Record::Annotation(gone)) if self.is_focused(&gone.id) => {
                    self.focused.set(None);
                }
                Some(Record::Document(gone)) if self.is_open(&gone.id) => {
                    self.let_go();
                    self.open.set(None);
                    closed = true;
                }
                _ => {}
            }
        }
        closed
    }

    fn is_focused(&self, id: &AnnotationId) -> bool {
        self.focused.with_untracked(|it| it.as_ref() == Some(id))
    }

    fn is_open(&self, id: &DocumentId) -> bool {
        self.open.with_untracked(|it| it.as_ref() == Some(id))
    }
}
