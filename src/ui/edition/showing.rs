//! What a later text would bring, to be read: the sentences that changed, those first that touch a
//! quotation or a figure, and what becomes of each mark.

use leptos::prelude::*;

use super::{Look, Sheet};
use crate::analysis::{Carried, Fate, Landing, Rewritten};
use crate::model::{Document, Span};
use crate::session::{Shared, shorten};
use crate::ui::counted;
use crate::ui::dialogs::with_focus;
use crate::ui::element::{Element, element};

/// How many rows of each kind are shown; the numbers above them count all.
const ROWS: usize = 200;

/// What may become of a mark: a word for scripts and tests, and words for people.
const FATES: [(Fate, &str, &str); 7] = [
    (Fate::Lands(Landing::Same), "same", "in place"),
    (Fate::Lands(Landing::Moved), "moved", "moved"),
    (
        Fate::Lands(Landing::Ambiguous),
        "ambiguous",
        "found in several places",
    ),
    (
        Fate::Lands(Landing::Inside),
        "inside",
        "with other words in it",
    ),
    (
        Fate::Lands(Landing::Edges),
        "edges",
        "with another beginning or end",
    ),
    (Fate::Here, "here", "there already"),
    (Fate::Lost, "lost", "not found, for the tray"),
];

/// How many marks have each fate.
pub(super) fn sum(look: &Look) -> String {
    let told = FATES
        .iter()
        .map(|it| (look.count(|fate| fate == it.0), it.2));
    let told = told.filter(|it| it.0 > 0);
    let told: Vec<String> = told
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    told.join(", ")
}

/// All of it.
pub(super) fn shown(sheet: Sheet, look: &Shared<Look>) -> AnyView {
    let earlier = sheet.earlier.get_value();
    let is_first = |it: &&Rewritten| it.in_quote || it.in_figure;
    let first: Vec<&Rewritten> = look.rewritten.iter().filter(is_first).collect();
    let others: Vec<&Rewritten> = look.rewritten.iter().filter(|it| !is_first(it)).collect();
    let mut shown = element("div")
        .class("sheet-text edition")
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", "What the later text changes");
    if look.rewritten.is_empty() && !look.is_same {
        let told = "Every sentence reads as it did. Blanks, capitals or signs are others.";
        shown = shown.with(element("p").class("side-empty").say(told));
    }
    for (title, all) in [
        ("Look at these first", first),
        ("Other sentences that changed", others),
    ] {
        if all.is_empty() {
            continue;
        }
        let rows = all.iter().take(ROWS).map(|it| sentence(&earlier, look, it));
        let list = element("ol").class("versions").with_all(rows.collect());
        shown = shown.with(element("h3").say(title)).with(list);
        shown = shown.with_all(more(all.len()));
    }
    let is_same = |it: &&Carried| matches!(it.fate, Fate::Lands(Landing::Same) | Fate::Here);
    let doubtful: Vec<&Carried> = look.carried.iter().filter(|it| !is_same(it)).collect();
    if !doubtful.is_empty() {
        let rows = doubtful
            .iter()
            .take(ROWS)
            .map(|it| mark(sheet, &earlier, look, it));
        let list = element("ul").class("report-list").with_all(rows.collect());
        shown = shown.with(element("h3").say("Marks to look at")).with(list);
        shown = shown.with_all(more(doubtful.len()));
    }
    let rest: Vec<&Carried> = look.carried.iter().filter(is_same).collect();
    if !rest.is_empty() {
        let words = counted(
            rest.len(),
            "mark stands where it stood",
            "marks stand where they stood",
        );
        let rows = rest
            .iter()
            .take(ROWS)
            .map(|it| mark(sheet, &earlier, look, it));
        let list = element("ul").class("report-list").with_all(rows.collect());
        let closed = element("details").with(element("summary").say_this(words));
        shown = shown.with(closed.with(list).with_all(more(rest.len())));
    }
    with_focus(shown).view()
}

/// That there are more than can be shown.
fn more(count: usize) -> Vec<Element> {
    let more = count.checked_sub(ROWS).filter(|it| *it > 0);
    let told = more.map(|it| element("p").say_this(format!("And {it} more.")));
    told.into_iter().collect()
}

/// A sentence as it was and as it is.
fn sentence(earlier: &Document, look: &Look, it: &Rewritten) -> Element {
    let words = |document: &Document, span: Option<Span>| {
        span.map_or_else(String::new, |it| document.text.slice(it).to_owned())
    };
    let mut head = element("p").class("version-head");
    for (is_on, word, words) in [
        (it.in_quote, "quote", "In a quotation"),
        (it.in_figure, "figure", "A figure"),
    ] {
        if is_on {
            let told = element("span")
                .class("version-kind")
                .set("data-touches", word);
            head = head.with(told.say(words));
        }
    }
    let kind = match (it.earlier, it.later) {
        (Some(_), None) => "Left out",
        (None, Some(_)) => "New",
        _ => "Changed",
    };
    element("li")
        .class("version")
        .with(head.with(element("span").class("side-note").say(kind)))
        .with((look.difference)(
            &words(earlier, it.earlier),
            &words(&look.later, it.later),
        ))
}

/// A mark, and what becomes of it.
fn mark(sheet: Sheet, earlier: &Document, look: &Look, it: &Carried) -> Element {
    let fate = FATES.iter().find(|known| known.0 == it.fate);
    let (_, word, words) = fate.copied().unwrap_or(FATES[0]);
    let name = format!("{}: ", sheet.session.label_name(&it.mark.label));
    let quote = it.mark.words(&earlier.text, " … ");
    let row = element("li").set("data-fate", word).say_this(name);
    let is_changed = matches!(it.fate, Fate::Lands(Landing::Inside | Landing::Edges));
    match is_changed {
        true => {
            let there = it.spans.iter().map(|it| look.later.text.slice(*it));
            let there = there.collect::<Vec<_>>().join(" … ");
            row.with(element("em").say(words))
                .with((look.difference)(&quote, &there))
        }
        false => {
            let quote = format!("“{}” ", shorten(&quote, 90));
            row.with(element("span").set("dir", "auto").say_this(quote))
                .with(element("em").say(words))
        }
    }
}
