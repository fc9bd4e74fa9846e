//! Who speaks in which article, how much and where, whom several articles rest on, and claims that give no
//! evidence. It is read off the marks, so that it says as much as these do.

use leptos::prelude::*;

use super::facts;
use super::slot::Desk;
use crate::analysis::{LedgerRow, common_speakers, ledger};
use crate::model::{AttributeKind, DocumentId, Project, SpeakerId};
use crate::ui::Dialog;
use crate::ui::counted;
use crate::ui::dynamic::dynamic;
use crate::ui::element::button;
use crate::ui::element::{Element, element};

/// A row of the ledger, as words: who, named or not, and in each article how much and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub name: String,
    pub is_named: bool,
    /// In the order of the articles.
    pub said: Vec<String>,
}

/// The ledger of an event.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sources {
    /// The names of the articles.
    pub articles: Vec<String>,
    pub rows: Vec<Source>,
    /// Whom several articles rest on, in sentences.
    pub common: Vec<String>,
    /// Claims that give no evidence, in sentences.
    pub bare: Vec<String>,
}

/// Reads the ledger off the marks.
pub fn sources(project: &Project, event: &str) -> Sources {
    let documents = facts::in_time(project, event);
    let ids: Vec<DocumentId> = documents.iter().map(|it| it.id.clone()).collect();
    let rows: Vec<LedgerRow> = ledger(project)
        .into_iter()
        .filter(|it| ids.contains(&it.document))
        .collect();
    let mut speakers: Vec<Option<SpeakerId>> = Vec::new();
    for row in &rows {
        if !speakers.contains(&row.speaker) {
            speakers.push(row.speaker.clone());
        }
    }
    // Those that nobody is named for come last.
    crate::model::sorted::sort_by_key(&mut speakers, |it| it.is_none());
    let said = |speaker: &Option<SpeakerId>| Source {
        name: name(project, speaker.as_ref()),
        is_named: rows.iter().any(|it| it.speaker == *speaker && it.is_named),
        said: ids
            .iter()
            .map(|id| cell(project, &rows, speaker, id))
            .collect(),
    };
    let common = common_speakers(&rows)
        .into_iter()
        .map(|(speaker, articles)| {
            let outlets: Vec<String> = articles
                .iter()
                .map(|it| facts::outlet_of(project, it))
                .collect();
            format!("{}: {}", name(project, Some(&speaker)), outlets.join(", "))
        });
    Sources {
        articles: documents.iter().map(|it| facts::outlet(it)).collect(),
        rows: speakers.iter().map(said).collect(),
        common: common.collect(),
        bare: bare(project, &ids),
    }
}

fn name(project: &Project, speaker: Option<&SpeakerId>) -> String {
    let known = speaker.and_then(|it| project.speaker(it.as_str()));
    match (known, speaker) {
        (Some(known), _) => known.name,
        (None, Some(id)) => id.to_string(),
        (None, None) => "Nobody said yet".to_owned(),
    }
}

/// How much somebody says in an article, and where it begins: “24 words, from 12 % and 60 %”.
fn cell(
    project: &Project,
    rows: &[LedgerRow],
    speaker: &Option<SpeakerId>,
    id: &DocumentId,
) -> String {
    let row = rows
        .iter()
        .find(|it| it.speaker == *speaker && it.document == *id);
    let (Some(row), Some(document)) = (row, project.document(id)) else {
        return String::new();
    };
    let whole = document.text.as_str().len().max(1);
    let mut places: Vec<usize> = Vec::new();
    for place in &row.places {
        let percent = place.start().bytes() * 100 / whole;
        if places.last() != Some(&percent) {
            places.push(percent);
        }
    }
    let words = counted(row.words, "word", "words");
    let shown: Vec<String> = places.iter().take(4).map(|it| format!("{it} %")).collect();
    let more = if places.len() > 4 { " …" } else { "" };
    format!("{words}, at {}{more}", shown.join(", "))
}

/// How many claims of each article give no evidence, where that is asked.
fn bare(project: &Project, ids: &[DocumentId]) -> Vec<String> {
    let questions = project.schema().attributes().into_iter();
    let asked = |it: &crate::model::Attribute| it.kind == AttributeKind::Spans;
    let Some(question) = questions.into_iter().find(asked) else {
        return Vec::new();
    };
    let told = ids.iter().filter_map(|id| {
        let marks = project.annotations().of(id).iter();
        let asked: Vec<_> = marks.filter(|it| question.is_for(&it.label)).collect();
        let is_bare = |mark: &&&std::sync::Arc<crate::model::Annotation>| {
            let details = mark.details.as_ref();
            let answer = details.and_then(|it| it.answers.get(question.id.as_str()));
            answer
                .and_then(|it| it.texts())
                .is_none_or(|it| it.is_empty())
        };
        let bare = asked.iter().filter(is_bare).count();
        let outlet = facts::outlet_of(project, id);
        (bare > 0).then(|| format!("{outlet}: {bare} of {}", asked.len()))
    });
    told.collect()
}

/// The panel.
pub fn sources_panel(desk: Desk) -> AnyView {
    dynamic(move || {
        let event = desk.event();
        let found = desk.session.with_marks(|project| sources(project, &event));
        vec![untrack(|| listed(desk, &found))]
    })
}

fn listed(desk: Desk, found: &Sources) -> AnyView {
    if found.rows.is_empty() {
        let told = "Nobody is said to speak yet. Mark quotations, answer who speaks in them, and it is added up here.";
        let cast = button("Cast: who speaks", move || desk.screen.open(Dialog::Cast));
        return vec![
            element("p").class("side-empty").say(told).view(),
            cast.class("quiet").view(),
        ]
        .into_any();
    }
    let mut parts = vec![table(found).view()];
    for (heading, lines) in [
        ("Several articles rest on the same source", &found.common),
        ("Claims that give no evidence", &found.bare),
    ] {
        if !lines.is_empty() {
            let rows = lines
                .iter()
                .map(|it| element("li").set("dir", "auto").say_this(it.clone()));
            parts.push(element("h3").say(heading).view());
            parts.push(element("ul").class("told").with_all(rows.collect()).view());
        }
    }
    parts.into_any()
}

fn table(found: &Sources) -> Element {
    let heads = ["Who", "Named"].map(str::to_owned).into_iter();
    let heads = heads.chain(found.articles.iter().cloned());
    let heads = heads.map(|it| element("th").set("scope", "col").say_this(it));
    let row = |it: &Source| {
        let named = if it.is_named { "yes" } else { "no" };
        let said = it.said.iter().map(|it| element("td").say_this(it.clone()));
        element("tr")
            .with(
                element("th")
                    .set("scope", "row")
                    .set("dir", "auto")
                    .say_this(it.name.clone()),
            )
            .with(element("td").say(named))
            .with_all(said.collect())
    };
    let caption =
        element("caption").say("Words that each source has, and where in the text they begin");
    element("table")
        .class("ledger")
        .with(caption)
        .with(element("thead").with(element("tr").with_all(heads.collect())))
        .with(element("tbody").with_all(found.rows.iter().map(row).collect()))
}
