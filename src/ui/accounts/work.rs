//! The words of all articles, which most of what is worked out about accounts needs: read in slices, and kept.

use std::cell::Cell;
use std::sync::Arc;

use crate::analysis::TextIndex;
use crate::model::Document;
use crate::session::Session;
use crate::ui::opening::breathe;
pub use crate::ui::work::{Turn, Work};

/// How many bytes of text are read before the page may act again.
const SLICE: usize = 200_000;

thread_local! {
    /// The words of all articles, but for those that came since it was last asked for. Whoever uses it
    /// takes it out meanwhile; who finds none makes another one.
    static INDEX: Cell<Option<TextIndex>> = const { Cell::new(None) };
}

/// The index of all articles, complete; the page stays alive while it is made. None where `goes_on`, which
/// is told how much is read of how much there is, said that it is not wanted any more. With it is a text
/// that was pasted.
pub async fn index(
    session: Session,
    pasted: Option<&Arc<Document>>,
    mut goes_on: impl FnMut(usize, usize) -> bool,
) -> Option<TextIndex> {
    let mut index = INDEX.take().unwrap_or_default();
    session.peek(|project| index.follow(project.documents().iter().chain(pasted)));
    while !index.read(SLICE) {
        let (done, all) = index.progress();
        if !goes_on(done, all) {
            keep(index);
            return None;
        }
        breathe().await;
    }
    Some(index)
}

/// Keeps the index for whoever needs it next.
pub fn keep(index: TextIndex) {
    INDEX.set(Some(index));
}

impl Turn {
    /// The index of all articles; none where it was stopped.
    pub async fn index(self, session: Session) -> Option<TextIndex> {
        self.index_with(session, None).await
    }

    /// The same with a text that was pasted.
    pub async fn index_with(
        self,
        session: Session,
        pasted: Option<&Arc<Document>>,
    ) -> Option<TextIndex> {
        index(session, pasted, move |done, all| self.tell(done, all)).await
    }
}
