//! Reads JSON Lines with a text and a list of `spans` each: those of Prodigy and spaCy, and those made
//! for Hugging Face. What the two call the same is the same, so one reader reads both.

use super::found::{ADRIFT, Found, FoundDocument, FoundFragment, FoundMark, FoundRelation};
use super::input::{Input, count, get, items, text};
use super::meta::read_meta;
use crate::format::json::{Json, as_count, as_text};
use crate::format::offsets::Unit;
use crate::format::{Problem, ReadContext};

/// The fields of a span that are no attributes.
pub(super) const OWN: [&str; 19] = [
    "id",
    "group",
    "label",
    "start",
    "end",
    "text",
    "annotator",
    "note",
    "created",
    "modified",
    "token_start",
    "token_end",
    "attributes",
    "source",
    "score",
    "pattern",
    "answer",
    "input_hash",
    "color",
];

pub(super) fn read(inputs: &[Input<'_>], _: &ReadContext<'_>) -> Result<Found, Problem> {
    let mut found = Found::counting(Unit::CodePoint);
    let (mut refused, mut adrift) = (0, 0);
    for input in inputs.iter().filter(|it| it.has_lines() || it.is_list()) {
        let mut problems = Vec::new();
        input.each_object(&mut problems, |json, number| {
            // What the annotator turned down says nothing of the text.
            if ["reject", "ignore"].contains(&text(json, "answer").as_str()) {
                refused += 1;
                return Ok(());
            }
            let document = read_document(json, format!("{}-{number}", input.stem()), &mut adrift);
            found
                .documents
                .push(document.ok_or_else(|| input.no_article(number))?);
            Ok(())
        })?;
        found.problems.append(&mut problems);
    }
    found.tell_counts([
        (
            refused,
            "texts were rejected or passed over; they were left out.",
        ),
        (adrift, ADRIFT),
    ]);
    Ok(found)
}

/// The article of an object. Relations of which an end is no mark are counted in `adrift`.
fn read_document(json: Json<'_>, stand_in: String, adrift: &mut usize) -> Option<FoundDocument> {
    let meta = get(json, "meta").filter(|it| it.is_object());
    let ids = [
        Some(text(json, "id")),
        Some(text(json, "doc_id")),
        meta.map(|it| text(it, "doc_id")),
    ];
    let mut document = FoundDocument {
        id: ids
            .into_iter()
            .flatten()
            .find(|it| !it.is_empty())
            .unwrap_or(stand_in),
        text: Some(as_text(get(json, "text")?)?),
        meta: read_meta(meta.unwrap_or(json)),
        ..FoundDocument::default()
    };
    let annotator = text(json, "_annotator_id");
    for span in items(json, "spans") {
        read_span(span, &annotator, &mut document.marks);
    }
    for entity in items(json, "entities") {
        let triple = entity
            .items()
            .and_then(|it| <[Json<'_>; 3]>::try_from(it).ok());
        let Some([start, end, label]) = triple else {
            read_span(entity, &annotator, &mut document.marks);
            continue;
        };
        document.marks.push(FoundMark {
            label: as_text(label).unwrap_or_default(),
            annotator: annotator.clone(),
            fragments: vec![FoundFragment {
                start: as_count(start),
                end: as_count(end),
                ..FoundFragment::default()
            }],
            ..FoundMark::default()
        });
    }
    let relations = items(json, "relations");
    if !relations.is_empty() {
        // Prodigy's spans have no ids, and relations need some.
        for (mark, number) in document.marks.iter_mut().zip(1..) {
            if mark.id.is_empty() {
                mark.id = format!("{number}");
            }
        }
    }
    for relation in relations {
        match read_relation(relation, &document) {
            Some(found) => document.relations.push(found),
            None => *adrift += 1,
        }
    }
    Some(document)
}

fn read_span(json: Json<'_>, annotator: &str, marks: &mut Vec<FoundMark>) {
    let fragment = FoundFragment {
        start: count(json, "start"),
        end: count(json, "end"),
        exact: text(json, "text"),
        ..FoundFragment::default()
    };
    let group = text(json, "group");
    let is_prodigys = group.is_empty();
    let id = if is_prodigys { text(json, "id") } else { group };
    let is_same = |it: &&mut FoundMark| !id.is_empty() && it.id == id;
    if let Some(mark) = marks.iter_mut().rev().find(is_same) {
        mark.fragments.push(fragment);
        return;
    }
    // Prodigy says of each span that it is one; our own files have a group for each mark.
    let says_nothing = |name: &str, json: Json<'_>| {
        is_prodigys && name == "type" && as_text(json).is_some_and(|it| it == "span")
    };
    let own = json
        .fields()
        .filter(|it| !OWN.contains(&&*it.0) && !says_nothing(&it.0, it.1));
    let own = own.map(|(name, json)| {
        let name = name.strip_prefix("attribute:").unwrap_or(&name).to_owned();
        (name, json)
    });
    let nested = get(json, "attributes").into_iter().flat_map(Json::fields);
    let nested = nested.map(|(name, json)| (name.into_owned(), json));
    let said = own.chain(nested).filter_map(|(name, json)| {
        let value = as_text(json).filter(|it| !it.is_empty() && !json.is_null())?;
        Some((name, value))
    });
    let maker = text(json, "annotator");
    marks.push(FoundMark {
        id,
        label: text(json, "label"),
        annotator: if maker.is_empty() {
            annotator.to_owned()
        } else {
            maker
        },
        fragments: vec![fragment],
        note: text(json, "note"),
        attributes: said.collect(),
        created: text(json, "created"),
        modified: text(json, "modified"),
    });
}

/// A relation between ids, or as Prodigy has it between the spans that two tokens end; `None` where one
/// of those is no mark.
fn read_relation(json: Json<'_>, document: &FoundDocument) -> Option<FoundRelation> {
    let end = |ids: &str, spans: &str| {
        let id = text(json, ids);
        let Some(span) = get(json, spans).filter(|_| id.is_empty()) else {
            return Some(id);
        };
        let place = (count(span, "start"), count(span, "end"));
        let label = text(span, "label");
        let stands_there = |it: &FoundFragment| (it.start, it.end) == place;
        let is_it = |it: &&FoundMark| it.label == label && it.fragments.iter().any(stands_there);
        document.marks.iter().find(is_it).map(|it| it.id.clone())
    };
    let (from, to) = (end("from", "head_span")?, end("to", "child_span")?);
    let kind = text(json, "type");
    Some(FoundRelation {
        id: text(json, "id"),
        kind: if kind.is_empty() {
            text(json, "label")
        } else {
            kind
        },
        from,
        to,
    })
}
