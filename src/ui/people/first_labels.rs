//! What one first took one's marks for, to see how one's mind has changed. For oneself: it is kept only where one
//! wants that, and is in no file but the table that one saves here.

use leptos::prelude::*;

use super::places::way;
use super::score_table::quoted;
use super::{Sheet, note};
use crate::model::sorted::sort_by;
use crate::model::{Annotation, FirstLabel, ForgetFirstLabels, LabelId, Project, Span};
use crate::session::{Session, shorten};
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element, tick_box};
use crate::ui::inspector::wish;
use crate::ui::screen::KEEPS_FIRST;
use crate::ui::{counted, saving};

/// How many rows are shown; the sentence above them counts all.
const ROWS: usize = 200;

/// What the columns are.
const HEADS: [&str; 3] = ["At first", "Now", "Words"];

/// A mark that was taken for something else at first.
#[derive(Debug, Clone, PartialEq)]
struct Changed {
    article: String,
    place: Span,
    mark: std::sync::Arc<Annotation>,
    words: String,
    first: LabelId,
}

/// The page.
pub(super) fn page(sheet: Sheet) -> Element {
    let (session, screen) = (sheet.class.session, sheet.class.screen);
    let keeps = session.view.keeps_first;
    let keep = move |on: bool| {
        keeps.set(on);
        screen.remember(KEEPS_FIRST, if on { "on" } else { "off" });
    };
    let about = "For yourself, to see how your mind has changed. It stays in this browser: no export has it, nothing \
                 that you hand in, and no copy of the page. Only the table that you save here does.";
    let found = dynamic(move || {
        let (all, keeps) = (session.with_marks(changed), keeps.get());
        vec![untrack(|| shown(sheet, all, keeps)).view()]
    });
    element("div")
        .with(
            element("label")
                .class("choice")
                .with(tick_box(move || keeps.get(), keep))
                .say("Keep what I first took a mark for when I give it another label"),
        )
        .with(note(about.to_owned()))
        .with(found)
}

/// The marks that are something else now, in the order of the articles and their texts; of those that are again
/// what they were nothing is said.
fn changed(project: &Project) -> Vec<Changed> {
    let kept = project.entries().filter_map(|it| FirstLabel::of(it));
    let mut all: Vec<(usize, Changed)> = kept
        .filter_map(|it| {
            let mark = project.annotations().get(&it.annotation)?.clone();
            let mut documents = project.documents().iter();
            let rank = documents.position(|document| document.id == mark.document)?;
            let document = &project.documents()[rank];
            (mark.label != it.label).then(|| {
                let changed = Changed {
                    article: document.title().to_owned(),
                    place: mark.fragments()[0],
                    words: mark.words(&document.text, " … "),
                    first: it.label,
                    mark: mark.clone(),
                };
                (rank, changed)
            })
        })
        .collect();
    sort_by(&mut all, |a, b| (a.0, a.1.place).cmp(&(b.0, b.1.place)));
    all.into_iter().map(|it| it.1).collect()
}

fn shown(sheet: Sheet, all: Vec<Changed>, keeps: bool) -> Element {
    let session = sheet.class.session;
    if all.is_empty() {
        let words = match keeps {
            true => "No mark of yours has got another label since this is kept.",
            false => "Nothing is kept.",
        };
        return element("div")
            .class("people-empty")
            .with(element("p").say(words));
    }
    let csv = csv(session, &all);
    let save = move || {
        let name = format!("{}.csv", saving::dated_name(session, "first-labels-"));
        let said = match saving::save(&name, "text/csv", csv.as_bytes()) {
            Ok(()) => format!("Saved as {name}."),
            Err(sentence) => sentence,
        };
        sheet.told.set(said);
    };
    let forget = move || {
        if wish(session, ForgetFirstLabels) {
            sheet.told.set("Forgotten.".to_owned());
        }
    };
    let sum = element("p")
        .class("people-sum")
        .say_this(sum(session, &all));
    element("div").with(sum).with(table(sheet, &all)).with(
        element("p")
            .with(button("Save the table (CSV)", save))
            .with(button("Forget all of it", forget).class("quiet")),
    )
}

/// How many, and from what to what, the most frequent first.
fn sum(session: Session, all: &[Changed]) -> String {
    let mut ways: Vec<((LabelId, LabelId), usize)> = Vec::new();
    for it in all {
        let way = (it.first.clone(), it.mark.label.clone());
        match ways.iter_mut().find(|known| known.0 == way) {
            Some(known) => known.1 += 1,
            None => ways.push((way, 1)),
        }
    }
    sort_by(&mut ways, |a, b| b.1.cmp(&a.1));
    let ways = ways.iter().map(|((from, to), count)| {
        let [from, to] = [from, to].map(|it| session.label_name(it));
        format!("{from} to {to}: {count}")
    });
    let ways: Vec<String> = ways.collect();
    let marks = counted(all.len(), "mark is", "marks are");
    format!("{marks} something else now. {}.", ways.join(", "))
}

fn table(sheet: Sheet, all: &[Changed]) -> Element {
    let session = sheet.class.session;
    let heads = HEADS.map(|it| element("th").set("scope", "col").say(it));
    let row = |it: &Changed| {
        let labels = [(HEADS[0], &it.first), (HEADS[1], &it.mark.label)];
        let words = format!("“{}”, {}", shorten(&it.words, 90), it.article);
        let cells = labels.map(|(head, label)| {
            element("td")
                .set("dir", "auto")
                .set("data-name", head)
                .say_this(session.label_name(label))
        });
        element("tr")
            .set_to("data-annotation", it.mark.id.to_string())
            .with_all(cells.into())
            .with(element("td").set("dir", "auto").with(way(
                sheet.class,
                &it.mark.document,
                it.place,
                words,
            )))
    };
    let rows = all.iter().take(ROWS).map(row).collect();
    element("table")
        .class("people-table first-labels")
        .with(element("thead").with(element("tr").with_all(heads.into())))
        .with(element("tbody").with_all(rows))
}

/// The table as a file.
fn csv(session: Session, all: &[Changed]) -> String {
    let mut table = String::from("article,at first,now,words\r\n");
    for it in all {
        let [first, now] = [&it.first, &it.mark.label].map(|it| session.label_name(it));
        let cells = [&it.article, &first, &now, &it.words].map(|it| quoted(it));
        table += &cells.join(",");
        table += "\r\n";
    }
    table
}
