//! What was found in one packet, as text: sums, marks, and what could not be read.

use leptos::prelude::*;

use super::Look;
use crate::format::Problem;
use crate::format::exchange::{Fate, FoundSpan};
use crate::session::{Session, shorten};
use crate::ui::counted;
use crate::ui::element::{Element, element};

/// How many rows of each kind are shown; the numbers above them count all.
const ROWS: usize = 200;

/// What may become of a mark: a word for scripts and tests, and words for people.
const FATES: [(Fate, &str, &str); 5] = [
    (Fate::Placed, "placed", "placed"),
    (Fate::Moved, "moved", "found elsewhere"),
    (Fate::Ambiguous, "ambiguous", "found in several places"),
    (Fate::NotPlaced, "unplaced", "not found"),
    (Fate::HereAlready, "here", "here already"),
];

/// How many articles and marks there are, and how many marks have each fate.
pub(super) fn sum<'s>(documents: usize, spans: impl Iterator<Item = &'s FoundSpan>) -> String {
    let mut counts = FATES.map(|_| 0);
    for span in spans {
        let place = FATES.iter().position(|it| it.0 == span.fate);
        counts[place.expect("every fate is in the list")] += 1;
    }
    let articles = counted(documents, "new article", "new articles");
    let told = FATES.iter().zip(counts).filter(|it| it.1 > 0);
    let told: Vec<String> = told
        .map(|(fate, count)| format!("{count} {}", fate.2))
        .collect();
    match counts.iter().sum::<usize>() {
        0 => format!("{articles} without marks"),
        all => format!(
            "{articles}, {}: {}",
            counted(all, "mark", "marks"),
            told.join(", ")
        ),
    }
}

/// What a packet would give.
pub(super) fn found(session: Session, look: &Look) -> Vec<AnyView> {
    let reading = match &look.reading {
        Ok(reading) => reading,
        Err(why) => return views(problems(std::slice::from_ref(why))),
    };
    let sum = sum(look.new_documents(), look.spans.iter());
    let mut shown = vec![element("p").say_this(format!("{sum}."))];
    let notices = reading.notices.iter().take(ROWS);
    shown.extend(notices.map(|it| element("p").class("side-note").say_this(it.clone())));
    let is_doubtful = |it: &&FoundSpan| !matches!(it.fate, Fate::Placed | Fate::HereAlready);
    let doubtful = look.spans.iter().filter(is_doubtful);
    let rows = doubtful.take(ROWS).map(|it| row(session, it)).collect();
    shown.extend(titled("Marks to look at", rows));
    shown.extend(problems(&reading.problems));
    let duplicates = reading.duplicates.iter().take(ROWS);
    let duplicates = duplicates.map(|it| {
        let row = element("li").set("data-duplicate", "");
        row.set("dir", "auto").say_this(it.title().to_owned())
    });
    shown.extend(titled(
        "Articles that are here already",
        duplicates.collect(),
    ));
    if !look.spans.is_empty() {
        shown.push(all_marks(session, &look.spans));
    }
    views(shown)
}

fn views(elements: Vec<Element>) -> Vec<AnyView> {
    elements.into_iter().map(Element::view).collect()
}

/// All marks, for who wants to see them.
fn all_marks(session: Session, spans: &[FoundSpan]) -> Element {
    let words = match spans.len() {
        count if count > ROWS => format!("The first {ROWS} of {count} marks"),
        count => counted(count, "mark, one by one", "marks, one by one"),
    };
    let rows = spans.iter().take(ROWS).map(|it| row(session, it));
    let list = element("ul").class("report-list").with_all(rows.collect());
    element("details")
        .with(element("summary").say_this(words))
        .with(list)
}

fn row(session: Session, span: &FoundSpan) -> Element {
    let fate = FATES.iter().find(|it| it.0 == span.fate);
    let (fate, word, words) = fate.copied().expect("every fate is in the list");
    let words = match fate {
        Fate::NotPlaced => "not found, goes to the tray",
        _ => words,
    };
    let name = span.label.as_ref().map_or_else(String::new, |id| {
        let known = session.peek(|it| it.schema().get(id).map(|it| it.name.clone()));
        format!("{}: ", known.unwrap_or_else(|| id.to_string()))
    });
    let quote = format!("“{}” ", shorten(&span.quote, 90));
    element("li")
        .set("data-outcome", word)
        .say_this(name)
        .with(element("span").set("dir", "auto").say_this(quote))
        .with(element("em").say(words))
}

/// What could not be read.
pub(super) fn problems(all: &[Problem]) -> Vec<Element> {
    let rows = all.iter().take(ROWS).map(|it| {
        let row = element("li").set_to("data-problem", it.file.clone());
        row.say_this(it.to_string())
    });
    titled("Could not be read", rows.collect())
}

fn titled(title: &'static str, rows: Vec<Element>) -> Vec<Element> {
    if rows.is_empty() {
        return Vec::new();
    }
    let list = element("ul").class("report-list").with_all(rows);
    vec![element("h4").say(title), list]
}
