//! Reads Label Studio's exports: tasks, its small form, and those of old versions.

use crate::format::exchange::found::{
    Found, FoundDocument, FoundFragment, FoundMark, FoundRelation,
};
use crate::format::exchange::input::{Input, count, get, items, text};
use crate::format::exchange::meta::read_meta;
use crate::format::json::{Json, as_text};
use crate::format::offsets::Unit;
use crate::format::register::Names;
use crate::format::{Problem, ReadContext};

/// What was met and left out, for one sentence each at the end.
#[derive(Default)]
struct Left {
    cancelled: usize,
    predictions: usize,
    hypertext: usize,
    of_task: usize,
}

pub(super) fn read(inputs: &[Input<'_>], _: &ReadContext<'_>) -> Result<Found, Problem> {
    // Old versions count UTF-16 units; the words each region holds tell.
    let mut found = Found::counting(Unit::CodePoint);
    let mut left = Left::default();
    for input in inputs.iter().filter(|it| !it.is_xml("View")) {
        let mut problems = Vec::new();
        input.each_object(&mut problems, |json, number| {
            let stand_in = format!("{}-{number}", input.stem());
            let document = read_task(json, stand_in, &mut left).ok_or_else(|| {
                let message = format!("Task {number} has no text in its “data”.");
                Problem::new(input.name, message)
            })?;
            found.documents.push(document);
            Ok(())
        })?;
        found.problems.append(&mut problems);
    }
    found.tell_counts([
        (
            left.cancelled,
            "annotations were cancelled; they were left out.",
        ),
        (
            left.predictions,
            "predictions were left out, since people have annotated their tasks.",
        ),
        (
            left.hypertext,
            "regions are of HTML, whose positions count what a browser makes of it; they were left out.",
        ),
        (
            left.of_task,
            "answers are about whole tasks; they were left out.",
        ),
    ]);
    Ok(found)
}

fn read_task(json: Json<'_>, stand_in: String, left: &mut Left) -> Option<FoundDocument> {
    let data = get(json, "data")
        .filter(|it| it.is_object())
        .unwrap_or(json);
    let content = get(data, "text").and_then(Json::string);
    // The field may be called anything; the text is the longest.
    let longest = || {
        let all = data.fields().filter_map(|it| it.1.string());
        all.max_by_key(String::len)
    };
    let ids = [text(data, "doc_id"), text(json, "id")];
    let mut document = FoundDocument {
        id: ids
            .into_iter()
            .find(|it| !it.is_empty())
            .unwrap_or(stand_in),
        text: Some(content.or_else(longest)?),
        meta: read_meta(data),
        ..FoundDocument::default()
    };
    let [annotations, completions] = ["annotations", "completions"].map(|it| items(json, it));
    let annotated = !annotations.is_empty() || !completions.is_empty();
    for annotation in annotations.into_iter().chain(completions) {
        if get(annotation, "was_cancelled").is_some_and(|it| it.get() == "true") {
            left.cancelled += 1;
            continue;
        }
        let maker = get(annotation, "completed_by")
            .map(person)
            .unwrap_or_default();
        read_result(&items(annotation, "result"), &maker, &mut document, left);
    }
    for prediction in items(json, "predictions") {
        if annotated {
            left.predictions += 1;
            continue;
        }
        let model = text(prediction, "model_version");
        let maker = if model.is_empty() {
            "prediction".to_owned()
        } else {
            model
        };
        read_result(&items(prediction, "result"), &maker, &mut document, left);
    }
    read_small(json, &mut document);
    document.join_continued();
    Some(document)
}

/// A number, or what is known of an account.
fn person(json: Json<'_>) -> String {
    let known = ["email", "username", "first_name", "id"].map(|name| text(json, name));
    let known = known.into_iter().find(|it| !it.is_empty());
    known.or_else(|| as_text(json)).unwrap_or_default()
}

/// The small form: the regions of all annotations in one list, each with its own fields.
fn read_small(json: Json<'_>, document: &mut FoundDocument) {
    let maker = get(json, "annotator").map(person).unwrap_or_default();
    for region in items(json, "label") {
        for label in items(region, "labels").into_iter().filter_map(Json::string) {
            document.marks.push(FoundMark {
                label,
                annotator: maker.clone(),
                fragments: vec![fragment(region)],
                ..FoundMark::default()
            });
        }
    }
}

fn fragment(value: Json<'_>) -> FoundFragment {
    FoundFragment {
        start: count(value, "start"),
        end: count(value, "end"),
        exact: get(value, "text")
            .and_then(Json::string)
            .unwrap_or_default(),
        ..FoundFragment::default()
    }
}

fn first(json: Json<'_>, name: &str) -> Option<String> {
    as_text(get(json, name)?.items()?.into_iter().next()?)
}

fn read_result(result: &[Json<'_>], maker: &str, document: &mut FoundDocument, left: &mut Left) {
    let before = document.marks.len();
    // Annotations that began with the same predictions have regions of the same ids.
    let earlier = Names::of(document.marks.iter().map(|it| it.id.as_str()));
    let own = |json: Json<'_>, name: &str| {
        let id = text(json, name);
        match earlier.has(&id) && !id.is_empty() {
            true => format!("{id}-r{before}"),
            false => id,
        }
    };
    for &entry in result {
        let kind = text(entry, "type");
        if kind == "hypertextlabels" {
            left.hypertext += 1;
        }
        let Some(value) = get(entry, "value").filter(|_| kind == "labels") else {
            continue;
        };
        let said = get(entry, "meta").and_then(|it| first(it, "annotator"));
        let id = own(entry, "id");
        for (label, number) in items(value, "labels")
            .into_iter()
            .filter_map(Json::string)
            .zip(1..)
        {
            let id = if number == 1 {
                id.clone()
            } else {
                format!("{id}-{number}")
            };
            document.marks.push(FoundMark {
                id,
                label,
                annotator: said.clone().unwrap_or_else(|| maker.to_owned()),
                fragments: vec![fragment(value)],
                ..FoundMark::default()
            });
        }
    }
    for &entry in result {
        match text(entry, "type").as_str() {
            "labels" | "hypertextlabels" => {}
            "relation" => {
                let kinds = items(entry, "labels").into_iter().filter_map(Json::string);
                document.relations.push(FoundRelation {
                    id: String::new(),
                    kind: kinds.collect::<Vec<_>>().join(", "),
                    from: own(entry, "from_id"),
                    to: own(entry, "to_id"),
                });
            }
            kind => {
                let marks = &mut document.marks[before..];
                let id = own(entry, "id");
                let mark = marks.iter_mut().find(|it| it.id == id);
                match mark {
                    Some(mark) => read_answer(entry, kind, mark),
                    None => left.of_task += 1,
                }
            }
        }
    }
}

/// What a control says of a region.
fn read_answer(entry: Json<'_>, kind: &str, mark: &mut FoundMark) {
    let field = match kind {
        "textarea" => "text",
        other => other,
    };
    let Some(value) = get(entry, "value").and_then(|it| get(it, field)) else {
        return;
    };
    let texts = value
        .items()
        .map(|it| it.into_iter().filter_map(as_text).collect::<Vec<_>>());
    let said = texts
        .map(|it| it.join("; "))
        .or_else(|| as_text(value))
        .unwrap_or_default();
    let original = get(entry, "meta").and_then(|it| first(it, "attribute"));
    let name = original.unwrap_or_else(|| text(entry, "from_name"));
    if said.is_empty() {
        return;
    }
    match name == "note"
        && get(entry, "meta")
            .and_then(|it| first(it, "attribute"))
            .is_none()
    {
        true => mark.note = said,
        false => mark.attributes.push((name, said)),
    }
}
