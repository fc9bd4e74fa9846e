//! What links the marks of a file: relations, comments, and answers that name marks or speakers. All of
//! it is read when every mark has its id here, which may be another than in the file. Knows nothing of
//! where marks stand.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

use super::annotation_entry::{MAX_NOTE, take_time};
use super::json::{Json, Object, Source, Writer, as_text, compact};
use super::known;
use super::project_json::{ANNOTATION, RELATIONS};
use super::register::{self, Register};
use super::scheme::Names;
use super::{ReadContext, Reading};
use crate::model::{
    AnnotationId, AnnotatorId, Attribute, AttributeKind, Comment, CommentId, DocumentId, Import,
    MaybeDetails, Record, RecordId, Relation, RelationId,
};

/// What the marks of one file are called here.
#[derive(Default)]
pub(super) struct Marks<'a> {
    /// The article here, the name in the file, the id.
    all: Vec<(DocumentId, Cow<'a, str>, AnnotationId)>,
    /// Made when somebody asks: most files link no marks.
    index: OnceCell<Index>,
}

#[derive(Default)]
struct Index {
    /// By article and the name in the file: names of small files come in every article again.
    within: Register<AnnotationId>,
    /// By the name in the file alone; the first counts.
    anywhere: Register<AnnotationId>,
}

impl<'a> Marks<'a> {
    /// Makes room for so many more.
    pub(super) fn reserve(&mut self, count: usize) {
        self.all.reserve(count);
    }

    /// Enters a mark of an article here; all before the first is looked for.
    pub(super) fn add(&mut self, article: DocumentId, called: Cow<'a, str>, id: AnnotationId) {
        self.all.push((article, called, id));
    }

    fn find(&self, article: Option<&DocumentId>, called: &str) -> Option<&AnnotationId> {
        let index = self.index.get_or_init(|| self.index());
        let within = article.map(|it| [it.as_str(), called].join("\n"));
        let within = within.and_then(|name| index.within.get(&name));
        within.or_else(|| index.anywhere.get(called))
    }

    fn index(&self) -> Index {
        let mut index = Index::default();
        for (article, called, id) in &self.all {
            let within = [article.as_str(), called].join("\n");
            index.within.add(&within, id.clone());
            index.anywhere.add(called, id.clone());
        }
        index
    }
}

/// A list of a file that waits until all marks have been read.
pub(super) struct Waiting<'a> {
    /// The article here that the list is in; none where it stands beside the articles.
    pub(super) article: Option<DocumentId>,
    /// The mark whose comments they are; none where they are relations.
    pub(super) mark: Option<AnnotationId>,
    pub(super) items: Vec<Json<'a>>,
}

/// Reads what has waited, and lets answers name marks and speakers as they are called here.
pub(super) fn read<'a>(
    source: &Source<'a>,
    marks: &Marks<'a>,
    waiting: Vec<Waiting<'a>>,
    names: &mut Names<'_>,
    cx: &mut ReadContext<'_>,
    reading: &mut Reading,
) {
    rename_answers(marks, names, reading);
    let mut linker = Linker {
        source,
        marks,
        names,
        taken: Register::default(),
    };
    for list in waiting {
        match list.mark {
            Some(mark) => linker.comments(&mark, list.items, cx, reading),
            None => linker.relations(list.article.as_ref(), list.items, cx, reading),
        }
    }
}

struct Linker<'l, 'a, 'p> {
    source: &'l Source<'a>,
    marks: &'l Marks<'a>,
    names: &'l mut Names<'p>,
    /// Ids that were given in this reading.
    taken: Register<()>,
}

impl<'a> Linker<'_, 'a, '_> {
    fn relations(
        &mut self,
        article: Option<&DocumentId>,
        items: Vec<Json<'a>>,
        cx: &mut ReadContext<'_>,
        reading: &mut Reading,
    ) {
        let mut left = Vec::new();
        for raw in items {
            match self.relation(article, raw, cx, reading) {
                Some(record) => reading.import.others.push(record),
                None => left.push(raw),
            }
        }
        let Some(article) = article else {
            for raw in left {
                let message = "This relation does not lead from a mark of the file to another; it was left out.";
                reading
                    .problems
                    .push(self.source.problem(raw.get(), message));
            }
            return;
        };
        for raw in left.iter().filter(|it| has_ends(**it)) {
            let message = "This relation does not lead from a mark of the file to another; it is kept with its article, but not shown.";
            let told = self.source.problem(raw.get(), message);
            reading.notices.push(told.to_string());
        }
        if !left.is_empty() {
            keep(&left, article, &mut reading.import);
        }
    }

