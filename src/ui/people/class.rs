//! What everything about people shares, in dialogs, beside the text and for scripts: the lesson one is in, and
//! whether names are shown. It lasts as long as the page.

use std::cell::RefCell;
use std::sync::Arc;

use leptos::prelude::*;

use super::doing::{self, Offer};
use super::names::Names;
use super::scoring::KeySource;
use super::{LOOKS, practice};
use crate::analysis::agreement::Choice;
use crate::dom;
use crate::format::lesson::Lesson;
use crate::model::AnnotatorId;
use crate::session::{Session, Watched};
use crate::ui::Screen;
use crate::ui::reader::Page;
use crate::ui::screen::HIDES_NAMES;

/// A lesson that is open.
#[derive(Debug, Clone)]
pub struct Opened {
    pub lesson: Arc<Lesson>,
    /// At which of its steps one is, from 0.
    pub step: usize,
}

impl PartialEq for Opened {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.lesson, &other.lesson) && self.step == other.step
    }
}

/// What everything about people shares.
#[derive(Clone, Copy)]
pub struct Class {
    pub session: Session,
    pub screen: Screen,
    /// Whether it is shown to a whole room.
    pub projects: RwSignal<bool>,
    /// The lesson one is in.
    pub opened: Watched<Option<Opened>>,
    /// The lesson of a file, before one begins.
    pub offered: Watched<Option<Offer>>,
    /// Whose marks are tinted in the text by how many there are; none where none are.
    pub heat: Watched<Option<Choice>>,
    /// The key that was asked for last.
    pub key: Watched<Option<KeySource>>,
    /// Whose score is asked for, mark by mark.
    pub asked: Watched<Option<AnnotatorId>>,
    /// Whether the lesson was handed in, so that its key may be looked at.
    pub handed_in: RwSignal<bool>,
    /// When the step began, in milliseconds of the browser's clock.
    pub begun: StoredValue<f64>,
    /// The open article on the screen, once it is there.
    pub page: StoredValue<Option<Page>>,
}

thread_local! {
    static CLASS: RefCell<Option<(Owner, Class)>> = const { RefCell::new(None) };
}

impl Class {
    /// The one class of the page.
    pub fn of(session: Session, screen: Screen) -> Self {
        if let Some(class) = CLASS.with_borrow(|it| it.as_ref().map(|it| it.1)) {
            return class;
        }
        dom::add_style_sheet(LOOKS);
        // No dialog owns it: it is there when they have gone.
        let owner = Owner::new_root(None);
        let class = owner.with(|| Self {
            session,
            screen,
            projects: RwSignal::new(false),
            opened: Watched::new(doing::kept(screen)),
            offered: Watched::new(None),
            heat: Watched::new(None),
            key: Watched::new(None),
            asked: Watched::new(None),
            handed_in: RwSignal::new(doing::was_handed_in(screen)),
            begun: StoredValue::new(js_sys::Date::now()),
            page: StoredValue::new(None),
        });
        CLASS.set(Some((owner, class)));
        practice::follow_marks(class);
        class
    }

    /// Shows names, or hides them, and remembers it.
    pub fn set_hides(self, hides: bool) {
        self.session.view.hides_names.set(hides);
        self.screen
            .remember(HIDES_NAMES, if hides { "on" } else { "off" });
    }

    /// What people are called now; follows the choice and the names.
    pub fn names(self) -> Names {
        Names::now(self.session)
    }

    /// Whoever marks here.
    pub fn me(self) -> AnnotatorId {
        self.session.annotator()
    }
}
