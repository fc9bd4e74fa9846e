//! What became of the files that were opened: file by file, mark by mark.

use leptos::prelude::*;

use super::{button, paragraph, text_sheet};
use crate::format::{Outcome, Placement};
use crate::model::{Document, RecordId};
use crate::session::{Command, shorten};
use crate::ui::dynamic::{attr, press};
use crate::ui::{Report, context, counted, opening};

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
    let undo = move || {
        screen.dialog.set(None);
        Command::Undo.run(session);
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
    let mut content = vec![paragraph(format!("{}.", opening::told(report)))];
    if exact > 0 {
        let marks = counted(exact, "mark", "marks");
        content.push(paragraph(format!(
            "{marks} stand exactly where they stood."
        )));
    }
    let notices = reading.notices.iter().take(ROWS);
    content.extend(notices.map(|it| paragraph(it.clone())));
    let rows = doubtful.take(ROWS).map(placement_row).collect();
    content.push(section("Marks to look at", rows));
    let problems = reading.problems.iter().take(ROWS);
    let rows = problems
        .map(|it| view! { <li data-problem=it.file.clone()>{it.to_string()}</li> }.into_any())
        .collect();
    content.push(section("Could not be read", rows));
    let duplicates = reading.duplicates.iter().take(ROWS);
    let rows = duplicates
        .map(|it| view! { <Duplicate document=it.clone() /> }.into_any())
        .collect();
    content.push(section("Here already", rows));
    let undo = report.changed.then(|| button("Undo import", undo));
    let buttons = undo.into_iter().collect();
    text_sheet("report", "What was opened", content, buttons)
}

fn section(title: &'static str, rows: Vec<AnyView>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <h3>{title}</h3>
        <ul class="report-list">{rows}</ul>
    }
    .into_any()
}

fn placement_row(placement: &Placement) -> AnyView {
    let (word, sentence) = outcome_word(&placement.outcome);
    let quote = format!("“{}” ", shorten(&placement.quote, 90));
    view! {
        <li data-outcome=word>
            <span {..attr("dir", "auto")}>{quote}</span>
            <em>{sentence}</em>
        </li>
    }
    .into_any()
}

/// An article whose text is here already.
#[component]
fn Duplicate(document: Document) -> impl IntoView {
    let (session, _) = context();
    let title = document.title().to_owned();
    let id = RecordId::Document(document.id.clone());
    let added = RwSignal::new(session.peek(|project| project.record(&id).is_some()));
    let add = move || {
        opening::add_anyway(session, &document);
        added.set(true);
    };
    view! {
        <li data-duplicate="">
            <span {..attr("dir", "auto")}>{title}</span>
            <button class="quiet" {..attr("disabled", added)} on:click=press(add)>
                "Add anyway"
            </button>
        </li>
    }
}
