//! What more is said of marks and articles, and answers as JSON. Knows nothing of what was asked.

use super::fields::{Fields, Given, Words};
use super::values::{object, value};
use crate::format::json::Json;
use crate::model::sorted::SortedSet;
use crate::model::{
    AnnotatorId, Answers, Certainty, Details, Document, DocumentId, Extra, MaybeDetails, no_extra,
};

/// The field of an article that names the one of which it is a later text.
pub(in crate::format) const VERSION_OF: &str = "versionOf";

const CERTAINTIES: Words<Option<Certainty>> = &[
    ("", None),
    ("low", Some(Certainty::Low)),
    ("medium", Some(Certainty::Medium)),
    ("high", Some(Certainty::High)),
];

/// The field of an article that names those who have been through it.
pub(in crate::format) const FINISHED_BY: &str = "finishedBy";

/// What an article says of itself with fields that most articles lack.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::format) struct OfDocument {
    /// What more is said of it.
    pub details: MaybeDetails,
    /// Of which article it is a later text.
    pub version_of: Option<DocumentId>,
    /// Who has been through it.
    pub finished_by: Vec<AnnotatorId>,
}

/// Moves what is known of an article out of its unknown fields.
pub(in crate::format) fn take_document(extra: &mut Extra) -> OfDocument {
    let details = take_details(extra).0;
    if extra.is_empty() {
        return OfDocument {
            details,
            ..OfDocument::default()
        };
    }
    let mut fields = Fields::of(std::mem::replace(extra, no_extra()));
    let version_of = fields.take(VERSION_OF, |json| DocumentId::new(&json.text()?));
    let people = fields.texts(FINISHED_BY);
    let people = people.iter().filter_map(|it| AnnotatorId::new(it));
    let people = SortedSet::of_keys(people);
    *extra = fields.rest();
    OfDocument {
        details,
        version_of,
        finished_by: people.keys().cloned().collect(),
    }
}

/// What an article says with these fields, where the file calls the article of which it is a later text so.
pub(in crate::format) fn document_fields(
    document: &Document,
    version_of: Option<&DocumentId>,
) -> Given {
    let mut given = details_fields(&document.details, 0);
    given.text(VERSION_OF, version_of.map_or("", DocumentId::as_str));
    let people = document.finished_by.iter();
    given.texts(FINISHED_BY, people.map(AnnotatorId::as_str));
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
