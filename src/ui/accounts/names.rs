//! The names in the articles of the event: where one may be written in two ways it is asked, and of each
//! other how often every article has it.

use std::sync::Arc;

use leptos::prelude::*;

use super::facts;
use super::paper::Part;
use super::places::way;
use super::slot::Desk;
use super::work::Turn;
use crate::analysis::{Name, NameGroup, NameSearch, Naming};
use crate::model::DocumentId;
use crate::session::Watched;
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{Element, element};
use crate::ui::opening::breathe;

/// How many bytes of text are read before the page may act again.
const SLICE: usize = 100_000;

/// How many names are shown before one asks for all.
const ROWS: usize = 20;

/// For how many articles there is a column each.
const COLUMNS: usize = 7;

/// The names of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    asked: Vec<NameGroup>,
    others: Vec<Name>,
    /// All articles of the event and what they are called, in the order of time.
    articles: Vec<(DocumentId, String)>,
}

/// Reads the names of the event.
pub async fn look(desk: Desk, turn: Turn) -> Option<Arc<Named>> {
    let event = untrack(|| desk.event());
    let documents = desk.session.peek(|it| facts::in_time(it, &event));
    let (mut search, mut read) = (NameSearch::default(), 0);
    for (at, document) in documents.iter().enumerate() {
        search.read(document);
        read += document.text.as_str().len();
        if read > SLICE {
            if !turn.tell(at, documents.len()) {
                return None;
            }
            breathe().await;
            read = 0;
        }
    }
    let (asked, others): (Vec<_>, Vec<_>) = search.groups().into_iter().partition(NameGroup::asks);
    let articles = documents
        .iter()
        .map(|it| (it.id.clone(), facts::outlet(it)));
    Some(Arc::new(Named {
        asked,
        others: others.into_iter().flat_map(|it| it.names).collect(),
        articles: articles.collect(),
    }))
}

impl Named {
    fn outlet(&self, naming: &Naming) -> &str {
        let known = self.articles.iter().find(|it| it.0 == naming.document);
        known.map_or("", |it| it.1.as_str())
    }

    /// The heads of the table of names: a column for each article, if they are few.
    fn heads(&self) -> Vec<String> {
        let columns: Vec<String> = match self.articles.len() {
            ..=COLUMNS => self.articles.iter().map(|it| it.1.clone()).collect(),
            _ => vec!["Articles".to_owned()],
        };
        ["Name".to_owned()].into_iter().chain(columns).collect()
    }

    /// In each column of a name the places that stand there.
    fn cells<'n>(&self, name: &'n Name) -> Vec<Vec<&'n Naming>> {
        let of = |id: &DocumentId| {
            name.namings
                .iter()
                .filter(|it| it.document == *id)
                .collect()
        };
        match self.articles.len() {
            ..=COLUMNS => self.articles.iter().map(|it| of(&it.0)).collect(),
            _ => vec![name.namings.iter().collect()],
        }
    }

    /// What a way to a name in an article says.
    fn told(&self, naming: &Naming) -> String {
        let often = often(naming);
        match self.articles.len() {
            ..=COLUMNS => often,
            _ => format!("{}: {often}", self.outlet(naming)),
        }
    }
}

