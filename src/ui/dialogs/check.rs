//! What is wrong in the project, and the repairs. Knows nothing of how it is found.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{button, text_sheet};
use crate::dom;
use crate::model::{Edit, Finding, Project, examine};
use crate::session::{Command, Session};
use crate::ui::dynamic::{dynamic, text};
use crate::ui::{Screen, context, counted};

/// How many findings are shown; the number above them counts all.
const ROWS: usize = 200;

/// What the buttons of the sheet share.
#[derive(Clone, Copy)]
struct Sheet {
    session: Session,
    screen: Screen,
    /// How many repairs have been made since it was opened and not taken back.
    repaired: RwSignal<u32>,
}

/// The sheet with everything that was found; it follows the project.
pub(super) fn check() -> AnyView {
    let (session, screen) = context();
    let sheet = Sheet {
        session,
        screen,
        repaired: RwSignal::new(0),
    };
    let told = RwSignal::new(String::new());
    let findings = move || {
        let found = session.with_marks(examine);
        told.set(session.peek(|project| summary(project, found.len(), screen.set_aside)));
        sheet.list(found)
    };
    let status = view! { <p class="side-note" role="status">{text(move || told.get())}</p> };
    let content = vec![status.into_any(), dynamic(findings).into_any()];
    text_sheet("check", "Check this project", content, Vec::new())
}

impl Sheet {
    fn list(self, found: Vec<Finding>) -> AnyView {
        let mut parts = Vec::new();
        if found.iter().filter(|it| it.repair.is_some()).count() > 1 {
            parts.push(button("Repair all", move || {
                for finding in self.session.peek(examine) {
                    self.repair(finding.repair);
                }
            }));
        }
        if self.repaired.get() > 0 {
            parts.push(button("Undo repair", move || self.undo()));
        }
        for finding in found.into_iter().take(ROWS) {
            parts.push(self.row(finding));
        }
        parts.into_any()
    }

    fn row(self, finding: Finding) -> AnyView {
        let Finding {
            place,
            sentence,
            mut repair,
        } = finding;
        let mut buttons = Vec::new();
        if repair.is_some() {
            buttons.push(button("Repair", move || self.repair(repair.take())));
        }
        if let Some((document, mark)) = place {
            buttons.push(button("Show", move || {
                self.screen.dialog.set(None);
                self.session.view.open(document.clone());
                self.session.view.show(mark.clone());
            }));
        }
        view! { <p class="finding" dir="auto">{sentence} {buttons}</p> }.into_any()
    }

    /// Makes a repair, as a step of its own that can be taken back.
    fn repair(self, repair: Option<Edit>) {
        match repair.map(|edit| self.session.dispatch(edit)) {
            Some(Ok(_)) => {
                self.repaired.update(|count| *count += 1);
                self.session.view.say("Repaired", true);
            }
            Some(Err(error)) => self.session.view.warn(error.to_string()),
            None => {}
        }
        focus();
    }

    /// The notice with its way back lies under the sheet, so the sheet has one of its own.
    fn undo(self) {
        self.repaired.update(|count| *count -= 1);
        Command::Undo.run(self.session);
        focus();
    }
}

/// Gives the focus to the text of the sheet, for the button that had it goes with its finding.
fn focus() {
    let area = dom::document().query_selector("#check .sheet-text");
    let area = area
        .ok()
        .flatten()
        .and_then(|it| it.dyn_into::<HtmlElement>().ok());
    // Without the focus it could still be worked, only less well.
    drop(area.map(|it| it.focus()));
}

/// How many findings there are, in a sentence, and what does not show in the project at all.
fn summary(project: &Project, found: usize, set_aside: usize) -> String {
    let mut told = if found > 0 {
        counted(found, "thing to look at.", "things to look at.")
    } else {
        let articles = counted(project.documents().len(), "article, ", "articles, ");
        let marks = counted(project.annotations().len(), "mark", "marks");
        ["Nothing is wrong: ", &articles, &marks, " were checked."].concat()
    };
    if set_aside > 0 {
        told += " Stored values that could not be read are set aside in this browser; \
                 #recover at the end of the page’s address lists them: ";
        told += &set_aside.to_string();
    }
    told
}
