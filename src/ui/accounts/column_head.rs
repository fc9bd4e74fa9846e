//! What stands above the text of a column: headline, source, length, and what is marked.

use leptos::prelude::*;

use super::facts;
use crate::dom::paint::slot as color;
use crate::model::{DocumentId, Project};
use crate::ui::element::element;

/// What stands above a text.
#[derive(Clone, PartialEq)]
pub struct Head {
    title: String,
    language: Option<String>,
    source: String,
    words: usize,
    /// Slot, name and number of each label.
    counts: Vec<(usize, String, usize)>,
}

/// What is known of an article of so many words.
pub fn head(project: &Project, id: &DocumentId, words: usize) -> Option<Head> {
    let document = project.document(id)?;
    let labels = project.schema().labels().iter();
    let counts = labels.map(|it| {
        let count = project.annotations().count(id, &it.id);
        (color(project, &it.id), it.name.to_lowercase(), count)
    });
    Some(Head {
        title: document.title().to_owned(),
        language: document.meta.language_code().map(str::to_owned),
        source: facts::source(document),
        words,
        counts: counts.filter(|it| it.2 > 0).collect(),
    })
}

/// The same as it is shown.
pub fn shown_head(head: Head) -> Vec<AnyView> {
    let title = element("h3").class("column-title").set("dir", "auto");
    let mut known = element("p").class("column-facts");
    let length = format!("{} words", facts::grouped(head.words));
    known = known.with(element("span").say_this(length));
    for (slot, name, count) in head.counts {
        let badge = element("span").set_to("class", format!("count label-{slot}"));
        known = known.with(badge.say_this(format!("{count} {name}")));
    }
    vec![
        title.in_language(head.language).say_this(head.title).view(),
        element("p")
            .class("column-source")
            .say_this(head.source)
            .view(),
        known.view(),
    ]
}
