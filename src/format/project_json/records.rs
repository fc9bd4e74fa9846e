//! Writes the lists of a project file whose entries are records of one kind: labels, questions, kinds
//! of relations, the cast, relations and comments.

use std::sync::Arc;

use super::{ANNOTATION, ATTRIBUTES, RELATIONS, write_non_empty, write_time, write_unknown};
use crate::format::json::{Parsed, Writer};
use crate::format::known::{self, Given};
use crate::model::{Entry, Extra, GUIDELINES, LabelSchema, RecordId};

/// The lists of a schema, as fields of the object that is being written.
pub(in crate::format) fn write_schema(writer: &mut Writer, schema: &LabelSchema) {
    writer.name("labels");
    writer.begin('[');
    for label in schema.labels() {
        writer.begin('{');
        writer.field("id", label.id.as_str());
        writer.field("name", &label.name);
        writer.field("color", &label.color.to_string());
        writer.field("description", &label.definition);
        let own = known::label_fields(label);
        write_given(writer, &own);
        let known = ["id", "name", "color", "description"];
        write_unknown(writer, &label.extra, &[&known, &own.names()[..]].concat());
        writer.end('}');
    }
    writer.end(']');
    let of = |is: fn(&RecordId) -> bool| {
        let all = schema.entries().iter();
        all.filter(move |it| is(&it.id)).collect::<Vec<_>>()
    };
    let questions = of(|id| matches!(id, RecordId::Attribute(_)));
    write_entries(writer, ATTRIBUTES, &questions, None);
    let kinds = of(|id| matches!(id, RecordId::RelationType(_)));
    write_entries(writer, RELATIONS, &kinds, None);
    write_non_empty(writer, GUIDELINES, schema.guidelines());
}

/// A list of entries, each on a line, and what a record has kept under the same name, as far as it is
/// no version of one of them. Nothing where there is none.
pub(super) fn write_entries(
    writer: &mut Writer,
    name: &str,
    entries: &[&Arc<Entry>],
    extra: Option<&Extra>,
) {
    let kept = extra.and_then(|it| it.get(name));
    let kept = kept.and_then(|json| Parsed::of(json).ok());
    let kept = kept.as_ref().and_then(|it| it.root().items());
    let kept = kept.unwrap_or_default();
    if entries.is_empty() && kept.is_empty() {
        return;
    }
    writer.name(name);
    writer.begin('[');
    for entry in entries {
        writer.begin_flat('{');
        writer.field("id", entry.id.name());
        // A comment stands within its mark.
        let fields = entry.fields.iter().filter(|it| it.0 != ANNOTATION);
        known::write_fields(writer, fields);
        if !entry.is_ranked() {
            write_time(writer, "created", entry.created);
            write_time(writer, "modified", entry.modified);
        }
        writer.end_flat('}');
    }
    for json in kept {
        let id = json.fields().find(|it| it.0 == "id");
        let id = id.and_then(|it| it.1.text());
        if entries.iter().all(|it| id.as_deref() != Some(it.id.name())) {
            writer.raw(json.get());
        }
    }
    writer.end(']');
}

pub(super) fn write_given(writer: &mut Writer, given: &Given) {
    for (name, json) in &given.0 {
        writer.name(name);
        writer.raw(json);
    }
}
