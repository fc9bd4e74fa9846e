//! Taking a schema over: what each label, question and relation of a file becomes here. Things are the same
//! where their ids are, else where people call them alike; the person may say otherwise. Knows nothing of
//! files.

use std::sync::Arc;

use super::SchemaFile;
use crate::format::merge::numbered;
use crate::model::{
    Attribute, AttributeEdit, AttributeId, Edit, GUIDELINES, GuidelinesEdit, Import, Label,
    LabelEdit, LabelId, Project, Record, RecordId, RelationType, RelationTypeEdit, RelationTypeId,
    Together, Wish,
};

/// What becomes of something of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taking {
    /// It comes in as something new.
    Add,
    /// It is this, which stays as it is here.
    Keep(RecordId),
    /// It is this, which becomes what the file says.
    Take(RecordId),
    /// It is left out, and so is what is for it alone.
    Leave,
}

/// Something of a file, and what is to become of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is called in the file.
    pub id: RecordId,
    /// What people call it there.
    pub name: String,
    /// What is to become of it.
    pub taking: Taking,
    /// Whether it is here under the same id and says the same.
    pub is_same: bool,
}

/// What is to become of everything in a file, if nobody says otherwise: nothing that is here changes.
pub fn rows(project: &Project, file: &SchemaFile) -> Vec<Row> {
    let mut claimed: Vec<RecordId> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for theirs in &file.records {
        let id = theirs.id();
        let ours = project.record(&id);
        let is_same = ours
            .as_ref()
            .is_some_and(|it| unranked(it) == unranked(theirs));
        let taking = match ours {
            Some(ours) if !asks_otherwise(&ours, theirs) => {
                claimed.push(id.clone());
                Taking::Keep(id.clone())
            }
            _ => Taking::Add,
        };
        rows.push(Row {
            name: name_of(theirs),
            id,
            taking,
            is_same,
        });
    }
    for row in rows.iter_mut().filter(|it| it.taking == Taking::Add) {
        let all = alike(project, &row.id);
        let mut twins = all.into_iter().filter(|(id, name)| {
            !claimed.contains(id) && name.trim().eq_ignore_ascii_case(row.name.trim())
        });
        if let Some((twin, _)) = twins.next() {
            claimed.push(twin.clone());
            row.taking = Taking::Keep(twin);
        }
    }
    rows
}

/// Whether two questions of one id are none: they are called otherwise and have other answers.
fn asks_otherwise(ours: &Record, theirs: &Record) -> bool {
    let question = |it: &Record| match it {
        Record::Entry(it) => Attribute::of(it),
        _ => None,
    };
    let both = question(ours).zip(question(theirs));
    both.is_some_and(|(one, other)| one.name != other.name && one.kind.word() != other.kind.word())
}

/// What there is here of the same kind, with the names people read, in order.
pub fn alike(project: &Project, id: &RecordId) -> Vec<(RecordId, String)> {
    let schema = project.schema();
    let labels = schema.labels().iter().map(|it| Record::Label(it.clone()));
    let entries = schema.entries().iter().map(|it| Record::Entry(it.clone()));
    let all = labels.chain(entries);
    let is_alike = |it: &Record| std::mem::discriminant(&it.id()) == std::mem::discriminant(id);
    let alike = all.filter(is_alike);
    alike.map(|it| (it.id(), name_of(&it))).collect()
}

/// The labels that are offered here and that nothing of the file is.
pub fn unclaimed(project: &Project, rows: &[Row]) -> Vec<Arc<Label>> {
    let is_claimed = |label: &Label| {
        let id = RecordId::Label(label.id.clone());
        let is_it =
            |it: &Row| matches!(&it.taking, Taking::Keep(of) | Taking::Take(of) if *of == id);
        rows.iter().any(is_it)
    };
    let offered = project.schema().offered();
    offered.filter(|it| !is_claimed(it)).cloned().collect()
}

/// Takes a schema over as one step, each thing as its row says.
pub fn adopt(project: &Project, file: &SchemaFile, rows: &[Row]) -> Edit {
    let names = Names::of(project, rows);
    let mut import = Import::default();
    let mut wishes: Vec<Box<dyn Wish>> = Vec::new();
    let mut taken: Vec<RecordId> = Vec::new();
    for record in &file.records {
        let row = rows.iter().find(|it| it.id == record.id());
        let taking = row.map_or(&Taking::Leave, |it| &it.taking);
        let Some(record) = names.called(record) else {
            continue;
        };
        match taking {
            Taking::Add => match record {
                Record::Label(label) => import.labels.push(label),
                other => import.others.push(other),
            },
            // Where two are said to be one, the first counts.
            Taking::Take(id) if !taken.contains(id) => {
                taken.push(id.clone());
                wishes.extend(changed(&record));
            }
            _ => {}
        }
    }
    wishes.push(Box::new(import));
    let name = format!("use the schema “{}”", file.name);
    Together { name, wishes }.into()
}

