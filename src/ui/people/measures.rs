//! Measures of agreement as tables: what each says, how sure it is, and a sentence where it cannot be known.

use super::judging::Outcome;
use super::names::Names;
use super::note;
use super::numbers::{decimal, percent};
use crate::analysis::agreement::{Interval, LabelRow, Match, Measures, Undefined, Value};
use crate::model::sorted::sort_by;
use crate::model::{DocumentId, LabelId};
use crate::session::{Session, shorten};
use crate::ui::counted;
use crate::ui::element::{Element, element};

/// How many rows are shown of each table.
const ROWS: usize = 100;

fn cell(words: String) -> Element {
    element("td").class("number").say_this(words)
}

fn heads(names: &[&'static str]) -> Element {
    let heads = names
        .iter()
        .map(|it| element("th").set("scope", "col").say(it));
    element("thead").with(element("tr").with_all(heads.collect()))
}

/// The first cell of a row.
fn about(words: String) -> Element {
    element("th")
        .set("scope", "row")
        .set("dir", "auto")
        .say_this(words)
}

/// A table that scrolls by itself where it is wide.
fn table(caption: &'static str, heads: Element, rows: Vec<Element>) -> Element {
    let table = element("table")
        .class("people-table grid")
        .with(element("caption").say(caption))
        .with(heads)
        .with(element("tbody").with_all(rows));
    element("div")
        .class("people-wide")
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", caption)
        .with(table)
}

fn shown(value: Value) -> String {
    value.map_or_else(|_| "–".to_owned(), decimal)
}

fn range(interval: &Interval, show: fn(f64) -> String) -> String {
    match interval {
        Ok([low, high]) => format!("{} to {}", show(*low), show(*high)),
        Err(_) => "–".to_owned(),
    }
}

/// The measures of everything, each with what it says.
pub fn overall(outcome: &Outcome) -> Element {
    let (all, sure) = (&outcome.agreement.all, &outcome.intervals);
    let none: Interval = Err(Undefined::TooFew);
    let near = match outcome.tolerance {
        0 => "Marks of one label at the same words".to_owned(),
        1 => "Marks of one label whose ends are at most a word apart".to_owned(),
        words => format!("Marks of one label whose ends are at most {words} words apart"),
    };
    let rows = [
        (
            "Same",
            "Words of which two people say the same".to_owned(),
            all.percent,
            &sure.percent,
            true,
        ),
        (
            "Cohen’s κ",
            "The same without what chance would give, two by two".to_owned(),
            all.cohen,
            &none,
            false,
        ),
        (
            "Fleiss’ κ",
            "The same for all at once".to_owned(),
            all.fleiss,
            &sure.fleiss,
            false,
        ),
        (
            "Krippendorff’s α",
            "The same, also where some left articles out".to_owned(),
            all.alpha,
            &sure.alpha,
            false,
        ),
        (
            "α for units",
            "Whether marks begin and end alike".to_owned(),
            all.alpha_u,
            &none,
            false,
        ),
        (
            "F1, exact",
            "Marks of one label at exactly the same place".to_owned(),
            all.f1[0],
            &sure.f1[0],
            false,
        ),
        ("F1, near", near, all.f1[1], &sure.f1[1], false),
        (
            "F1, overlapping",
            "Marks of one label that share a word".to_owned(),
            all.f1[2],
            &sure.f1[2],
            false,
        ),
    ];
    let rows = rows
        .into_iter()
        .map(|(name, says, value, interval, is_share)| {
            let show = if is_share { percent } else { decimal };
            let told = value.map_or_else(|_| "–".to_owned(), show);
            let mut said = element("td").say_this(says);
            if let Err(why) = value {
                said = said.with(note(why.to_string()));
            }
            element("tr")
                .set("data-measure", name)
                .with(element("th").set("scope", "row").say(name))
                .with(cell(told))
                .with(cell(range(interval, show)))
                .with(said)
        });
    let heads = heads(&["Measure", "Value", "Likely between", "What it says"]);
    let drawn = match sure.are_of_articles {
        true => counted(sure.drawn_from, "article", "articles"),
        false => counted(sure.drawn_from, "paragraph", "paragraphs"),
    };
    let words = format!(
        "1 is full agreement, 0 is what chance gives, below 0 is less than chance. “Likely between” holds 95 times of \
         100 if the {drawn} are drawn anew."
    );
    element("div")
        .with(table("Everything together", heads, rows.collect()))
        .with(note(words))
}

fn four(measures: &Measures) -> Vec<Element> {
    vec![
        cell(shown(measures.alpha)),
        cell(shown(measures.f1_of(Match::Exact))),
        cell(shown(measures.f1_of(Match::Near))),
        cell(shown(measures.f1_of(Match::Overlap))),
    ]
}

/// The measures of each label.
pub fn labels(session: Session, outcome: &Outcome) -> Element {
    let row = |(it, sure): (&LabelRow, &Interval)| {
        let mut cells = vec![
            about(session.label_name(&it.label)),
            cell(shown(it.measures.alpha)),
        ];
        cells.push(cell(range(sure, decimal)));
        cells.extend(four(&it.measures).into_iter().skip(1));
        element("tr").with_all(cells)
    };
    let rows = outcome
        .agreement
        .labels
        .iter()
        .zip(&outcome.intervals.labels);
    let heads = heads(&[
        "Label",
        "α",
        "Likely between",
        "F1, exact",
        "near",
        "overlapping",
    ]);
    table("Label by label", heads, rows.map(row).collect())
}

/// The measures of each article.
pub fn articles(session: Session, outcome: &Outcome) -> Element {
    let title = |id: &DocumentId| {
        session.peek(|project| {
            project
                .document(id)
                .map_or_else(String::new, |it| shorten(it.title(), 60))
        })
    };
    let rows = outcome.agreement.articles.iter().take(ROWS).map(|it| {
        let mut cells = vec![about(title(&it.document)), cell(it.people.to_string())];
        cells.extend(four(&it.measures));
        element("tr").with_all(cells)
    });
    let heads = heads(&["Article", "People", "α", "F1, exact", "near", "overlapping"]);
    table("Article by article", heads, rows.collect())
}

/// The measures of each two people, those who agree least first.
pub fn pairs(names: &Names, outcome: &Outcome) -> Element {
    let mut all: Vec<_> = outcome.agreement.pairs.iter().collect();
    let rank = |value: Value| value.unwrap_or(f64::INFINITY);
    sort_by(&mut all, |a, b| {
        rank(a.measures.cohen).total_cmp(&rank(b.measures.cohen))
    });
    let rows = all.iter().take(ROWS).map(|it| {
        let [one, other] = &it.people;
        let told = it.measures.percent.map_or_else(|_| "–".to_owned(), percent);
        let mut cells = vec![
            about(format!("{} · {}", names.get(one), names.get(other))),
            cell(told),
        ];
        cells.push(cell(shown(it.measures.cohen)));
        cells.extend(four(&it.measures));
        element("tr").with_all(cells)
    });
    let heads = heads(&[
        "Two people",
        "Same",
        "κ",
        "α",
        "F1, exact",
        "near",
        "overlapping",
    ]);
    let rows = rows.collect();
    let table = table("Two by two, those who agree least first", heads, rows);
    let more = all.len().saturating_sub(ROWS);
    match more {
        0 => table,
        _ => element("div")
            .with(table)
            .with(note(format!("{more} more pairs are not listed."))),
    }
}

/// Which labels are taken for which.
pub fn confusion(session: Session, outcome: &Outcome) -> Element {
    let labels: &[LabelId] = &outcome.study.labels;
    let places = || (0..labels.len()).map(Some).chain([None]);
    let name = |place: Option<usize>| match place.and_then(|it| labels.get(it)) {
        Some(label) => session.label_name(label),
        None => "nothing".to_owned(),
    };
    let most = places()
        .flat_map(|one| places().map(move |other| (one, other)))
        .filter(|it| it.0 != it.1)
        .map(|it| outcome.agreement.confusion.count(it.0, it.1))
        .fold(0.0, f64::max);
    let rows = places().map(|one| {
        let cells = places().map(|other| {
            let count = outcome.agreement.confusion.count(one, other);
            let cell = cell((count.round() as i64).to_string());
            match one {
                _ if one == other => cell.set("data-same", ""),
                _ if most > 0.0 && count >= most / 2.0 => cell.set("data-often", ""),
                _ => cell,
            }
        });
        element("tr")
            .with(about(name(one)))
            .with_all(cells.collect())
    });
    let corner = element("td").with(element("span").class("visually-hidden").say("One says"));
    let heads = places().map(|it| element("th").set("scope", "col").say_this(name(it)));
    let heads = element("thead").with(element("tr").with(corner).with_all(heads.collect()));
    element("div")
        .with(table(
            "Which labels are taken for which, in words",
            heads,
            rows.collect(),
        ))
        .with(note(
            "In the row what one says of a word, in the column what another says of it.".to_owned(),
        ))
}
