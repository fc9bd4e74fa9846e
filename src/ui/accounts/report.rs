//! The report of an event: all that its accounts have in common and differ in, and the reader's own notes,
//! as a page to be read, printed and saved.

use std::sync::Arc;

use leptos::prelude::*;

use super::figures::{self, question};
use super::headlines;
use super::names;
use super::paper::{self, Line, Part, Run, difference, plain};
use super::passages;
use super::slot::Desk;
use super::sources::sources;
use super::thread::bases;
use super::versions::{VersionWords as _, Versions, given, versions};
use super::work::{self, Turn};
use super::{facts, paper::shown};
use crate::analysis::{ENOUGH, thread};
use crate::dom;
use crate::model::{Project, Span};
use crate::session::{Watched, shorten};
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element};
use crate::ui::opening::breathe;
use crate::ui::{saving, shown_date, today};

/// The parts of the report, once they are there.
type Pages = Watched<Option<Arc<Vec<Part>>>>;

/// The panel.
pub fn report_panel(desk: Desk) -> AnyView {
    let pages: Pages = Watched::new(None);
    desk.work.begin(move |turn| async move {
        if let Some(parts) = written(desk, turn).await {
            pages.set(Some(Arc::new(parts)));
        }
    });
    dynamic(move || match pages.get() {
        Some(parts) => vec![
            untrack(|| tools(desk, &parts)).view(),
            untrack(|| paper_of(desk, &parts)).view(),
        ],
        None => Vec::new(),
    })
}

fn title(desk: Desk) -> String {
    facts::event_name(&untrack(|| desk.event()))
}

fn told(desk: Desk) -> String {
    let day = shown_date(&today(desk.session.now()));
    format!(
        "Accounts compared with Sourcelight, {day}. What differs is shown for the reader to judge."
    )
}

fn paper_of(desk: Desk, parts: &[Part]) -> Element {
    let title = element("h2").set("dir", "auto").say_this(title(desk));
    element("div")
        .set("id", "report")
        .with(title)
        .with(element("p").class("side-note").say_this(told(desk)))
        .with(shown(parts))
}

fn tools(desk: Desk, parts: &Arc<Vec<Part>>) -> Element {
    let print = button("Print", || {
        // A browser that does not print has its own reasons, and says them.
        drop(dom::window().print());
    });
    let save = |name: &'static str, ending: &'static str, mime: &'static str, write: Write| {
        let parts = parts.clone();
        button(name, move || {
            let text = write(&title(desk), &told(desk), &parts);
            let name = dom::file::name_part(&title(desk));
            let name = format!("sourcelight-report-{name}.{ending}");
            let saved = saving::save(&name, mime, text.as_bytes());
            saving::tell(desk.session, saved.map(|()| name));
        })
    };
    element("div")
        .class("panel-tools")
        .with(print.class("primary"))
        .with(save("Save as a web page", "html", "text/html", paper::html))
        .with(save(
            "Save as Markdown",
            "md",
            "text/markdown",
            paper::markdown,
        ))
}

type Write = fn(&str, &str, &[Part]) -> String;

/// All parts, in order; none where it was stopped.
async fn written(desk: Desk, turn: Turn) -> Option<Vec<Part>> {
    let event = untrack(|| desk.event());
    let mut parts = desk.session.peek(|project| accounts(project, &event));
    let headlines = headlines::look(desk, turn).await?;
    parts.push(Part::Heading("Headlines".into()));
    let heads = ["Article", "Headline", "The nearest sentence"].map(str::to_owned);
    let rows = headlines.into_iter().map(|it| {
        let sentence = it.sentence.map_or_else(|| "none".to_owned(), |it| it.1);
        vec![it.outlet, it.title, sentence]
    });
    parts.push(Part::Table(heads.to_vec(), rows.collect()));
    parts.extend(threads(desk, turn).await?);
    let numbers = figures::look(desk, turn).await?;
    parts.extend(figure_parts(desk, &numbers));
    let named = names::look(desk, turn).await?;
    parts.extend(names::name_parts(&named));
    let shared = passages::look(desk, turn).await?;
    parts.extend(desk.session.peek(|project| passage_parts(project, &shared)));
    parts.extend(desk.session.peek(|project| source_parts(project, &event)));
    parts.extend(desk.session.peek(|project| notes(project, &event)));
    Some(parts)
}

/// The table of accounts.
fn accounts(project: &Project, event: &str) -> Vec<Part> {
    let heads = ["Article", "Source", "Author", "Words", "Marks"].map(str::to_owned);
    let all = facts::in_time(project, event);
    let rows = all.iter().map(|it| {
        let counts = facts::counts(project, &it.id);
        let counts: Vec<String> = counts
            .iter()
            .map(|it| format!("{} {}", it.1, it.0.to_lowercase()))
            .collect();
        vec![
            it.title().to_owned(),
            facts::source(it),
            it.meta.author.clone(),
            facts::grouped(facts::words(it)),
            counts.join(", "),
        ]
    });
    vec![
        Part::Heading("Accounts".into()),
        Part::Table(heads.to_vec(), rows.collect()),
    ]
}

