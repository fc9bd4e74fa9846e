//! What is to be written, gathered once for all formats: the chosen articles with their marks in
//! order. Knows nothing of the formats.

use std::cell::OnceCell;
use std::sync::Arc;

use super::options::Options;
use crate::format::identity::id_like;
use crate::format::json::{Json, Parsed, as_text};
use crate::format::known::{worded, written as written_value};
use crate::format::register::{Names, Register};
use crate::format::time;
use crate::model::{
    Annotation, AnnotationId, Annotator, Document, DocumentId, Label, MaybeDetails, Offset,
    Progress, Project, Record, RecordId, RelationTypeId, Span, Text, Timestamp, Value,
};

/// The chosen articles.
pub(super) struct Selection<'p> {
    pub(super) project: &'p Project,
    pub(super) articles: Vec<Article<'p>>,
    pub(super) options: Options,
    /// Looked up once in all marks, and asked for by each article.
    label_ids: OnceCell<Vec<&'p str>>,
    annotators: OnceCell<Vec<(&'p str, String)>>,
}

/// An article with what is marked in it.
pub(super) struct Article<'p> {
    pub(super) document: &'p Document,
    pub(super) marks: Vec<Mark<'p>>,
    pub(super) relations: Vec<Relation>,
    pub(super) in_tray: usize,
    pub(super) other_fields: usize,
}

/// An annotation with its attributes, name and value.
pub(super) struct Mark<'p> {
    pub(super) annotation: &'p Annotation,
    pub(super) attributes: Vec<(String, String)>,
}

/// A link from one annotation to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    /// Ids of annotations.
    pub(super) from: String,
    pub(super) to: String,
}

impl<'p> Selection<'p> {
    /// The articles with these ids, in this order. Those that are not here are passed over.
    pub(super) fn of(project: &'p Project, documents: &[DocumentId], options: Options) -> Self {
        let mut in_tray: Register<usize> = Register::default();
        for unplaced in project.unplaced() {
            let article = unplaced.document.as_str();
            *in_tray.or_default(article) += 1;
        }
        let here = documents.iter().filter_map(|id| project.document(id));
        let article = |document: &'p Document| {
            let tray = in_tray
                .get(document.id.as_str())
                .copied()
                .unwrap_or_default();
            Article::of(project, document, tray)
        };
        Self {
            project,
            articles: here.map(|it| article(it)).collect(),
            options,
            label_ids: OnceCell::new(),
            annotators: OnceCell::new(),
        }
    }

    /// All marks of all articles.
    pub(super) fn marks(&self) -> impl Iterator<Item = &Mark<'p>> {
        self.articles.iter().flat_map(|it| &it.marks)
    }

    /// All labels of the project, in their order.
    pub(super) fn labels(&self) -> &'p [Arc<Label>] {
        self.project.schema().labels()
    }

    /// The ids of all labels: those of the project, then those that marks name besides.
    pub(super) fn label_ids(&self) -> Vec<&'p str> {
        let look = || {
            let known = self.labels().iter().map(|it| it.id.as_str());
            let used = self.marks().map(|it| it.annotation.label.as_str());
            distinct(known.chain(used))
        };
        self.label_ids.get_or_init(look).clone()
    }

    /// The names of all attributes, in the order in which they come.
    pub(super) fn attribute_names(&self) -> Vec<&str> {
        let all = self.marks().flat_map(|it| &it.attributes);
        distinct(all.map(|it| it.0.as_str()))
    }

    /// The annotators who made one of the marks.
    pub(super) fn annotators(&self) -> Vec<(&'p str, String)> {
        let look = || {
            let mut found: Vec<(&'p str, String)> = Vec::new();
            for mark in self.marks() {
                let id = mark.annotation.annotator.as_str();
                if found.iter().all(|it| it.0 != id) {
                    found.push((id, self.annotator_name(mark)));
                }
            }
            found
        };
        self.annotators.get_or_init(look).clone()
    }

    /// What people call the maker of a mark.
    pub(super) fn annotator_name(&self, mark: &Mark<'_>) -> String {
        let id = &mark.annotation.annotator;
        match self.project.record(&RecordId::Annotator(id.clone())) {
            Some(Record::Annotator(Annotator { name, .. })) if !name.is_empty() => name,
            _ => id.as_str().to_owned(),
        }
    }
}

