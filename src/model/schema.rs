//! What a project asks of those who mark: its labels, the questions about what is marked, and the
//! kinds of relations. Knows nothing of the marks themselves.

use std::sync::Arc;

use super::attribute::Attribute;
use super::change::RecordId;
use super::entry::Entry;
use super::id::{LabelId, RelationTypeId};
use super::label::{Color, Label, LabelState};
use super::relation::RelationType;

/// The labels, attributes and relation types, each in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelSchema {
    labels: Vec<Arc<Label>>,
    /// Questions, kinds of relations, and the guidelines.
    entries: Vec<Arc<Entry>>,
}

/// Something with a place in an order of its own.
pub(super) trait Ranked {
    /// Its place, and the name that decides where two have one place.
    fn order(&self) -> (u32, &str);
}

impl Ranked for Label {
    fn order(&self) -> (u32, &str) {
        (self.rank, self.id.as_str())
    }
}

impl Ranked for Entry {
    fn order(&self) -> (u32, &str) {
        (self.rank, self.id.name())
    }
}

/// Puts `it` where it belongs.
fn put<T: Ranked>(list: &mut Vec<Arc<T>>, it: Arc<T>) {
    let at = list.partition_point(|other| other.order() < it.order());
    list.insert(at, it);
}

impl LabelSchema {
    /// A schema without anything.
    pub fn empty() -> Self {
        Self {
            labels: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// All labels, in the order of their keys: the first is `1`.
    pub fn labels(&self) -> &[Arc<Label>] {
        &self.labels
    }

    /// The labels that are offered to those who mark, in order: all but the retired ones.
    pub fn offered(&self) -> impl Iterator<Item = &Arc<Label>> {
        let labels = self.labels.iter();
        labels.filter(|it| it.state != LabelState::Retired)
    }

    /// The label with this id.
    pub fn get(&self, id: &LabelId) -> Option<&Arc<Label>> {
        self.labels.iter().find(|label| label.id == *id)
    }

    /// How many labels are above a label; a circle, which only a file can bring, ends where it began.
    pub fn depth(&self, label: &Label) -> usize {
        let mut above = label.parent.as_ref();
        let mut depth = 0;
        while let Some(parent) = above.and_then(|id| self.get(id)) {
            if parent.id == label.id || depth >= self.labels.len() {
                break;
            }
            depth += 1;
            above = parent.parent.as_ref();
        }
        depth
    }

    /// The place of a label in the order, from 0.
    pub fn position(&self, id: &LabelId) -> Option<usize> {
        self.labels.iter().position(|label| label.id == *id)
    }

    /// Questions, kinds of relations and the guidelines as they are kept, each kind in its order.
    pub fn entries(&self) -> &[Arc<Entry>] {
        &self.entries
    }

    /// All attributes, in order: those of marks and those of articles.
    pub fn attributes(&self) -> Vec<Attribute> {
        self.entries
            .iter()
            .filter_map(|it| Attribute::of(it))
            .collect()
    }

    /// The attribute with this id. Answers name attributes by text, since a file may have answers
    /// to questions that nobody has defined.
    pub fn attribute(&self, id: &str) -> Option<Attribute> {
        let mut attributes = self.entries.iter().filter_map(|it| Attribute::of(it));
        attributes.find(|it| it.id.as_str() == id)
    }

    /// All kinds of relations, in order.
    pub fn relation_types(&self) -> Vec<RelationType> {
        self.entries
            .iter()
            .filter_map(|it| RelationType::of(it))
            .collect()
    }

    /// The kind of relation with this id.
    pub fn relation_type(&self, id: &RelationTypeId) -> Option<RelationType> {
        let mut kinds = self.entries.iter().filter_map(|it| RelationType::of(it));
        kinds.find(|it| it.id == *id)
    }

    /// The page about how to mark, in Markdown; empty where nobody has written one.
    pub fn guidelines(&self) -> &str {
        let page = self.entry(&RecordId::Guidelines);
        page.map_or("", |it| it.text(super::change::GUIDELINES))
    }

    pub(super) fn entry(&self, id: &RecordId) -> Option<&Arc<Entry>> {
        self.entries.iter().find(|it| it.id == *id)
    }

    pub(super) fn put_label(&mut self, label: Arc<Label>) {
        self.remove_label(&label.id);
        put(&mut self.labels, label);
    }

    pub(super) fn remove_label(&mut self, id: &LabelId) {
        self.labels.retain(|it| it.id != *id);
    }

    pub(super) fn put_entry(&mut self, entry: Arc<Entry>) {
        self.remove_entry(&entry.id);
        put(&mut self.entries, entry);
    }

    pub(super) fn remove_entry(&mut self, id: &RecordId) {
        self.entries.retain(|it| it.id != *id);
    }
}

impl Default for LabelSchema {
    /// Claim, quote, opinion. What a new project asks of them is in a schema file that comes with the
    /// page: a project that was here before stays as it is.
    fn default() -> Self {
        let label = |(rank, (id, name, color, definition)): (u32, (&str, &str, Color, &str))| {
            let id = LabelId::new(id).expect("the built-in ids are valid");
            Arc::new(Label {
                definition: definition.to_owned(),
                rank,
                ..Label::new(id, name, color)
            })
        };
        Self {
            labels: (0..).zip(LABELS).map(label).collect(),
            ..Self::empty()
        }
    }
}

const LABELS: [(&str, &str, Color, &str); 3] = [
    (
        "claim",
        "Claim",
        Color(0x1f, 0x62, 0xb5),
        "A statement of fact that somebody could check.",
    ),
    (
        "quote",
        "Quote",
        Color(0x94, 0x66, 0x00),
        "Words the text gives as somebody’s own.",
    ),
    (
        "opinion",
        "Opinion",
        Color(0xb0, 0x2f, 0x4a),
        "A judgement, a wish or loaded wording, by the writer or a speaker.",
    ),
];
