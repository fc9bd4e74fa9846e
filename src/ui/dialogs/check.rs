//! What is wrong in the project, and the repairs. Knows nothing of how it is found.

use leptos::html::Div;
use leptos::prelude::*;

use super::{Frame, close};
use crate::model::{Finding, Project, examine};
use crate::session::{Command, Session};
use crate::ui::dynamic::{dynamic, press, text, when};
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
    /// What has the findings. It takes the focus from a button that goes with its finding.
    area: NodeRef<Div>,
}

/// The sheet with everything that was found; it follows the project.
#[component]
pub(super) fn Check() -> impl IntoView {
    let (session, screen) = context();
    let sheet = Sheet {
        session,
        screen,
        repaired: RwSignal::new(0),
        area: NodeRef::new(),
    };
    let told = RwSignal::new(String::new());
    let findings = move || {
        let found = session.with_marks(examine);
        told.set(session.peek(|project| summary(project, found.len())));
        sheet.list(found)
    };
    let undo = move || {
        let undo = press(move || {
            sheet.repaired.update(|count| *count -= 1);
            Command::Undo.run(session);
            sheet.focus();
        });
        view! { <button on:click=undo>"Undo repair"</button> }.into_any()
    };
    let aside = (screen.set_aside > 0).then(|| {
        let values = counted(screen.set_aside, "stored value", "stored values");
        view! {
            <p class="side-note">
                {values} " could not be read and lie in this browser, set aside. "
                <a href="#recover">"Look at what is stored"</a>
            </p>
        }
    });
    view! {
        <Frame id="check" title="Check this project">
            <div class="sheet-text" tabindex="0" role="region" aria-label="Findings" node_ref=sheet.area>
                <p role="status">{text(move || told.get())}</p>
                {aside}
                {dynamic(findings)}
            </div>
            <div class="buttons">
                {when(move || sheet.repaired.get() > 0, undo)}
                <button class="primary" on:click=close()>"Close"</button>
            </div>
        </Frame>
    }
}

impl Sheet {
    fn list(self, found: Vec<Finding>) -> AnyView {
        let repairs = found.iter().filter(|it| it.repair.is_some()).count();
        let all = press(move || self.repair(self.session.peek(examine)));
        let all = (repairs > 1).then(|| view! { <button on:click=all>"Repair all"</button> });
        let rows = found.into_iter().take(ROWS);
        let rows: Vec<AnyView> = rows.map(|it| self.row(it)).collect();
        view! {
            {all}
            <ul class="report-list">{rows}</ul>
        }
        .into_any()
    }

    fn row(self, finding: Finding) -> AnyView {
        let sentence = finding.sentence.clone();
        let place = finding.document.clone().zip(finding.mark.clone());
        let show = place.map(|(document, mark)| {
            let show = press(move || {
                self.screen.dialog.set(None);
                self.session.view.open(document.clone());
                self.session.view.show(mark.clone());
            });
            view! { <button class="quiet" on:click=show>"Show"</button> }
        });
        let repair = finding.repair.is_some().then(|| {
            let repair = press(move || self.repair(vec![finding.clone()]));
            view! { <button class="quiet" on:click=repair>"Repair"</button> }
        });
        view! {
            <li>
                <span dir="auto">{sentence}</span>
                {repair}
                {show}
            </li>
        }
        .into_any()
    }

    /// Makes each repair a step of its own, so that each can be taken back.
    fn repair(self, findings: Vec<Finding>) {
        let mut done = 0;
        for edit in findings.into_iter().filter_map(|it| it.repair) {
            match self.session.dispatch(edit) {
                Ok(_) => done += 1,
                // One repair may have settled what another was for.
                Err(error) => self.session.view.warn(error.to_string()),
            }
        }
        if done > 0 {
            let told = counted(done, "repair", "repairs");
            self.session.view.say(format!("Made {told}"), true);
            self.repaired.update(|count| *count += done as u32);
        }
        self.focus();
    }

    fn focus(self) {
        if let Some(area) = self.area.get_untracked() {
            // Without the focus it could still be worked, only less well.
            drop(area.focus());
        }
    }
}

/// How many findings there are, in a sentence.
fn summary(project: &Project, found: usize) -> String {
    if found > 0 {
        return format!("{} to look at.", counted(found, "thing", "things"));
    }
    let articles = counted(project.documents().len(), "article", "articles");
    let marks = counted(project.annotations().len(), "mark", "marks");
    format!("Nothing is wrong: {articles}, {marks} were checked.")
}