    /// The relation that stands there; `None` where an end or the kind is missing.
    fn relation(
        &mut self,
        article: Option<&DocumentId>,
        raw: Json<'a>,
        cx: &mut ReadContext<'_>,
        reading: &mut Reading,
    ) -> Option<Record> {
        let mut object = Object::of(raw)?;
        let end = |name: &str| {
            let called = object.peek(name)?.text()?;
            self.marks.find(article, &called).cloned()
        };
        let (from, to) = (end("from")?, end("to")?);
        let called = as_text(object.peek("type")?).filter(|it| !it.is_empty())?;
        for known in ["from", "to", "type"] {
            object.remove(known);
        }
        let source = self.source;
        let kind = self.names.relation_type(&called, reading);
        let wanted = source.take_text(&mut object, "id", 1_000, reading);
        let wanted = RelationId::new(&wanted).filter(|it| !self.taken.has(it.as_str()));
        // What is here under this id has to be this relation, else it is another one.
        let is_same = |it: &Relation| (&it.kind, &it.from, &it.to) == (&kind, &from, &to);
        let here = |id: &RelationId| cx.project.record(&RecordId::Relation(id.clone()));
        let fitting = wanted.filter(|id| match here(id) {
            Some(Record::Entry(it)) => Relation::of(&it).is_some_and(|it| is_same(&it)),
            _ => true,
        });
        let twin = || cx.project.relations().find(is_same).map(|it| it.id);
        let id = fitting.or_else(twin);
        let id = id.unwrap_or_else(|| cx.fresh(RelationId::new));
        if !self.taken.add(id.as_str(), ()) {
            // The same relation once more.
            return Some(Relation::new(id, kind, from, to).into());
        }
        let made = Relation {
            note: source
                .take_text(&mut object, "note", MAX_NOTE, reading)
                .into(),
            annotator: self.maker(&mut object, reading),
            created: take_time(source, &mut object, "created", reading),
            modified: take_time(source, &mut object, "modified", reading),
            extra: known::take_entry(&source.rest(object, reading)),
            ..Relation::new(id, kind, from, to)
        };
        Some(made.into())
    }

    fn maker(&mut self, object: &mut Object<'a>, reading: &mut Reading) -> Option<AnnotatorId> {
        let called = self.source.take_text(object, "creator", 1_000, reading);
        (!called.is_empty()).then(|| self.names.annotator(&called, reading))
    }

    fn comments(
        &mut self,
        mark: &AnnotationId,
        items: Vec<Json<'a>>,
        cx: &mut ReadContext<'_>,
        reading: &mut Reading,
    ) {
        let source = self.source;
        for raw in items {
            let Some(mut object) = Object::of(raw) else {
                let problem = source.problem(raw.get(), "This comment is not an object.");
                reading.problems.push(problem);
                continue;
            };
            object.remove(ANNOTATION);
            let text = source.take_text(&mut object, "text", MAX_NOTE, reading);
            let wanted = source.take_text(&mut object, "id", 1_000, reading);
            let maker = self.maker(&mut object, reading);
            let maker = maker.unwrap_or_else(|| self.names.annotator("", reading));
            let created = take_time(source, &mut object, "created", reading);
            let is_same = |it: &Comment| {
                (&it.annotation, &it.annotator, it.created) == (mark, &maker, created)
            };
            let wanted = CommentId::new(&wanted).filter(|it| !self.taken.has(it.as_str()));
            let here = |id: &CommentId| cx.project.record(&RecordId::Comment(id.clone()));
            let fitting = wanted.filter(|id| match here(id) {
                Some(Record::Entry(it)) => Comment::of(&it).is_some_and(|it| is_same(&it)),
                _ => true,
            });
            let is_twin = |it: &Comment| is_same(it) && *it.text == *text;
            let twin = || cx.project.comments().find(is_twin).map(|it| it.id);
            let id = fitting.or_else(twin);
            let id = id.unwrap_or_else(|| cx.fresh(CommentId::new));
            self.taken.add(id.as_str(), ());
            let comment = Comment {
                id,
                annotation: mark.clone(),
                annotator: maker,
                text: text.into(),
                created,
                modified: take_time(source, &mut object, "modified", reading),
                extra: known::take_entry(&source.rest(object, reading)),
            };
            reading.import.others.push(comment.into());
        }
    }
}

