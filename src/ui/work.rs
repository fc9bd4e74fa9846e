//! What takes a while: it goes on in slices, so that the page stays alive, shows how far it is, and can be
//! stopped. Knows nothing of what is worked out.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dynamic::when;
use super::element::{button, element};
use crate::session::Watched;

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

    /// How far it is, after what is being done, and the way to stop it. The button stays while the figures
    /// change, or a slow press would miss it.
    pub fn line(self, what: &'static str) -> AnyView {
        let percent = move || {
            let (done, all) = self.progress.get().unwrap_or_default();
            done * 100 / all.max(1)
        };
        let line = move || {
            let bar = element("progress")
                .set("max", "100")
                .set("aria-label", "How far it is")
                .follow("value", move || percent().to_string());
            let told = move || format!("{what}: {} %", percent());
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
        // The panel may have been closed, and with it what counts.
        self.work.turn.try_get_value() == Some(self.turn)
    }

    /// Tells how far it is; answers whether it is still wanted.
    pub fn tell(self, done: usize, all: usize) -> bool {
        if self.is_wanted() {
            self.work.progress.set(Some((done, all)));
        }
        self.is_wanted()
    }
}
