//! What must hold of a project, whatever it was read from. Knows nothing of how it was damaged.

use serde_json::Value;
use sourcelight::model::{Annotation, Change, Project, Record, RecordChange, Text, Timestamp};

use crate::support::{bare_project, merged, read, render};

/// A project that holds `records`.
pub fn project_of(records: Vec<Record>) -> Project {
    let mut project = Project::default();
    project.apply(&Change {
        name: "load".into(),
        records: records.into_iter().map(RecordChange::added).collect(),
        at: Timestamp(0),
        merge_key: None,
    });
    project
}

/// The rules of the model, and that what a file brought goes into a file and comes back the same.
pub fn check(project: &Project) -> Result<(), String> {
    model(project)?;
    comes_back(project)
}

/// The rules of the model, and that what a store brought goes into a file that can be read. It may
/// be more than files allow: longer names, deeper unknown fields, halves of surrogate pairs.
pub fn check_stored(project: &Project) -> Result<(), String> {
    model(project)?;
    let file = render(project);
    quotes_are_right(&file)?;
    match read(&bare_project(), "p.json", file.as_bytes()) {
        Ok(reading) => comes_back(&merged(&bare_project(), reading.import)),
        Err(problem) if problem.message.contains("levels deep") => Ok(()),
        Err(problem) => Err(format!("what was written is not read: {problem}")),
    }
}

fn model(project: &Project) -> Result<(), String> {
    for document in project.documents() {
        let (text, blocks) = (&document.text, document.text.blocks());
        if text.as_str().contains('\r') || text.as_str().trim().is_empty() {
            return Err(format!("an article has no good text: {document:?}"));
        }
        if blocks
            .iter()
            .any(|it| it.span().end().bytes() > text.as_str().len())
        {
            return Err("a block reaches beyond its text".into());
        }
        if document
            .layout
            .as_ref()
            .is_some_and(|it| it.len() != blocks.len())
        {
            return Err(format!("a layout is not as long as its text: {document:?}"));
        }
    }
    let annotations = project.annotations().all();
    if annotations.len() != project.annotations().len() {
        return Err("marks are lost in the list by article".into());
    }
    for annotation in annotations {
        let document = project.document(&annotation.document);
        if document.is_none_or(|it| !fits(&annotation, &it.text)) {
            return Err(format!("a mark does not fit its text: {annotation:?}"));
        }
    }
    Ok(())
}

fn fits(annotation: &Annotation, text: &Text) -> bool {
    let fragments = annotation.fragments();
    let apart = fragments.is_sorted_by(|a, b| a.end() < b.start());
    let inside = fragments.iter().all(|it| {
        let words = text.as_str().get(it.start().bytes()..it.end().bytes());
        words.is_some_and(|words| !words.is_empty())
    });
    !fragments.is_empty() && apart && inside
}

fn comes_back(project: &Project) -> Result<(), String> {
    let mut file = render(project);
    quotes_are_right(&file)?;
    let labels = project.schema();
    let placed = project
        .annotations()
        .all()
        .into_iter()
        .map(|it| it.label.clone());
    let mut used = placed.chain(project.unplaced().map(|it| it.label.clone()));
    if used.any(|it| labels.get(&it).is_none()) {
        // A label that only marks name is in the list of labels from then on.
        file = render(&reread(&file)?);
    }
    let again = render(&reread(&file)?);
    match file == again {
        true => Ok(()),
        false => Err(difference(&file, &again)),
    }
}

fn reread(file: &str) -> Result<Project, String> {
    let reading = read(&bare_project(), "p.json", file.as_bytes());
    let reading = reading.map_err(|it| format!("what was written is not read: {it}"))?;
    match reading.problems.first() {
        Some(problem) => Err(format!("what was written has a problem: {problem}")),
        None => Ok(merged(&bare_project(), reading.import)),
    }
}

fn difference(file: &str, again: &str) -> String {
    let mut lines = file.lines().zip(again.lines());
    let first = lines.find(|(a, b)| a != b);
    format!("what was written comes back otherwise: {first:?}")
}

/// `text[start:end] == exact` for every span of a file, by no code of ours.
fn quotes_are_right(file: &str) -> Result<(), String> {
    let file: Value = match serde_json::from_str(file) {
        Ok(file) => file,
        Err(error) => {
            let error = error.to_string();
            // What only some readers of JSON refuse can stand in fields that are not known.
            let refused = [
                "number out of range",
                "surrogate",
                "hex escape",
                "recursion limit",
            ];
            let is_known = refused.iter().any(|it| error.contains(it));
            let message = || format!("what was written is no JSON: {error}");
            return is_known.then_some(()).ok_or_else(message);
        }
    };
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for document in list(&file["documents"]) {
        let text: Vec<char> = document["text"]
            .as_str()
            .unwrap_or_default()
            .chars()
            .collect();
        for annotation in list(&document["annotations"]) {
            for fragment in list(&annotation["fragments"]) {
                let number = |name: &str| fragment[name].as_u64().unwrap_or(u64::MAX) as usize;
                let words = text.get(number("start")..number("end"));
                let words = words.map(|it| it.iter().collect::<String>());
                if words.as_deref() != fragment["exact"].as_str() || words.is_none() {
                    return Err(format!("text[start:end] is not the quote: {fragment}"));
                }
            }
        }
    }
    Ok(())
}
