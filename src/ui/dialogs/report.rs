//! What became of the files that were opened: file by file, mark by mark.

use leptos::prelude::*;

use super::{leave, paragraph, sheet_button, text_sheet};
use crate::format::{Outcome, Placement};
use crate::model::{Document, DocumentId, RecordId};
use crate::session::{Command, shorten};
use crate::ui::element::{Element, button, element};
use crate::ui::{Dialog, Report, context, counted, opening};

/// How many rows of each kind are shown; the numbers above them count all.
const ROWS: usize = 200;

fn outcome_word(outcome: &Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Exact => ("exact", "placed"),
        Outcome::Moved { .. } => ("moved", "found elsewhere"),
        Outcome::Ambiguous => ("ambiguous", "found in several places"),
        Outcome::Unplaced => ("unplaced", "not found, waits in the tray"),
    }
}

/// The report.
pub(super) fn report_sheet(report: &Report) -> AnyView {
    let (session, screen) = context();
    // What is added from here makes steps of its own.
    let added = StoredValue::new(0);
    let undo = move || {
        let steps = added.get_value() + 1;
        screen.after_dialog(move || (0..steps).for_each(|_| Command::Undo.run(session)));
        leave();
    };
    let reading = &report.reading;
    let exact = reading
        .placements
        .iter()
        .filter(|it| matches!(it.outcome, Outcome::Exact))
        .count();
    let doubtful = reading
        .placements
        .iter()
        .filter(|it| !matches!(it.outcome, Outcome::Exact));
    let told = format!("{}.", opening::told(report));
    let mut content = element("div").with(paragraph(told));
    if exact > 0 {
        let one = "mark stands exactly where it stood.";
        let told = counted(exact, one, "marks stand exactly where they stood.");
        content = content.with(paragraph(told));
    }
    let notices = reading.notices.iter().take(ROWS);
    content = content.with_all(notices.map(|it| paragraph(it.clone())).collect());
    let rows = doubtful.take(ROWS).map(placement_row);
    content = section(content, "Marks to look at", rows.collect());
    let problems = reading.problems.iter().take(ROWS).map(|it| {
        let row = element("li").set_to("data-problem", it.file.clone());
        row.say_this(it.to_string())
    });
    content = section(content, "Could not be read", problems.collect());
    let duplicates = reading.duplicates.iter().take(ROWS);
    let duplicates = duplicates.map(|it| duplicate(it.clone(), added));
    content = section(content, "Here already", duplicates.collect());
    let editions = report.editions.iter();
    let editions = editions.map(|(earlier, later)| edition(earlier.clone(), later));
    content = section(
        content,
        "Reads like a later text of an article here",
        editions.collect(),
    );
    let mut buttons = Vec::new();
    if report.changed {
        buttons.push(sheet_button("Undo import", undo));
    }
    if report.findings > 0 {
        let things = counted(
            report.findings,
            "thing in the project looks",
            "things in the project look",
        );
        content = content.with(paragraph(format!("{things} wrong.")));
        let check = move || screen.open(Dialog::Check(0));
        buttons.push(sheet_button("Check this project", check));
    }
    text_sheet("report", "What was opened", content, buttons)
}

fn section(content: Element, title: &'static str, rows: Vec<Element>) -> Element {
    if rows.is_empty() {
        return content;
    }
    let list = element("ul").class("report-list").with_all(rows);
    content.with(element("h3").say(title)).with(list)
}

fn placement_row(placement: &Placement) -> Element {
    let (word, sentence) = outcome_word(&placement.outcome);
    let quote = format!("“{}” ", shorten(&placement.quote, 90));
    element("li")
        .set("data-outcome", word)
        .with(element("span").set("dir", "auto").say_this(quote))
        .with(element("em").say(sentence))
}

/// An article that reads like a later text of another one.
fn edition(earlier: DocumentId, later: &Document) -> Element {
    let (_, screen) = context();
    let id = later.id.clone();
    let compare = move || screen.open(Dialog::Edition(earlier.clone(), Some(id.clone())));
    element("li")
        .set_to("data-edition", later.id.to_string())
        .with(
            element("span")
                .set("dir", "auto")
                .say_this(later.title().to_owned()),
        )
        .with(button("Compare the two", compare).class("quiet"))
}

/// An article whose text is here already, and the way to have it twice, which counts as one of `steps`.
fn duplicate(document: Document, steps: StoredValue<usize>) -> Element {
    let (session, _) = context();
    let title = document.title().to_owned();
    let id = RecordId::Document(document.id.clone());
    let added = RwSignal::new(session.peek(|project| project.record(&id).is_some()));
    let add = move || {
        opening::add_anyway(session, &document);
        steps.update_value(|it| *it += 1);
        added.set(true);
    };
    let button = button("Add anyway", add).class("quiet");
    element("li")
        .set("data-duplicate", "")
        .with(element("span").set("dir", "auto").say_this(title))
        .with(button.follow_if("disabled", move || added.get()))
}