/// What the things of a file are called here; `None` for those that are left out.
struct Names(Vec<(RecordId, Option<RecordId>)>);

impl Names {
    fn of(project: &Project, rows: &[Row]) -> Self {
        let mut names: Vec<(RecordId, Option<RecordId>)> = Vec::new();
        for row in rows {
            let here = match &row.taking {
                Taking::Leave => None,
                Taking::Keep(id) | Taking::Take(id) => Some(id.clone()),
                Taking::Add => Some(fresh(&row.id, |id| {
                    let is_theirs = rows.iter().any(|it| it.id == *id) && *id != row.id;
                    let is_taken = names.iter().any(|it| it.1.as_ref() == Some(id));
                    is_theirs || is_taken || project.record(id).is_some()
                })),
            };
            names.push((row.id.clone(), here));
        }
        Self(names)
    }

    fn here(&self, id: RecordId) -> Option<RecordId> {
        match self.0.iter().find(|it| it.0 == id) {
            Some((_, here)) => here.clone(),
            None => Some(id),
        }
    }

    fn label(&self, id: &LabelId) -> Option<LabelId> {
        match self.here(RecordId::Label(id.clone()))? {
            RecordId::Label(id) => Some(id),
            _ => None,
        }
    }

    fn question(&self, id: &AttributeId) -> Option<AttributeId> {
        match self.here(RecordId::Attribute(id.clone()))? {
            RecordId::Attribute(id) => Some(id),
            _ => None,
        }
    }

    /// The labels as they are called here; `None` where there were some and none is left, which would mean
    /// all.
    fn labels(&self, labels: &[LabelId]) -> Option<Vec<LabelId>> {
        let here: Vec<LabelId> = labels.iter().filter_map(|it| self.label(it)).collect();
        (labels.is_empty() || !here.is_empty()).then_some(here)
    }

    /// A record of the file as it is called here; `None` where it is left out, or is for nothing that comes.
    fn called(&self, record: &Record) -> Option<Record> {
        let id = self.here(record.id())?;
        Some(match (record, id) {
            (Record::Label(it), RecordId::Label(id)) => Record::from(Label {
                id,
                parent: it.parent.as_ref().and_then(|it| self.label(it)),
                ..Label::clone(it)
            }),
            (Record::Entry(it), RecordId::Attribute(id)) => {
                let mut question = Attribute::of(it)?;
                question.id = id;
                question.labels = self.labels(&question.labels)?;
                question.condition = match question.condition {
                    Some(mut waits) => {
                        waits.attribute = self.question(&waits.attribute)?;
                        Some(waits)
                    }
                    None => None,
                };
                question.into()
            }
            (Record::Entry(it), RecordId::RelationType(id)) => {
                let mut kind = RelationType::of(it)?;
                kind.id = id;
                kind.from = self.labels(&kind.from)?;
                kind.to = self.labels(&kind.to)?;
                kind.into()
            }
            (other, _) => other.clone(),
        })
    }
}

/// An id like this one that nobody has.
fn fresh(id: &RecordId, is_taken: impl Fn(&RecordId) -> bool) -> RecordId {
    let make = |name: &str| match id {
        RecordId::Label(_) => LabelId::new(name).map(RecordId::Label),
        RecordId::Attribute(_) => AttributeId::new(name).map(RecordId::Attribute),
        RecordId::RelationType(_) => RelationTypeId::new(name).map(RecordId::RelationType),
        other => Some(other.clone()),
    };
    match id {
        RecordId::Guidelines => id.clone(),
        _ => numbered(id.name(), make, is_taken),
    }
}

/// The wish that what is here becomes this.
fn changed(record: &Record) -> Option<Box<dyn Wish>> {
    Some(match record {
        Record::Label(label) => Box::new(LabelEdit::Change(Label::clone(label))),
        Record::Entry(it) if it.id == RecordId::Guidelines => {
            Box::new(GuidelinesEdit(it.text(GUIDELINES).to_owned()))
        }
        Record::Entry(it) => match (Attribute::of(it), RelationType::of(it)) {
            (Some(question), _) => Box::new(AttributeEdit::Change(question)),
            (_, Some(kind)) => Box::new(RelationTypeEdit::Change(kind)),
            _ => return None,
        },
        _ => return None,
    })
}

/// A record without its place and its revision, which are the project's own.
fn unranked(record: &Record) -> Record {
    let mut record = record.clone();
    match &mut record {
        Record::Label(it) => {
            let label = Arc::make_mut(it);
            (label.rank, label.revision) = (0, 0);
        }
        Record::Entry(it) => Arc::make_mut(it).rank = 0,
        _ => {}
    }
    record
}

fn name_of(record: &Record) -> String {
    match record {
        Record::Label(it) => it.name.clone(),
        Record::Entry(it) if it.id == RecordId::Guidelines => "Guidelines".to_owned(),
        Record::Entry(it) => match it.text("name") {
            "" => it.id.name().to_owned(),
            name => name.to_owned(),
        },
        _ => String::new(),
    }
}
