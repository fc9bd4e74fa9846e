//! What was found in the files that people handed in, file by file, and what has to be asked before it is taken
//! over.

use super::note;
use super::take_over::{told, word};
use crate::format::hand_in::{Fate, FileReport, Keep, Question, Report};
use crate::model::sorted::SortedSet;
use crate::session::Watched;
use crate::ui::counted;
use crate::ui::element::{Element, element, radio};

/// How many rows are shown; the numbers above them count all.
const ROWS: usize = 200;

/// What became of marks, in the order in which a report counts them.
const FATES: [&str; 4] = [
    "in place",
    "found elsewhere",
    "found in several places",
    "not found",
];

/// How many files there are, how many of them count, and of how many people.
pub fn sum(report: &Report) -> String {
    let taken = report.files.iter().filter(|it| it.fate == Fate::Taken);
    let people = taken
        .clone()
        .flat_map(|it| it.people.iter().map(|it| &it.0));
    let people = SortedSet::of_keys(people).keys().count();
    let marks: usize = taken.clone().flat_map(|it| it.marks).sum();
    let count = taken.count();
    format!(
        "{count} of {} can be taken over: {} of {}.",
        counted(report.files.len(), "file", "files"),
        counted(marks, "mark", "marks"),
        counted(people, "person", "people"),
    )
}

/// The files, one in a row.
pub fn table(report: &Report) -> Element {
    let head = ["File", "Who", "Marks", "What becomes of it"];
    let head = head.map(|name| element("th").set("scope", "col").say(name));
    let rows = report.files.iter().take(ROWS).map(row).collect();
    element("table")
        .class("people-table hand-ins")
        .with(element("thead").with(element("tr").with_all(head.into())))
        .with(element("tbody").with_all(rows))
}

fn row(file: &FileReport) -> Element {
    let people = file.people.iter();
    let people = people.map(|it| match it.1.is_empty() {
        true => "no name",
        false => it.1.as_str(),
    });
    let people = people.collect::<Vec<_>>().join(", ");
    let mut said = element("td").with(element("span").say_this(told(file)));
    let problems = file.problems.iter().map(|it| it.message.clone());
    for words in problems.chain(file.notices.iter().cloned()).take(ROWS) {
        said = said.with(note(words));
    }
    element("tr")
        .set("data-fate", word(&file.fate))
        .set_to("data-file", file.file.clone())
        .with(
            element("th")
                .set("scope", "row")
                .set("dir", "auto")
                .say_this(file.file.clone()),
        )
        .with(element("td").set("dir", "auto").say_this(people))
        .with(
            element("td")
                .set("data-name", "Marks")
                .say_this(marks(file)),
        )
        .with(said)
}

/// How many marks a file holds, and what was found of them.
fn marks(file: &FileReport) -> String {
    let all: usize = file.marks.iter().sum();
    if matches!(file.fate, Fate::Unread(_)) {
        return String::new();
    }
    if all == file.marks[0] {
        return all.to_string();
    }
    let parts = FATES.iter().zip(file.marks).filter(|it| it.1 > 0);
    let parts: Vec<String> = parts
        .map(|(fate, count)| format!("{count} {fate}"))
        .collect();
    format!("{all}: {}", parts.join(", "))
}

/// What has to be asked: whether of those who handed in more than once the latest file counts.
pub fn questions(report: &Report, keep: Watched<Keep>) -> Vec<Element> {
    let mut shown = Vec::new();
    for names in &report.mistaken {
        shown.push(note(format!(
            "{} have one id, as people have who share a browser. They are kept apart by their names.",
            names.join(" and ")
        )));
    }
    if report.questions.is_empty() {
        return shown;
    }
    let choice = |choice: Keep, name: &'static str| {
        let field = radio(
            "keep",
            move || keep.get() == choice,
            move || keep.set(choice),
        );
        element("label").class("choice").with(field).say(name)
    };
    let rows = report.questions.iter().take(ROWS).map(asked).collect();
    shown.push(
        element("fieldset")
            .class("people-question")
            .with(element("legend").say("Some of them have handed in before. What counts?"))
            .with(element("ul").class("report-list").with_all(rows))
            .with(choice(
                Keep::Latest,
                "The latest of each person; what is older goes",
            ))
            .with(choice(Keep::All, "Everything; nothing goes")),
    );
    shown
}

fn asked(question: &Question) -> Element {
    let mut told = match question.name.is_empty() {
        true => "Somebody without a name".to_owned(),
        false => question.name.clone(),
    };
    told += &format!(": {}", question.files.join(", "));
    if question.here > 0 {
        let here = counted(
            question.here,
            "mark is here already",
            "marks are here already",
        );
        told += &format!("; {here}");
    }
    let gone = counted(question.gone, "mark", "marks");
    told += &format!("; {gone} would go if the latest counts.");
    element("li").set("dir", "auto").say_this(told)
}
