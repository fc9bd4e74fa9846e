//! A change as the records that have to be stored for it. Knows nothing of keys or stores.

use std::sync::Arc;

use crate::format::record::{RecordError, encode};
use crate::model::sorted::{SortedMap, SortedSet};
use crate::model::{
    Change, Document, DocumentId, LabelSchema, Project, Record, RecordChange, RecordId, Text,
};

/// What has to be stored.
#[derive(Default)]
pub(super) struct Saving {
    /// Texts, which go first.
    pub texts: Vec<Arc<Text>>,
    /// Stored records, each record once.
    pub records: Vec<String>,
}

/// The records of `change`, and before them what they lean on and `stored` lacks: an article that
/// came with a reading set, with everything in it, and labels and annotators. Adds to `stored` what
/// will be stored with them.
///
/// # Errors
/// Where an annotation is on no article, or outside its text.
pub(super) fn of(
    change: &Change,
    before: &Project,
    stored: &mut SortedSet<RecordId>,
) -> Result<Saving, RecordError> {
    // The last of several changes to one record is what it becomes.
    let changes = change.records.iter();
    let changed = SortedMap::of(changes.clone().map(|it| (it.id(), it)).collect());
    let is_last = |it: &&RecordChange| {
        let last = changed.get(&it.id());
        last.is_some_and(|last| std::ptr::eq(*last, *it))
    };
    let own: Vec<&RecordChange> = changes.filter(is_last).collect();
    let mut writer = Writer {
        before,
        changed,
        out: Saving::default(),
    };
    let mut now = stored.clone();
    for leaned_on in writer.leaned_on(&own, &now) {
        now.add(leaned_on.id());
        writer.store(&leaned_on)?;
    }
    for change in own {
        match &change.after {
            Some(record) => {
                writer.store(record)?;
                if !matches!(record, Record::Annotation(_) | Record::Unplaced(_)) {
                    now.add(record.id());
                }
            }
            None => {
                now.remove(&change.id());
                writer.store_gone(change);
            }
        }
    }
    *stored = now;
    Ok(writer.out)
}

struct Writer<'a> {
    before: &'a Project,
    /// What becomes of each record that the change is about.
    changed: SortedMap<RecordId, &'a RecordChange>,
    out: Saving,
}

impl Writer<'_> {
    /// What has to be stored before the changes, in order.
    fn leaned_on(&self, changes: &[&RecordChange], stored: &SortedSet<RecordId>) -> Vec<Record> {
        let mut found: Vec<Record> = Vec::new();
        let mut seen = SortedSet::default();
        // What a new project asks is stored with the first thing that is.
        for entry in self.before.schema().entries() {
            let is_known = stored.contains(&entry.id) || self.changed.contains(&entry.id);
            if !is_known && seen.add(entry.id.clone()) {
                found.push(Record::Entry(entry.clone()));
            }
        }
        for change in changes {
            let Some(record) = &change.after else {
                // What is removed needs nothing; of an annotation the article stays.
                self.lean_on_article(change.before.as_ref(), stored, &mut seen, &mut found);
                continue;
            };
            self.lean_on_article(Some(record), stored, &mut seen, &mut found);
            self.lean_on_names(record, stored, &mut seen, &mut found);
        }
        found
    }

    fn lean_on_article(
        &self,
        record: Option<&Record>,
        stored: &SortedSet<RecordId>,
        seen: &mut SortedSet<RecordId>,
        found: &mut Vec<Record>,
    ) {
        let Some(id) = record.and_then(Record::article) else {
            return;
        };
        let article = RecordId::Document(id.clone());
        let change = self.changed.get(&article);
        let is_removed = change.is_some_and(|it| it.after.is_none());
        if stored.contains(&article) || is_removed || !seen.add(article.clone()) {
            return;
        }
        // Its marks may have answers and relations: all of that is stored with the first article.
        for entry in self.before.entries() {
            let record = Record::Entry(entry.clone());
            let is_known = stored.contains(&entry.id) || self.changed.contains(&entry.id);
            if !is_known && seen.add(entry.id.clone()) {
                found.push(record);
            }
        }
        let document = self.before.document(id).cloned().map(Record::Document);
        let marks = self.before.annotations().of(id).iter().cloned();
        let tray = self.before.unplaced().filter(|it| it.document == *id);
        let within = marks
            .map(Record::Annotation)
            .chain(tray.cloned().map(Record::Unplaced));
        for record in document.into_iter().chain(within) {
            if !self.changed.contains(&record.id()) {
                self.lean_on_names(&record, stored, seen, found);
                found.push(record);
            }
        }
    }

    fn lean_on_names(
        &self,
        record: &Record,
        stored: &SortedSet<RecordId>,
        seen: &mut SortedSet<RecordId>,
        found: &mut Vec<Record>,
    ) {
        let (label, annotator) = match record {
            Record::Annotation(it) => (&it.label, &it.annotator),
            Record::Unplaced(it) => (&it.label, &it.annotator),
            _ => return,
        };
        let ids = [
            RecordId::Label(label.clone()),
            RecordId::Annotator(annotator.clone()),
        ];
        for id in ids {
            if stored.contains(&id) || self.changed.contains(&id) || !seen.add(id.clone()) {
                continue;
            }
            found.extend(self.before.record(&id).filter(|it| !is_built_in(it)));
        }
    }

    fn store(&mut self, record: &Record) -> Result<(), RecordError> {
        let json = match record {
            Record::Document(document) => {
                self.out.texts.push(document.text.clone());
                encode::document(document)
            }
            Record::Annotation(annotation) => {
                let document = self.document(&annotation.document);
                let document = document.ok_or_else(|| RecordError::homeless(&annotation.id))?;
                encode::annotation(annotation, &document.text)?
            }
            Record::Unplaced(unplaced) => encode::unplaced(unplaced),
            whole => encode::whole(whole)?,
        };
        self.push(json);
        Ok(())
    }

    fn store_gone(&mut self, change: &RecordChange) {
        let article = change.before.as_ref().and_then(Record::article);
        self.push(encode::gone(&change.id(), article));
    }

    fn push(&mut self, json: String) {
        self.out.records.push(json);
    }

    /// The article as it is after the change.
    fn document(&self, id: &DocumentId) -> Option<Arc<Document>> {
        let change = self.changed.get(&RecordId::Document(id.clone()));
        match change.and_then(|it| it.after.as_ref()) {
            Some(Record::Document(document)) => Some(document.clone()),
            _ => self.before.document(id).cloned(),
        }
    }
}

/// Whether every project has this record without anybody having stored it.
fn is_built_in(record: &Record) -> bool {
    match record {
        Record::Label(it) => LabelSchema::default().get(&it.id) == Some(it),
        _ => false,
    }
}
