//! What is known of the articles of an event, as several panels and the report need it.

use std::sync::Arc;

use crate::model::sorted::sort_by_key;
use crate::model::{Document, DocumentId, Project, Unit, pieces};
use crate::ui::shown_date;

/// The articles of an event, in the order of the list.
pub fn of_event(project: &Project, event: &str) -> Vec<Arc<Document>> {
    let all = project.documents().iter();
    all.filter(|it| it.meta.event == event).cloned().collect()
}

/// The same in the order of time; those without a date come last.
pub fn in_time(project: &Project, event: &str) -> Vec<Arc<Document>> {
    let mut all = of_event(project, event);
    sort_by_key(&mut all, |it| when(it));
    all
}

/// By what articles are ordered in time.
pub fn when(document: &Document) -> (bool, String) {
    (document.meta.date.is_empty(), document.meta.date.clone())
}

/// What an event is called.
pub fn event_name(event: &str) -> String {
    match event {
        "" => "Articles that name no event".to_owned(),
        _ => event.to_owned(),
    }
}

/// What an article is called beside others: its outlet, else its title.
pub fn outlet(document: &Document) -> String {
    match document.meta.outlet.as_str() {
        "" => document.title().to_owned(),
        outlet => outlet.to_owned(),
    }
}

/// The same by its id; empty for one that is gone.
pub fn outlet_of(project: &Project, id: &DocumentId) -> String {
    project
        .document(id)
        .map_or_else(String::new, |it| outlet(it))
}

/// Outlet and date in one line.
pub fn source(document: &Document) -> String {
    let date = shown_date(&document.meta.date);
    let parts = [document.meta.outlet.as_str(), date.as_str()];
    let known: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    known.join(" · ")
}

/// How many words an article has.
pub fn words(document: &Document) -> usize {
    let blocks = 0..document.text.blocks().len();
    blocks
        .map(|it| pieces(&document.text, it, Unit::Token).len())
        .sum()
}

/// How many marks of each label an article has, by the labels' names; none that has no marks.
pub fn counts(project: &Project, id: &DocumentId) -> Vec<(String, usize)> {
    let labels = project.schema().labels().iter();
    let counts = labels.map(|it| (it.name.clone(), project.annotations().count(id, &it.id)));
    counts.filter(|it| it.1 > 0).collect()
}

/// A number with commas between its thousands.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}