/// Each text once, in the order in which they come.
fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut found: Vec<&str> = Vec::new();
    for text in texts {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

impl<'p> Article<'p> {
    fn of(project: &'p Project, document: &'p Document, in_tray: usize) -> Self {
        let annotations = project.annotations().of(&document.id);
        let mark = |it: &'p Arc<Annotation>| Mark::of(it, &document.text);
        let marks: Vec<Mark<'p>> = annotations.iter().map(mark).collect();
        let kept = kept_relations(document);
        let has_relations = usize::from(!kept.is_empty());
        let of_marks = annotations
            .iter()
            .map(|it| it.extra.len() + unsaid(&it.details));
        let of_document = document.extra.len() - has_relations;
        let answers = document
            .details
            .iter()
            .map(|it| it.answers.len())
            .sum::<usize>();
        let mut relations = relations_of(project, document);
        for it in kept {
            if relations.iter().all(|known| known.id != it.id) {
                relations.push(it);
            }
        }
        Self {
            other_fields: of_marks.sum::<usize>() + of_document + answers,
            document,
            marks,
            relations,
            in_tray,
        }
    }

    pub(super) fn id(&self) -> &'p str {
        self.document.id.as_str()
    }

    pub(super) fn text(&self) -> &'p Text {
        &self.document.text
    }

    /// The text itself.
    pub(super) fn words(&self) -> &'p str {
        self.document.text.as_str()
    }

    pub(super) fn has_meta(&self) -> bool {
        !self.document.meta.title.is_empty() || self.meta().iter().any(|it| !it.1.is_empty())
    }

    pub(super) fn has_layout(&self) -> bool {
        self.document.layout.is_some() || self.document.progress != Progress::ToDo
    }

    /// What is known of the article besides its title, with the names that files use.
    pub(super) fn meta(&self) -> [(&'static str, &'p str); 6] {
        let meta = &self.document.meta;
        [
            ("outlet", &meta.outlet),
            ("author", &meta.author),
            ("date", &meta.date),
            ("url", &meta.url),
            ("event", &meta.event),
            ("language", &meta.language),
        ]
    }

    /// The code of its language, where what is known of it is one.
    pub(super) fn language(&self) -> Option<&'p str> {
        let language = self.document.meta.language.as_str();
        let is_part =
            |it: &str| (1..=8).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_alphanumeric());
        language.split('-').all(is_part).then_some(language)
    }

    /// A span in code points.
    pub(super) fn code_points(&self, span: Span) -> [u32; 2] {
        self.ends(span, Text::code_points)
    }

    /// A span in UTF-16 units.
    pub(super) fn utf16(&self, span: Span) -> [u32; 2] {
        self.ends(span, Text::utf16)
    }

    fn ends(&self, span: Span, count: fn(&Text, Offset) -> u32) -> [u32; 2] {
        [span.start(), span.end()].map(|at| count(self.text(), at))
    }

    /// The parts of all marks, each with a name of its own: `a1` where there is one, else `a1_1`,
    /// `a1_2`. A name that is a mark's id already gets more underscores.
    pub(super) fn parts(&self) -> Vec<Part<'_, 'p>> {
        let ids = self.marks.iter().map(Mark::id);
        let ids = Names::of(ids);
        let mut parts = Vec::with_capacity(self.marks.len());
        for mark in &self.marks {
            let spans = mark.annotation.fragments();
            for (&span, number) in spans.iter().zip(1_usize..) {
                let mut name = mark.id().to_owned();
                if spans.len() > 1 {
                    name = format!("{name}_{number}");
                    while ids.has(&name) {
                        name = format!("{name}_");
                    }
                }
                parts.push(Part {
                    mark,
                    span,
                    name,
                    number,
                });
            }
        }
        parts
    }
}

/// One of the spans of a mark.
pub(super) struct Part<'a, 'p> {
    pub(super) mark: &'a Mark<'p>,
    pub(super) span: Span,
    /// Its own name in a file whose marks have one part each.
    pub(super) name: String,
    /// Which part of its mark it is, from 1.
    pub(super) number: usize,
}

