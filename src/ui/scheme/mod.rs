//! What a project asks of those who mark: its labels, questions and kinds of relations, changed and read
//! in one dialog. Every change is one step of undo. Knows nothing of how marks are painted or answered.

mod adopting;
mod answer_kinds;
mod choices;
mod earlier;
mod fields;
mod files;
mod guide;
mod guidelines;
mod label_form;
mod list;
mod naming;
mod question_form;
mod relation_form;
mod removing;

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::dialogs::{frame, leave, page_row};
use super::dynamic::dynamic;
use super::element::{Element, button, element};
use super::{Dialog, SchemePage, Screen, context};
use crate::dom;
use crate::dom::keys::{self, Chord};
use crate::format::schema_file::SchemaFile;
use crate::model::{AttributeId, Edit, EditError, LabelId, RelationTypeId};
use crate::session::{Session, Watched};
pub(super) use earlier::{next_earlier, review};
pub(super) use guidelines::guide_beside;
use list::{LABELS, QUESTIONS, RELATIONS};

/// The looks of everything here. They come with this part of the program.
pub(super) const LOOKS: &str = include_str!("../../../style/scheme.css");

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq)]
enum View {
    Page(SchemePage),
    /// A label, or a new one.
    Label(Option<LabelId>),
    /// What becomes of the marks of a label that goes.
    RemoveLabel(LabelId),
    MergeLabel(LabelId),
    Question(Option<AttributeId>),
    Relation(Option<RelationTypeId>),
    /// The page that tells how to mark.
    Guidelines,
    /// A schema of a file, before it is taken over.
    Adopt(Arc<SchemaFile>),
}

const PAGES: [(SchemePage, &str); 5] = [
    (SchemePage::Labels, "Labels"),
    (SchemePage::Questions, "Questions"),
    (SchemePage::Relations, "Relations"),
    (SchemePage::Files, "Schemas"),
    (SchemePage::Guide, "Guide"),
];

impl View {
    /// The page that it belongs to.
    fn page(&self) -> SchemePage {
        match self {
            View::Page(page) => *page,
            View::Label(_) | View::RemoveLabel(_) | View::MergeLabel(_) => SchemePage::Labels,
            View::Question(_) => SchemePage::Questions,
            View::Relation(_) => SchemePage::Relations,
            View::Guidelines => SchemePage::Guide,
            View::Adopt(_) => SchemePage::Files,
        }
    }

    /// The id of what it is about.
    fn subject(&self) -> Option<String> {
        Some(match self {
            View::Label(Some(id)) | View::RemoveLabel(id) | View::MergeLabel(id) => id.to_string(),
            View::Question(Some(id)) => id.to_string(),
            View::Relation(Some(id)) => id.to_string(),
            _ => return None,
        })
    }
}

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
struct Sheet {
    session: Session,
    screen: Screen,
    view: Watched<View>,
    /// What was done last, or why it was not.
    told: RwSignal<String>,
    /// So many steps were made here and not taken back.
    steps: RwSignal<u32>,
}

/// The dialog.
pub(super) fn dialog(dialog: Dialog) -> AnyView {
    let (session, screen) = context();
    let page = match dialog {
        Dialog::Scheme(page) => page,
        _ => SchemePage::Labels,
    };
    let sheet = Sheet {
        session,
        screen,
        view: Watched::new(View::Page(page)),
        told: RwSignal::new(String::new()),
        steps: RwSignal::new(0),
    };
    let pages = PAGES.map(|(page, name)| sheet.page_button(page, name));
    let content = dynamic(move || {
        let view = sheet.view.get();
        vec![untrack(|| sheet.content(view)).view()]
    });
    // What stands in the page from the beginning is read aloud when it changes.
    let spoken = element("p").class("visually-hidden").set("role", "status");
    frame("scheme", "Labels and questions")
        .on("keydown", move |event| sheet.key(&event))
        .with(page_row(pages.into()))
        .with(content)
        .with(spoken.show(move || sheet.told.get()))
        .view()
}

impl Sheet {
    fn page_button(self, page: SchemePage, name: &'static str) -> Element {
        let is_on = move || self.view.with(|it| it.page() == page).to_string();
        button(name, move || self.go(View::Page(page))).follow("aria-pressed", is_on)
    }