/// Whether this is meant as a relation, of whatever kind. Other programs may call something else so.
fn has_ends(raw: Json<'_>) -> bool {
    let object = Object::of(raw);
    object.is_some_and(|it| {
        let is_text = |name: &str| it.peek(name).and_then(|end| end.text()).is_some();
        is_text("from") && is_text("to")
    })
}

/// Keeps what is no relation here among the fields of its article that are not known.
fn keep(items: &[Json<'_>], article: &DocumentId, import: &mut Import) {
    let mut writer = Writer::flat();
    writer.begin('[');
    for item in items {
        writer.raw(&compact(item.get()));
    }
    writer.end(']');
    let mut documents = import.documents.iter_mut().chain(&mut import.known);
    if let Some(document) = documents.find(|it| it.id == *article) {
        let extra = Arc::make_mut(&mut document.extra);
        extra.insert(RELATIONS.to_owned(), writer.finish());
    }
}

/// Lets answers name marks and speakers as they are called here.
fn rename_answers(marks: &Marks<'_>, names: &Names<'_>, reading: &mut Reading) {
    let of_file = reading.import.others.iter().filter_map(question);
    let of_file: Vec<Attribute> = of_file.collect();
    let is = |attribute: &str, kind: AttributeKind| {
        let theirs = of_file.iter().find(|it| it.id.as_str() == attribute);
        let known = names.project().schema().attribute(attribute);
        known.or(theirs.cloned()).is_some_and(|it| it.kind == kind)
    };
    let rename = |article: &DocumentId, details: &mut MaybeDetails| {
        let Some(details) = details else {
            return;
        };
        let mut to = |attribute: &str, name: &str| {
            if is(attribute, AttributeKind::Spans) {
                let id = marks.find(Some(article), name)?;
                return Some(id.as_str().to_owned());
            }
            let speaker = names.speaker(name)?;
            is(attribute, AttributeKind::Speaker).then(|| speaker.as_str().to_owned())
        };
        Arc::make_mut(details).answers.rename(&mut to);
    };
    let import = &mut reading.import;
    for it in &mut import.annotations {
        rename(&it.document, &mut it.details);
    }
    for it in &mut import.unplaced {
        rename(&it.document, &mut it.details);
    }
    for it in import.documents.iter_mut().chain(&mut import.known) {
        rename(&it.id.clone(), &mut it.details);
    }
}

fn question(record: &Record) -> Option<Attribute> {
    match record {
        Record::Entry(it) => Attribute::of(it),
        _ => None,
    }
}

/// Lets relations, comments and answers follow marks that got other ids.
pub(super) fn follow(import: &mut Import, renamed: &Register<AnnotationId>) {
    let moved = |id: &mut AnnotationId| {
        if let Some(to) = renamed.get(id.as_str()) {
            *id = to.clone();
        }
    };
    let mut spans: register::Names = register::Names::default();
    for record in &mut import.others {
        if let Some(question) = question(record)
            && question.kind == AttributeKind::Spans
        {
            spans.add(question.id.as_str(), ());
        }
        let Record::Entry(entry) = record else {
            continue;
        };
        if let Some(mut relation) = Relation::of(entry) {
            moved(&mut relation.from);
            moved(&mut relation.to);
            *record = relation.into();
        } else if let Some(mut comment) = Comment::of(entry) {
            moved(&mut comment.annotation);
            *record = comment.into();
        }
    }
    let mut to = |attribute: &str, name: &str| {
        let id = renamed.get(name).filter(|_| spans.has(attribute))?;
        Some(id.as_str().to_owned())
    };
    let annotations = import.annotations.iter_mut().map(|it| &mut it.details);
    let tray = import.unplaced.iter_mut().map(|it| &mut it.details);
    for details in annotations.chain(tray).flatten() {
        Arc::make_mut(details).answers.rename(&mut to);
    }
}