fn often(naming: &Naming) -> String {
    match naming.places.len() {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

/// What is asked about names that may be one.
fn question(group: &NameGroup) -> String {
    let forms: Vec<&str> = group.names.iter().map(|it| it.form.as_str()).collect();
    format!("{}?", forms.join(" or "))
}

const ASKED: &str = "The same, written differently?";
const HEADS: [&str; 3] = ["Article", "Name", "How often"];

/// What stands below the figures, once it is known.
pub fn names_section(desk: Desk, found: Watched<Option<Arc<Named>>>) -> AnyView {
    dynamic(move || match found.get() {
        Some(named) => untrack(|| listed(desk, &named)),
        None => Vec::new(),
    })
}

fn listed(desk: Desk, named: &Arc<Named>) -> Vec<AnyView> {
    let heading = |words| element("h3").say(words).view();
    if named.asked.is_empty() && named.others.is_empty() {
        let told = "No name was found in these articles. Names are known by their capitals.";
        let told = element("p").class("side-empty").say(told).view();
        return vec![heading("Names"), told];
    }
    let mut parts = Vec::new();
    if !named.asked.is_empty() {
        let groups = named.asked.iter().map(|it| asked(desk, named, it));
        let groups = element("div")
            .class("figure-groups")
            .with_all(groups.collect());
        parts.extend([heading(ASKED), groups.view()]);
    }
    if !named.others.is_empty() {
        parts.extend([heading("Names"), table(desk, named)]);
    }
    parts
}

fn heads(words: impl IntoIterator<Item = String>) -> Element {
    let heads = words.into_iter();
    let heads = heads.map(|it| {
        element("th")
            .set("scope", "col")
            .set("dir", "auto")
            .say_this(it)
    });
    element("thead").with(element("tr").with_all(heads.collect()))
}

fn row_head(words: String) -> Element {
    let head = element("th").set("scope", "row").set("dir", "auto");
    head.say_this(words)
}

/// The way to the first place of a name in an article.
fn way_to(desk: Desk, naming: &Naming, words: String) -> Option<Element> {
    let first = naming.places.first()?;
    Some(way(desk, &naming.document, *first, words))
}

/// A table of the articles that have one of some names.
fn asked(desk: Desk, named: &Named, group: &NameGroup) -> Element {
    let all = group.names.iter();
    let all = all.flat_map(|it| it.namings.iter().map(|naming| (&it.form, naming)));
    let rows = all.filter_map(|(form, naming)| {
        let cells = element("tr")
            .with(row_head(named.outlet(naming).to_owned()))
            .with(element("td").with(way_to(desk, naming, form.clone())?));
        Some(cells.with(element("td").say_this(often(naming))))
    });
    let caption = element("caption")
        .set("dir", "auto")
        .say_this(question(group));
    element("table")
        .class("figures")
        .with(caption)
        .with(heads(HEADS.map(str::to_owned)))
        .with(element("tbody").with_all(rows.collect()))
}

/// The table of all other names; of many the first, until one asks for all.
fn table(desk: Desk, named: &Arc<Named>) -> AnyView {
    let shows_all = RwSignal::new(false);
    let hidden = named.others.len().saturating_sub(ROWS);
    let rows = {
        let named = named.clone();
        dynamic(move || {
            let most = if shows_all.get() { usize::MAX } else { ROWS };
            let names = named.others.iter().take(most);
            untrack(|| names.map(|it| row(desk, &named, it).view()).collect())
        })
    };
    let caption = "How often each article has them, in any form; a click goes to the first place";
    let table = element("table")
        .class("ledger names")
        .with(element("caption").class("side-note").say(caption))
        .with(heads(named.heads()))
        .with(element("tbody").with(rows));
    let more = when(
        move || hidden > 0 && !shows_all.get(),
        move || {
            element("button")
                .set("type", "button")
                .class("quiet")
                .press(move || shows_all.set(true))
                .say_this(format!("Show the other {hidden}"))
                .view()
        },
    );
    vec![table.view(), more].into_any()
}

fn row(desk: Desk, named: &Named, name: &Name) -> Element {
    let cells = named.cells(name).into_iter().map(|all| {
        if all.is_empty() {
            return element("td").class("side-note").say("not named");
        }
        let ways = all.into_iter();
        let ways = ways.filter_map(|it| way_to(desk, it, named.told(it)));
        element("td").with_all(ways.collect())
    });
    element("tr")
        .with(row_head(name.form.clone()))
        .with_all(cells.collect())
}

/// The same for the report: what is asked, and the names that several articles have.
pub fn name_parts(named: &Named) -> Vec<Part> {
    let mut parts = vec![Part::Heading("Names".into())];
    for group in &named.asked {
        parts.push(Part::Minor(format!("{} {ASKED}", question(group))));
        let all = group.names.iter();
        let all = all.flat_map(|it| it.namings.iter().map(|naming| (&it.form, naming)));
        let rows = all.map(|(form, it)| vec![named.outlet(it).to_owned(), form.clone(), often(it)]);
        parts.push(Part::Table(
            HEADS.map(str::to_owned).to_vec(),
            rows.collect(),
        ));
    }
    let cell = |all: Vec<&Naming>| {
        let told: Vec<String> = all.into_iter().map(|it| named.told(it)).collect();
        told.join(", ")
    };
    let common = named.others.iter().filter(|it| it.namings.len() > 1);
    let rows = common.map(|it| {
        let cells = named.cells(it).into_iter().map(cell);
        [it.form.clone()].into_iter().chain(cells).collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if !rows.is_empty() {
        parts.push(Part::Table(named.heads(), rows));
    } else if parts.len() == 1 {
        let told = "No name stands in several articles.";
        parts.push(Part::Text(super::paper::plain(told)));
    }
    parts
}