impl Part<'_, '_> {
    /// What is said of the mark as a whole, with its first part; nothing with the others.
    pub(super) fn said_once<'t>(&self, text: &'t str) -> &'t str {
        if self.number == 1 { text } else { "" }
    }
}

impl<'p> Mark<'p> {
    fn of(annotation: &'p Annotation, text: &Text) -> Self {
        let told = worded(&annotation.details, text).unwrap_or_default();
        let answers = told.answers.iter();
        Self {
            annotation,
            attributes: answers
                .map(|(name, answer)| (name.clone(), said(answer)))
                .filter(|(name, value)| !name.is_empty() && !value.is_empty())
                .collect(),
        }
    }

    pub(super) fn id(&self) -> &'p str {
        self.annotation.id.as_str()
    }

    pub(super) fn label(&self) -> &'p str {
        self.annotation.label.as_str()
    }

    pub(super) fn annotator(&self) -> &'p str {
        self.annotation.annotator.as_str()
    }

    pub(super) fn note(&self) -> &'p str {
        &self.annotation.note
    }

    /// What an attribute says; empty where the mark has none of this name.
    pub(super) fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|it| it.0 == name);
        found.map_or("", |it| it.1.as_str())
    }

    /// When it was made, in ISO 8601; empty where that is not known.
    pub(super) fn created(&self) -> String {
        written(self.annotation.created)
    }

    /// When it was changed last, in ISO 8601; empty where that is not known.
    pub(super) fn modified(&self) -> String {
        written(self.annotation.modified)
    }
}

fn written(at: Timestamp) -> String {
    time::render(at).unwrap_or_default()
}

/// An answer as one text.
fn said(answer: &Value) -> String {
    match answer {
        Value::Null => String::new(),
        Value::Flag(flag) => flag.to_string(),
        Value::Number(text) | Value::Text(text) => text.clone(),
        other => written_value(other),
    }
}

/// How much is said of a mark besides its answers.
fn unsaid(details: &MaybeDetails) -> usize {
    let Some(details) = details else {
        return 0;
    };
    usize::from(details.certainty.is_some()) + usize::from(!details.tags.is_empty())
}

/// The relations of the project within an article.
fn relations_of(project: &Project, document: &Document) -> Vec<Relation> {
    let annotations = project.annotations();
    let is_within = |id: &AnnotationId| {
        annotations
            .get(id)
            .is_some_and(|it| it.document == document.id)
    };
    let within = project.relations();
    let within = within.filter(|it| is_within(&it.from) && is_within(&it.to));
    let relation = |it: crate::model::Relation| {
        // A kind that came from a file with a name that is no id goes back as it was.
        let name = project.schema().relation_type(&it.kind);
        let name = name.map(|kind| kind.name);
        let is_own = |name: &String| id_like(name, "relation", RelationTypeId::new) == it.kind;
        let kind = name.filter(is_own);
        Relation {
            id: it.id.to_string(),
            kind: kind.unwrap_or_else(|| it.kind.to_string()),
            from: it.from.to_string(),
            to: it.to.to_string(),
        }
    };
    within.map(relation).collect()
}

/// Relations that could not be read when they came with the article's file.
fn kept_relations(document: &Document) -> Vec<Relation> {
    let json = document.extra.get("relations");
    let parsed = json.and_then(|json| Parsed::of(json).ok());
    let Some(listed) = parsed.as_ref().and_then(|it| it.root().items()) else {
        return Vec::new();
    };
    let relation = |json: Json<'_>| {
        let mut made = ["id", "type", "from", "to"].map(|_| String::new());
        for (name, json) in json.fields() {
            let place = ["id", "type", "from", "to"]
                .iter()
                .position(|it| *it == name);
            if let (Some(place), Some(text)) = (place, as_text(json)) {
                made[place] = text;
            }
        }
        let [id, kind, from, to] = made;
        let is_whole = !from.is_empty() && !to.is_empty();
        is_whole.then_some(Relation { id, kind, from, to })
    };
    listed.into_iter().filter_map(relation).collect()
}