/// The marked quotations that stand in several articles, each once.
async fn threads(desk: Desk, turn: Turn) -> Option<Vec<Part>> {
    let mut parts = vec![Part::Heading("The same words in several articles".into())];
    let all = bases(desk);
    let index = turn.index(desk.session).await?;
    let mut seen: Vec<(crate::model::DocumentId, Span)> = Vec::new();
    for (at, base) in all.iter().enumerate() {
        if !turn.tell(at, all.len()) {
            work::keep(index);
            return None;
        }
        let is_seen = seen
            .iter()
            .any(|it| it.0 == base.document.id && it.1.overlaps(base.span));
        if is_seen {
            continue;
        }
        let found = thread(&index, &base.document.id, base.span, ENOUGH);
        let found = desk
            .session
            .peek(|project| versions(project, None, base, &found));
        seen.extend(found.all.iter().map(|it| (it.document.clone(), it.span)));
        if found.all.len() > 1 {
            parts.extend(thread_parts(&found));
        }
        breathe().await;
    }
    work::keep(index);
    if parts.len() == 1 {
        let told = "No marked quotation stands in several articles.";
        parts.push(Part::Text(plain(told)));
    }
    Some(parts)
}

fn thread_parts(found: &Versions) -> Vec<Part> {
    let base = found.base.words();
    let mut parts = vec![Part::Minor(shorten(base, 90))];
    for version in &found.all {
        let kind = version.kind.map_or("compared with", |it| it.told());
        let head = vec![
            Run::Strong(version.outlet.clone()),
            Run::Plain(format!(" ({}), {kind}. {}", version.date, given(version))),
        ];
        let wording = match version.kind {
            None => plain(version.words.clone()),
            Some(_) => difference(base, &version.words),
        };
        parts.extend([Part::Text(head), Part::Quote(wording)]);
    }
    if !found.missing.is_empty() {
        let told = format!("Not found in: {}.", found.missing.join(", "));
        parts.push(Part::Text(plain(told)));
    }
    parts
}

fn figure_parts(desk: Desk, numbers: &figures::Numbers) -> Vec<Part> {
    let mut parts = vec![Part::Heading("Figures".into())];
    for group in &numbers.groups {
        let asked = match group.differs {
            true => format!("{} Can all of these be right?", question(group)),
            false => question(group),
        };
        parts.push(Part::Minor(asked));
        let rows = group.figures.iter().map(|it| {
            let (outlet, words, source) = figures::told(desk, it);
            vec![
                outlet,
                words,
                source.unwrap_or_else(|| "none named".to_owned()),
            ]
        });
        let heads = ["Article", "Figure", "Source it names"].map(str::to_owned);
        parts.push(Part::Table(heads.to_vec(), rows.collect()));
    }
    if numbers.groups.is_empty() {
        parts.push(Part::Text(plain("No number stands in several articles.")));
    }
    parts
}

fn passage_parts(project: &Project, shared: &passages::Shared) -> Vec<Part> {
    let own = shared.passages.iter().filter(|it| !it.is_quotation);
    let rows: Vec<Line> = own
        .filter_map(|it| {
            let [(one, span), (other, _)] = &it.places;
            let words = project.document(one)?.text.slice(*span);
            let outlets = [one, other].map(|it| facts::outlet_of(project, it));
            let told = format!(": {} words, “{}”", it.words, shorten(words, 160));
            Some(vec![Run::Strong(outlets.join(" and ")), Run::Plain(told)])
        })
        .collect();
    let heading = Part::Heading("Passages that articles share".into());
    match rows.is_empty() {
        true => vec![heading, Part::Text(plain("None outside of quotations."))],
        false => vec![heading, Part::List(rows)],
    }
}

fn source_parts(project: &Project, event: &str) -> Vec<Part> {
    let found = sources(project, event);
    let mut parts = vec![Part::Heading("Sources".into())];
    if found.rows.is_empty() {
        parts.push(Part::Text(plain("No mark says yet who speaks.")));
        return parts;
    }
    let heads = ["Who", "Named"].map(str::to_owned).into_iter();
    let heads = heads.chain(found.articles).collect();
    let rows = found.rows.into_iter().map(|it| {
        let named = if it.is_named { "yes" } else { "no" };
        [it.name, named.to_owned()]
            .into_iter()
            .chain(it.said)
            .collect()
    });
    parts.push(Part::Table(heads, rows.collect()));
    for (heading, lines) in [
        ("Several articles rest on", found.common),
        ("Claims that give no evidence", found.bare),
    ] {
        if !lines.is_empty() {
            parts.push(Part::Minor(heading.to_owned()));
            parts.push(Part::List(lines.into_iter().map(plain).collect()));
        }
    }
    parts
}

/// The reader's own notes, with the words they are about.
fn notes(project: &Project, event: &str) -> Vec<Part> {
    let mut parts = vec![Part::Heading("Notes".into())];
    for document in facts::in_time(project, event) {
        let marks = project.annotations().of(&document.id).iter();
        let noted: Vec<Line> = marks
            .filter(|it| !it.note.is_empty())
            .map(|it| {
                let words = shorten(&it.words(&document.text, " … "), 120);
                vec![
                    Run::Strong(format!("“{words}”")),
                    Run::Plain(format!(" {}", it.note)),
                ]
            })
            .collect();
        if !noted.is_empty() {
            parts.push(Part::Minor(facts::outlet(&document)));
            parts.push(Part::List(noted));
        }
    }
    if parts.len() == 1 {
        parts.push(Part::Text(plain("None.")));
    }
    parts
}
