//! Between the fields of files and what the model says with types: both the project file and the
//! stored records call these fields by the same names.
//!
//! What is known and has a value that makes sense is taken out of the unknown fields of a record;
//! everything else stays where it was, and is written back to the letter. What has the default value
//! is not written. Knows nothing of where records stand.

mod details;
mod fields;
mod values;
mod words;

pub(in crate::format) use details::{
    FINISHED_BY, OfDocument, VERSION_OF, details_fields, document_fields, take_details,
    take_document,
};
pub(in crate::format) use fields::Given;
use fields::{Fields, Words};
pub(in crate::format) use values::{entry_fields, take_entry, write_fields, written};
pub(in crate::format) use words::{settled, worded, wordless};

use crate::model::{Label, LabelId, LabelState, LineStyle, no_extra};

const LINES: Words<Option<LineStyle>> = &[
    ("", None),
    ("solid", Some(LineStyle::Solid)),
    ("double", Some(LineStyle::Double)),
    ("dotted", Some(LineStyle::Dotted)),
    ("dashed", Some(LineStyle::Dashed)),
    ("wavy", Some(LineStyle::Wavy)),
];

const STATES: Words<LabelState> = &[
    ("shown", LabelState::Shown),
    ("hidden", LabelState::Hidden),
    ("retired", LabelState::Retired),
];

/// Moves what is known of a label out of its unknown fields.
pub(in crate::format) fn take_label(label: &mut Label) {
    if label.extra.is_empty() {
        return;
    }
    let mut fields = Fields::of(std::mem::replace(&mut label.extra, no_extra()));
    label.line = fields.word("line", LINES);
    label.key = fields.key();
    label.examples = fields.texts("examples");
    label.counter_examples = fields.texts("counterExamples");
    label.parent = fields.take("parent", |json| LabelId::new(&json.text()?));
    label.state = fields.word("state", STATES);
    label.revision = fields.number("revision");
    label.extra = fields.rest();
}

/// What a label says with these fields.
pub(in crate::format) fn label_fields(label: &Label) -> Given {
    let mut given = Given::default();
    given.word("line", LINES, &label.line);
    given.key(label.key);
    given.texts("examples", label.examples.iter().map(String::as_str));
    let counter = label.counter_examples.iter().map(String::as_str);
    given.texts("counterExamples", counter);
    given.text("parent", label.parent.as_ref().map_or("", LabelId::as_str));
    given.word("state", STATES, &label.state);
    given.number("revision", label.revision);
    given
}
