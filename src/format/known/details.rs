//! What more is said of marks and articles, and answers as JSON. Knows nothing of what was asked.

use super::fields::{Fields, Given, Words};
use super::values::{object, value};
use crate::format::json::Json;
use crate::model::{Answers, Certainty, Details, DocumentId, Extra, MaybeDetails, no_extra};

/// The field of an article that names the one of which it is a later text.
pub(in crate::format) const VERSION_OF: &str = "versionOf";

const CERTAINTIES: Words<Option<Certainty>> = &[
    ("", None),
    ("low", Some(Certainty::Low)),
    ("medium", Some(Certainty::Medium)),
    ("high", Some(Certainty::High)),
];

/// Moves what is known of an article out of its unknown fields: what more is said of it, and of which
/// article it is a later text.
pub(in crate::format) fn take_document(extra: &mut Extra) -> (MaybeDetails, Option<DocumentId>) {
    let details = take_details(extra).0;
    if extra.is_empty() {
        return (details, None);
    }
    let mut fields = Fields::of(std::mem::replace(extra, no_extra()));
    let earlier = fields.take(VERSION_OF, |json| DocumentId::new(&json.text()?));
    *extra = fields.rest();
    (details, earlier)
}

/// What an article says with these fields.
pub(in crate::format) fn document_fields(
    details: &MaybeDetails,
    version_of: Option<&DocumentId>,
) -> Given {
    let mut given = details_fields(details, 0);
    given.text(VERSION_OF, version_of.map_or("", DocumentId::as_str));
    given
}

/// Moves what is known of a mark out of its unknown fields: what more is said of it,
/// and the revision of its label.
pub(in crate::format) fn take_details(extra: &mut Extra) -> (MaybeDetails, u32) {
    if extra.is_empty() {
        return (None, 0);
    }
    let mut fields = Fields::of(std::mem::replace(extra, no_extra()));
    let details = Details {
        answers: fields.take("attributes", answers).unwrap_or_default(),
        certainty: fields.word("certainty", CERTAINTIES),
        tags: fields.texts("tags"),
    };
    let revision = fields.number("labelRevision");
    *extra = fields.rest();
    (details.kept(), revision)
}

/// What a mark says with these fields.
pub(in crate::format) fn details_fields(details: &MaybeDetails, revision: u32) -> Given {
    let mut given = Given::default();
    if let Some(details) = details {
        if !details.answers.is_empty() {
            given.json("attributes", object(details.answers.iter()));
        }
        given.word("certainty", CERTAINTIES, &details.certainty);
        given.texts("tags", details.tags.iter().map(String::as_str));
    }
    given.number("labelRevision", revision);
    given
}

/// The answers of an object. One that is empty gives none, and is not kept either: some programs write it
/// with every mark.
fn answers(json: Json<'_>) -> Option<Answers> {
    let mut answers = Answers::default();
    for (name, json) in json.is_object().then(|| json.fields())? {
        answers.set(&name, Some(value(json)));
    }
    Some(answers)
}
