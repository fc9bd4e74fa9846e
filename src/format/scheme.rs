//! Reads the schemes, the cast and the annotators of a project file, and what the file calls them. Knows
//! nothing of articles.

use std::sync::Arc;

use super::Reading;
use super::identity::id_like;
use super::json::{Json, Object, Source};
use super::known;
use super::register::Register;
use crate::model::{
    Annotator, AnnotatorId, Attribute, AttributeId, Color, Entry, Extra, GUIDELINES, Label,
    LabelId, MAX_LABELS, Project, Record, RecordId, RelationType, RelationTypeId, SpeakerId, Value,
};

/// The most annotators a file may name.
const MAX_ANNOTATORS: usize = 10_000;

/// The longest guidelines, in characters.
const MAX_GUIDELINES: usize = 200_000;

/// Colours for labels that bring none; each has a contrast of at least 4.5 on white.
const PALETTE: [Color; 8] = [
    Color(0x2e, 0x74, 0x32),
    Color(0x6a, 0x3f, 0xa0),
    Color(0x00, 0x6d, 0x77),
    Color(0x8a, 0x4b, 0x08),
    Color(0xa3, 0x26, 0x7a),
    Color(0x4b, 0x55, 0x63),
    Color(0x3d, 0x5a, 0x00),
    Color(0x7a, 0x2e, 0x2e),
];

/// Who an annotation without a creator is said to be by.
pub(super) const NOBODY: &str = "unknown";

/// What the labels and annotators of a file are called here.
pub(super) struct Names<'a> {
    project: &'a Project,
    labels: Register<Option<LabelId>>,
    annotators: Register<()>,
    speakers: Register<SpeakerId>,
    relation_types: Register<RelationTypeId>,
}

impl<'a> Names<'a> {
    pub(super) fn new(project: &'a Project) -> Self {
        Self {
            project,
            labels: Register::default(),
            annotators: Register::default(),
            speakers: Register::default(),
            relation_types: Register::default(),
        }
    }

