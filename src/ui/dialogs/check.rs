//! What is wrong in the project, and the repairs. Knows nothing of how it is found.

use leptos::prelude::*;

use super::{leave, paragraph, sheet_button, text_sheet};
use crate::model::{Finding, Project, examine};
use crate::session::{Command, Session};
use crate::ui::element::{Element, element};
use crate::ui::{Dialog, Screen, context, counted};

/// How many findings are shown; the number above them counts all.
const ROWS: usize = 200;

/// What the buttons of the sheet share.
#[derive(Clone, Copy)]
struct Sheet {
    session: Session,
    screen: Screen,
    /// How many repairs have been made since it was opened and not taken back.
    repaired: u32,
}

/// The sheet with everything that was found. After each repair it is opened anew: what it says is
/// read out again, and the focus is in it, though the button that had it is gone.
pub(super) fn check(repaired: u32) -> AnyView {
    let (session, screen) = context();
    let sheet = Sheet {
        session,
        screen,
        repaired,
    };
    let mut found = session.peek(examine);
    let summary = session.peek(|project| summary(project, found.len(), screen.set_aside));
    let repairs = found.iter().filter(|it| it.repair.is_some()).count();
    found.truncate(ROWS);
    let rows = found.into_iter().map(|it| sheet.row(it)).collect();
    let content = element("div").with(paragraph(summary)).with_all(rows);
    let mut buttons = Vec::new();
    if repairs > 1 {
        buttons.push(sheet_button("Repair all", move || {
            sheet.repair(session.peek(examine))
        }));
    }
    if repaired > 0 {
        // The notice with its way back lies under the sheet, so the sheet has one of its own.
        buttons.push(sheet_button("Undo repair", move || {
            Command::Undo.run(session);
            screen.open(Dialog::Check(repaired - 1));
        }));
    }
    text_sheet("check", "Check this project", content, buttons)
}

impl Sheet {
    fn row(self, finding: Finding) -> Element {
        let sentence = finding.sentence.clone();
        let mark = finding.mark.clone();
        let mut row = element("p").class("finding").set("dir", "auto");
        row = row.say_this(sentence).say(" ");
        if finding.repair.is_some() {
            let mut one = vec![finding];
            row = row.with(sheet_button("Repair", move || {
                self.repair(std::mem::take(&mut one))
            }));
        }
        if let Some(mark) = mark {
            row = row.with(sheet_button("Show", move || {
                let (session, mark) = (self.session, mark.clone());
                self.screen.after_dialog(move || session.go_to_mark(&mark));
                leave();
            }));
        }
        row
    }

    /// Makes each repair a step of its own, so that each can be taken back.
    fn repair(self, findings: Vec<Finding>) {
        let mut repaired = self.repaired;
        for edit in findings.into_iter().filter_map(|it| it.repair) {
            match self.session.dispatch(edit) {
                Ok(_) => {
                    repaired += 1;
                    self.session.view.say("Repaired", true);
                }
                Err(error) => self.session.view.warn(error.to_string()),
            }
        }
        self.screen.open(Dialog::Check(repaired));
    }
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
        told += " Stored values set aside as unreadable, to be seen at #recover: ";
        told += &set_aside.to_string();
    }
    told
}