    fn content(self, view: View) -> Element {
        match view {
            View::Page(page) => self.page(page),
            View::Label(id) => label_form::form_of(self, id),
            View::RemoveLabel(id) => self.remove_label(id),
            View::MergeLabel(id) => self.merge_label(id),
            View::Question(id) => question_form::form_of(self, id),
            View::Relation(id) => relation_form::form_of(self, id),
            View::Guidelines => self.guidelines_form(),
            View::Adopt(file) => self.adopting(file),
        }
    }

    fn page(self, page: SchemePage) -> Element {
        let page = match page {
            SchemePage::Labels => self.list(&LABELS),
            SchemePage::Questions => self.list(&QUESTIONS),
            SchemePage::Relations => self.list(&RELATIONS),
            SchemePage::Files => self.files(),
            SchemePage::Guide => self.guide(),
        };
        let undo = button("Undo", move || self.undo())
            .follow_if("disabled", move || self.steps.get() == 0);
        let close = button("Close", leave).class("primary");
        element("div")
            .with(page.class("scheme-body"))
            .with(self.foot(vec![undo, close]))
    }

    /// The foot of a page or a form: what was done last, and buttons.
    fn foot(self, buttons: Vec<Element>) -> Element {
        let told = element("p").set("aria-hidden", "true");
        element("div")
            .class("buttons scheme-foot")
            .with(told.show(move || self.told.get()))
            .with_all(buttons)
    }

    /// The foot of a form: what else can be done, the way back, and what sends it.
    fn form_foot(self, mut others: Vec<Element>, send: &'static str) -> Element {
        let send = element("button").set("type", "submit").say(send);
        others.push(quiet("Cancel", move || self.leave_form()));
        others.push(send.class("primary"));
        self.foot(others)
    }

    /// Leaves a form as it is.
    fn leave_form(self) {
        self.told.set(String::new());
        self.back();
    }

    /// Shows something else.
    fn go(self, view: View) {
        self.told.set(String::new());
        self.view.set(view);
    }

    /// Shows the page again that one came from, with the focus on what one came for.
    fn back(self) {
        let view = self.view.get_untracked();
        let subject = view.subject();
        self.view.set(View::Page(view.page()));
        let selector = match subject {
            Some(id) => format!("#scheme [data-row={id}] button"),
            None => "#scheme .scheme-add, #scheme .page-row [aria-pressed=true]".to_owned(),
        };
        focus_soon(selector);
    }

    /// Does what is wished; answers whether it was granted, and says where it was not.
    fn make(self, wish: impl Into<Edit>) -> bool {
        match self.session.dispatch(wish.into()) {
            Ok(change) => {
                self.steps.update(|it| *it += 1);
                self.told.set(format!("Done: {}.", change.name));
                true
            }
            Err(EditError::NoChange) => {
                self.told.set(String::new());
                true
            }
            Err(error) => {
                self.told.set(error.to_string());
                false
            }
        }
    }

    fn undo(self) {
        if self.steps.get_untracked() == 0 {
            return;
        }
        if let Some(name) = self.session.undo() {
            self.steps.update(|it| *it -= 1);
            self.view
                .set(View::Page(self.view.with_untracked(View::page)));
            self.told.set(format!("Undone: {name}."));
        }
    }

    /// An open dialog has all keys: undo works in it as outside, and Escape leaves a form first.
    fn key(self, event: &Event) {
        let Some(event) = event
            .dyn_ref::<KeyboardEvent>()
            .filter(|it| !it.is_composing())
        else {
            return;
        };
        let name = Chord::of(event).map(|it| it.name());
        match name.as_deref() {
            Some("Control+z") if !keys::is_typing(event) => self.undo(),
            Some("Escape") if !matches!(self.view.get_untracked(), View::Page(_)) => {
                self.leave_form();
            }
            _ => return,
        }
        event.prevent_default();
    }
}

/// What of a form scrolls where it is longer than the window.
fn body() -> Element {
    element("div").class("scheme-body")
}

/// A button that does not send the form.
fn quiet(name: &'static str, act: impl FnMut() + 'static) -> Element {
    button(name, act).set("type", "button").class("quiet")
}

/// Gives the focus to what fits, once it stands there.
fn focus_soon(selector: String) {
    request_animation_frame(move || {
        if let Some(element) = dom::find(&selector) {
            drop(element.focus());
        }
    });
}