    pub(super) fn project(&self) -> &'a Project {
        self.project
    }

    /// Reads `schemes`: the labels of all of them, for a project here has one.
    pub(super) fn read_schemes<'s>(
        &mut self,
        source: &Source<'s>,
        root: &mut Object<'s>,
        reading: &mut Reading,
    ) {
        for raw in source.take_list(root, "schemes", reading) {
            let Some(mut scheme) = Object::of(raw) else {
                let problem = source.problem(raw.get(), "This label scheme is not an object.");
                reading.problems.push(problem);
                continue;
            };
            self.read_scheme(source, &mut scheme, reading);
        }
    }

    /// Reads the lists of one scheme.
    pub(super) fn read_scheme<'s>(
        &mut self,
        source: &Source<'s>,
        scheme: &mut Object<'s>,
        reading: &mut Reading,
    ) {
        for raw in source.take_list(scheme, "labels", reading) {
            self.read_label(source, raw, reading);
        }
        for raw in source.take_list(scheme, "attributes", reading) {
            self.read_attribute(source, raw, reading);
        }
        for raw in source.take_list(scheme, "relations", reading) {
            self.read_relation_type(source, raw, reading);
        }
        let page = source.take_text(scheme, GUIDELINES, MAX_GUIDELINES, reading);
        if !page.is_empty() {
            self.read_guidelines(page, reading);
        }
    }

    fn read_guidelines(&self, page: String, reading: &mut Reading) {
        let here = self.project.schema().guidelines();
        if !here.is_empty() && here != page {
            let told = "The guidelines of the file are others; they stay as they are here.";
            reading.notices.push(told.to_owned());
        }
        let mut made = Entry::new(RecordId::Guidelines);
        made.fields.insert(GUIDELINES.to_owned(), Value::Text(page));
        reading.import.others.push(made.into());
    }

    fn read_attribute<'s>(&mut self, source: &Source<'s>, raw: Json<'s>, reading: &mut Reading) {
        let Some((called, extra)) = named(source, raw, "question", reading) else {
            return;
        };
        let Some(id) = AttributeId::new(&called) else {
            let message = format!(
                "The question “{called}” was left out: its id has to be made of letters and digits."
            );
            reading.problems.push(source.problem(raw.get(), message));
            return;
        };
        let made = entry(RecordId::Attribute(id), &extra);
        // It comes in even where it is known here: answers of the file are read by it.
        let here = self.project.schema().attribute(&called);
        let theirs = Attribute::of(&made);
        if let (Some(here), Some(theirs)) = (here, theirs)
            && (here.kind, here.subject) != (theirs.kind, theirs.subject)
        {
            reading.notices.push(format!(
                "The question “{called}” has other answers here than in the file. It stays as it is \
                 here; the answers are kept."
            ));
        }
        reading.import.others.push(made.into());
    }

    fn read_relation_type<'s>(
        &mut self,
        source: &Source<'s>,
        raw: Json<'s>,
        reading: &mut Reading,
    ) {
        let Some((called, extra)) = named(source, raw, "kind of relation", reading) else {
            return;
        };
        let id = id_like(&called, "relation", RelationTypeId::new);
        self.relation_types.add(&called, id.clone());
        let made = entry(RecordId::RelationType(id), &extra);
        reading.import.others.push(made.into());
    }

    /// The kind of relation that one of the file names. One that no scheme has is added.
    pub(super) fn relation_type(&mut self, called: &str, reading: &mut Reading) -> RelationTypeId {
        if let Some(known) = self.relation_types.get(called) {
            return known.clone();
        }
        let id = id_like(called, "relation", RelationTypeId::new);
        self.relation_types.add(called, id.clone());
        let made = RelationType::new(id.clone(), called);
        reading.import.others.push(made.into());
        id
    }

    /// Reads `cast`.
    pub(super) fn read_cast<'s>(
        &mut self,
        source: &Source<'s>,
        root: &mut Object<'s>,
        reading: &mut Reading,
    ) {
        let listed = source.take_list(root, "cast", reading);
        for raw in listed.into_iter().take(MAX_ANNOTATORS) {
            let Some((called, extra)) = named(source, raw, "speaker", reading) else {
                continue;
            };
            let id = id_like(&called, "speaker", SpeakerId::new);
            if !self.speakers.add(&called, id.clone()) {
                continue;
            }
            let made = entry(RecordId::Speaker(id.clone()), &extra);
            let here = self.project.speaker(id.as_str());
            if let Some(known) = here.filter(|it| it.name != made.text("name")) {
                reading.notices.push(format!(
                    "“{id}” of the cast is called “{}” here and “{}” in the file, and is taken for the \
                     same.",
                    known.name,
                    made.text("name")
                ));
            }
            reading.import.others.push(made.into());
        }
    }

    /// What somebody of the file's cast is called here.
    pub(super) fn speaker(&self, called: &str) -> Option<&SpeakerId> {
        self.speakers.get(called)
    }

    fn read_label<'s>(&mut self, source: &Source<'s>, raw: Json<'s>, reading: &mut Reading) {
        let Some(mut object) = Object::of(raw) else {
            let problem = source.problem(raw.get(), "This label is not an object.");
            reading.problems.push(problem);
            return;
        };
        let called = source.take_text(&mut object, "id", 1_000, reading);
        let is_named = object.has("name");
        let name = source.take_text(&mut object, "name", 1_000, reading);
        let definition = source.take_text(&mut object, "description", 10_000, reading);
        let color = object.take("color");
        let parsed = color
            .and_then(Json::string)
            .and_then(|text| Color::parse(&text));
        if let (Some(raw), None) = (color, parsed) {
            let message = format!(
                "The colour of the label “{name}” is not of the form #rrggbb; it got another."
            );
            reading.problems.push(source.problem(raw.get(), message));
        }
        if called.is_empty() && name.is_empty() {
            let problem = source.problem(raw.get(), "This label has neither id nor name.");
            reading.problems.push(problem);
            return;
        }
        let called = if called.is_empty() {
            name.clone()
        } else {
            called
        };
        let id = id_like(&called, "label", LabelId::new);
        let name = if is_named { name } else { called.clone() };
        let color = parsed.unwrap_or_else(|| self.next_color(reading));
        let mut label = Label {
            definition,
            extra: source.rest(object, reading),
            ..Label::new(id, name, color)
        };
        known::take_label(&mut label);
        self.add_label(called, Arc::new(label), reading);
    }

    fn next_color(&self, reading: &Reading) -> Color {
        PALETTE[reading.import.labels.len() % PALETTE.len()]
    }

    /// Takes a label over unless it is here already.
    fn add_label(
        &mut self,
        called: String,
        label: Arc<Label>,
        reading: &mut Reading,
    ) -> Option<LabelId> {
        let id = label.id.clone();
        let here = self.project.schema().labels();
        let known = here
            .iter()
            .chain(&reading.import.labels)
            .find(|it| it.id == id);
        if let Some(known) = known {
            if known.name != label.name {
                reading.notices.push(format!(
                    "The label “{id}” is called “{}” here and “{}” in the file. It keeps its name \
                     here.",
                    known.name, label.name
                ));
            }
        } else if here.len() + reading.import.labels.len() < MAX_LABELS {
            reading.import.labels.push(label);
        } else {
            self.labels.add(&called, None);
            return None;
        }
        self.labels.add(&called, Some(id.clone()));
        Some(id)
    }

    /// The label that the annotation `raw` names. One that no scheme has is added, and told of;
    /// `None` where there are too many.
    pub(super) fn label(
        &mut self,
        source: &Source<'_>,
        raw: Json<'_>,
        called: &str,
        reading: &mut Reading,
    ) -> Option<LabelId> {
        if let Some(known) = self.labels.get(called) {
            return known.clone();
        }
        let id = id_like(called, "label", LabelId::new);
        let label = match self.project.schema().get(&id) {
            Some(known) => known.clone(),
            None => Arc::new(Label::new(id, called, self.next_color(reading))),
        };
        let is_new = self.project.schema().get(&label.id).is_none();
        let added = self.add_label(called.to_owned(), label, reading);
        if is_new && added.is_some() {
            let message =
                format!("The file does not say what its label “{called}” is; it was added.");
            let notice = source.problem(raw.get(), message);
            reading.notices.push(notice.to_string());
        }
        added
    }

    /// Reads `annotators`.
    pub(super) fn read_annotators<'s>(
        &mut self,
        source: &Source<'s>,
        root: &mut Object<'s>,
        reading: &mut Reading,
    ) {
        let listed = source.take_list(root, "annotators", reading);
        for raw in listed.into_iter().take(MAX_ANNOTATORS) {
            let Some(mut object) = Object::of(raw) else {
                let problem = source.problem(raw.get(), "This annotator is not an object.");
                reading.problems.push(problem);
                continue;
            };
            let called = source.take_text(&mut object, "id", 1_000, reading);
            if called.is_empty() {
                let problem = source.problem(raw.get(), "This annotator has no id.");
                reading.problems.push(problem);
                continue;
            }
            let annotator = Annotator {
                id: id_like(&called, "annotator", AnnotatorId::new),
                name: source.take_text(&mut object, "name", 1_000, reading),
                extra: source.rest(object, reading),
            };
            self.add_annotator(annotator, reading);
        }
    }

    fn add_annotator(&mut self, annotator: Annotator, reading: &mut Reading) {
        if !self.annotators.add(annotator.id.as_str(), ()) {
            return;
        }
        match self
            .project
            .record(&RecordId::Annotator(annotator.id.clone()))
        {
            None => reading.import.annotators.push(annotator),
            Some(Record::Annotator(known)) if known.name != annotator.name => {
                reading.notices.push(format!(
                    "“{}” is called “{}” here and “{}” in the file, and is taken for the same \
                     person.",
                    annotator.id, known.name, annotator.name
                ));
            }
            Some(_) => {}
        }
    }

    /// The annotator that an annotation names.
    pub(super) fn annotator(&mut self, called: &str, reading: &mut Reading) -> AnnotatorId {
        let called = if called.is_empty() { NOBODY } else { called };
        let id = id_like(called, "annotator", AnnotatorId::new);
        if !self.annotators.has(id.as_str()) {
            let known = self.project.record(&RecordId::Annotator(id.clone()));
            let is_plain = id.as_str() == called;
            let made = match known {
                Some(Record::Annotator(known)) => known,
                _ => Annotator {
                    id: id.clone(),
                    name: if is_plain {
                        String::new()
                    } else {
                        called.to_owned()
                    },
                    extra: Extra::default(),
                },
            };
            self.add_annotator(made, reading);
        }
        id
    }
}

/// The id of an entry of a list, and its other fields; `None`, with a problem, where it has none.
fn named<'s>(
    source: &Source<'s>,
    raw: Json<'s>,
    what: &str,
    reading: &mut Reading,
) -> Option<(String, Extra)> {
    let mut object = Object::of(raw).unwrap_or_default();
    let called = source.take_text(&mut object, "id", 1_000, reading);
    if called.is_empty() {
        let message = format!("This {what} has no id; it was left out.");
        reading.problems.push(source.problem(raw.get(), message));
        return None;
    }
    Some((called, source.rest(object, reading)))
}

fn entry(id: RecordId, extra: &Extra) -> Entry {
    Entry {
        fields: known::take_entry(extra),
        ..Entry::new(id)
    }
}
