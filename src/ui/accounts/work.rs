//! What takes a while: it goes on in slices, so that the page stays alive, shows how far it is, and can be
//! stopped. The words of all articles, which most of it needs, are kept here.

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::analysis::TextIndex;
use crate::model::Document;
use crate::session::{Session, Watched};
use crate::ui::dynamic::when;
use crate::ui::element::{button, element};
use crate::ui::opening::breathe;

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

/// What is being worked out for a panel.
#[derive(Clone, Copy)]
pub struct Work {
    /// How much is done of how much; none where nothing is under way.
    progress: Watched<Option<(usize, usize)>>,
    /// Counts what was begun or stopped: only the last is wanted.
    turn: StoredValue<u32>,
}

impl Work {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            progress: Watched::new(None),
            turn: StoredValue::new(0),
        }
    }

    /// Begins something else; what was under way is not wanted any more.
    pub fn begin<W: Future<Output = ()> + 'static>(self, work: impl FnOnce(Turn) -> W) {
        self.turn.update_value(|turn| *turn += 1);
        let turn = Turn {
            work: self,
            turn: self.turn.get_value(),
        };
        let work = work(turn);
        spawn_local(async move {
            work.await;
            if turn.is_wanted() {
                self.progress.set(None);
            }
        });
    }

    /// What is under way is not wanted any more.
    pub fn stop(self) {
        self.turn.update_value(|turn| *turn += 1);
        self.progress.set(None);
    }

    /// How far it is, and the way to stop it. The button stays while the figures change, or a slow press
    /// would miss it.
    pub fn line(self) -> AnyView {
        let percent = move || {
            let (done, all) = self.progress.get().unwrap_or_default();
            done * 100 / all.max(1)
        };
        let line = move || {
            let bar = element("progress")
                .set("max", "100")
                .set("aria-label", "How far it is")
                .follow("value", move || percent().to_string());
            let told = move || format!("Reading the articles: {} %", percent());
            element("p")
                .class("work-line")
                .with(element("span").show(told))
                .with(bar)
                .with(button("Stop", move || self.stop()))
                .view()
        };
        when(move || self.progress.with(Option::is_some), line)
    }
}

/// One thing that is being worked out.
#[derive(Clone, Copy)]
pub struct Turn {
    work: Work,
    turn: u32,
}

impl Turn {
    /// Whether its outcome is still wanted.
    pub fn is_wanted(self) -> bool {
        self.work.turn.get_value() == self.turn
    }

    /// Tells how far it is; answers whether it is still wanted.
    pub fn tell(self, done: usize, all: usize) -> bool {
        if self.is_wanted() {
            self.work.progress.set(Some((done, all)));
        }
        self.is_wanted()
    }

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
