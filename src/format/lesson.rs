//! A lesson: a project file that also says what is to be done, in which steps, and how it is handed in. Whoever
//! reads project files reads its articles and labels, and passes over the rest. Knows nothing of screens.

use super::json::{Json, Object, Source, Writer, as_count, mend};
use super::key;
use super::project_json::{self, Manner, render_as};
use super::read::format_of;
use super::shelf::Shelf;
use super::{Problem, Reading, encoding};
use crate::model::{
    AnnotatorId, Answers, Change, Details, Document, DocumentId, Extra, LabelId, Progress, Project,
    Record, RecordChange, Timestamp,
};
use std::sync::Arc;

/// The field of the file that holds the lesson.
pub(super) const LESSON: &str = "lesson";

/// The field of a lesson that says at which step somebody is, from 0.
const STEP: &str = "step";

/// The version of what is written.
const VERSION: &str = "1.0";

/// The longest instructions, in characters.
const MAX_WORDS: usize = 20_000;

/// The most steps.
const MAX_STEPS: usize = 200;

/// When somebody is told how their marks compare with the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Feedback {
    /// After each mark.
    EachMark,
    /// When they hand in.
    #[default]
    HandIn,
    /// Not by the page.
    Never,
}

impl Feedback {
    const ALL: [(Feedback, &'static str); 3] = [
        (Feedback::EachMark, "each-mark"),
        (Feedback::HandIn, "hand-in"),
        (Feedback::Never, "never"),
    ];
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Step {
    /// What is to be done, in the teacher's words.
    pub instructions: String,
    /// In which articles; none named means all.
    pub documents: Vec<DocumentId>,
    /// With which labels; none named means all.
    pub labels: Vec<LabelId>,
    /// How many marks are asked for; 0 where that is open.
    pub count: u32,
    /// How many minutes it should take; 0 where that is open.
    pub minutes: u32,
}

/// What a lesson says besides its articles, labels and questions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lesson {
    /// By which what is handed in names it.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What it is about, in the teacher's words.
    pub instructions: String,
    /// What is to be done, in order.
    pub steps: Vec<Step>,
    /// What the file is called that is handed in, without its ending; the page adds who hands in.
    pub hand_in_name: String,
    /// When one is told how one's marks compare with the key.
    pub feedback: Feedback,
    /// How many words an end may be off and still be right.
    pub tolerance: u32,
    /// The key as JSON, as [`key::read`] takes it; empty where there is none. Whoever looks into the file can
    /// read it.
    pub key: String,
    /// What else stands there.
    pub extra: Extra,
}

/// The lesson as a file: these articles with the labels and questions of the project. Marks of nobody are in
/// it but those of `examples`.
pub fn render(
    project: &Project,
    documents: &[DocumentId],
    lesson: &Lesson,
    examples: &[AnnotatorId],
) -> String {
    let shown = not_begun(super::people::only(project, examples));
    let manner = Manner {
        members: vec![(LESSON, json(lesson))],
        ..Manner::default()
    };
    render_as(&shown, documents, &manner)
}

/// The whole project as whoever is at this step of the lesson, from 0, has it, with the lesson: it goes on there.
pub fn render_begun(project: &Project, lesson: &Lesson, step: usize) -> String {
    let documents = project.documents().iter().map(|it| it.id.clone());
    let mut begun = lesson.clone();
    Arc::make_mut(&mut begun.extra).insert(STEP.to_owned(), step.to_string());
    let manner = Manner {
        members: vec![(LESSON, json(&begun))],
        ..Manner::default()
    };
    render_as(project, &documents.collect::<Vec<_>>(), &manner)
}

/// The same project with all its articles still to do: how far the teacher has come is no matter of a lesson,
/// and what a teacher has answered about them would say what is asked.
fn not_begun(mut project: Project) -> Project {
    let begun = project.documents().iter();
    let begun = begun.filter(|it| it.progress != Progress::default() || it.details.is_some());
    let records = begun.map(|before| {
        let mut after = Document::clone(before);
        after.progress = Progress::default();
        if let Some(details) = &mut after.details {
            Arc::make_mut(details).answers = Answers::default();
        }
        after.details = after.details.filter(|it| **it != Details::default());
        RecordChange::replaced(
            Record::Document(before.clone()),
            Record::Document(Arc::new(after)),
        )
    });
    let change = Change {
        name: "begin anew".into(),
        records: records.collect(),
        at: Timestamp::default(),
        merge_key: None,
    };
    project.apply(&change);
    project
}

/// The lesson without its articles, as a file that [`read`] takes.
pub fn render_alone(lesson: &Lesson) -> String {
    let mut writer = Writer::flat();
    writer.begin('{');
    writer.field("format", project_json::FORMAT);
    writer.name(LESSON);
    writer.raw(&json(lesson));
    writer.end('}');
    writer.finish()
}

fn json(lesson: &Lesson) -> String {
    let mut writer = Writer::flat();
    writer.begin('{');
    writer.field("version", VERSION);
    writer.field("id", &lesson.id);
    writer.field("title", &lesson.title);
    writer.field("instructions", &lesson.instructions);
    writer.field("handInName", &lesson.hand_in_name);
    let feedback = Feedback::ALL.iter().find(|it| it.0 == lesson.feedback);
    writer.field("feedback", feedback.map_or("", |it| it.1));
    writer.number("tolerance", lesson.tolerance);
    writer.name("steps");
    writer.begin('[');
    for step in &lesson.steps {
        writer.begin('{');
        writer.field("instructions", &step.instructions);
        for (name, ids) in [
            (
                "documents",
                step.documents
                    .iter()
                    .map(DocumentId::as_str)
                    .collect::<Vec<_>>(),
            ),
            ("labels", step.labels.iter().map(LabelId::as_str).collect()),
        ] {
            writer.name(name);
            writer.begin('[');
            ids.into_iter().for_each(|it| writer.string(it));
            writer.end(']');
        }
        writer.number("count", step.count);
        writer.number("minutes", step.minutes);
        writer.end('}');
    }
    writer.end(']');
    if !lesson.key.is_empty() {
        writer.name("key");
        writer.raw(&lesson.key);
    }
    for (name, json) in lesson.extra.iter() {
        writer.name(name);
        writer.raw(json);
    }
    writer.end('}');
    writer.finish()
}

/// The lesson that a file holds, and what of it could not be read; `None` where it is another kind of file or a
/// project without a lesson. The articles are read as those of any project file.
///
/// # Errors
/// Where the lesson is of a newer kind, or no part of it can be read.
pub fn read(file: &str, bytes: &[u8]) -> Result<Option<(Lesson, Vec<Problem>)>, Problem> {
    let text = encoding::decode(file, bytes)?.text;
    if !text.trim_start().starts_with('{') {
        return Ok(None);
    }
    let mended = mend(&text).map_err(|(line, message)| Problem::at(file, line, message))?;
    let source = Source::new(file, &mended.text, 1);
    let parsed = source.parse()?;
    let Some(mut root) = Object::of(parsed.root()) else {
        return Ok(None);
    };
    if format_of(&mut root).as_deref() != Some(project_json::FORMAT) {
        return Ok(None);
    }
    let Some(raw) = root.take(LESSON) else {
        return Ok(None);
    };
    let Some(object) = Object::of(raw) else {
        return Err(source.problem(raw.get(), "The “lesson” is not an object."));
    };
    let mut reading = Reading::default();
    let lesson = lesson(&source, object, &mut reading)?;
    Ok(Some((lesson, reading.problems)))
}

/// The lesson that a file holds with its articles called as they are here, where they were before it came:
/// an article of the same text may have another id.
pub fn named_as_here(lesson: &Lesson, bytes: &[u8], project: &Project) -> Lesson {
    let mut named = lesson.clone();
    let hashes = hashes(bytes).unwrap_or_default();
    let shelf = Shelf::new(project);
    for id in named.steps.iter_mut().flat_map(|it| &mut it.documents) {
        let hash = hashes.iter().find(|it| it.0 == id.as_str());
        if let Some(here) = hash.and_then(|it| shelf.of_hash(id.as_str(), &it.1)) {
            id.clone_from(&here.id);
        }
    }
    named
}

/// The id and the SHA-256 of each article of a project file.
fn hashes(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let text = encoding::decode("", bytes).ok()?.text;
    let mended = mend(&text).ok()?;
    let source = Source::new("", &mended.text, 1);
    let parsed = source.parse().ok()?;
    let documents = parsed.root().field("documents")?.items()?;
    let hash = |it: Json<'_>| {
        let hash = it.field("textInfo")?.field("sha256")?;
        Some((it.field("id")?.string()?, hash.string()?))
    };
    Some(documents.into_iter().filter_map(hash).collect())
}

fn lesson<'s>(
    source: &Source<'s>,
    mut object: Object<'s>,
    reading: &mut Reading,
) -> Result<Lesson, Problem> {
    let version = source.take_text(&mut object, "version", 100, reading);
    if version.split('.').next() != Some("1") {
        let message = format!(
            "This lesson is of version “{version}”; this page reads version 1. A newer page may read it."
        );
        return Err(Problem::new(source.file, message));
    }
    let mut text = |name, most| source.take_text(&mut object, name, most, reading);
    let mut made = Lesson {
        id: text("id", 200),
        title: text("title", 2_000),
        instructions: text("instructions", MAX_WORDS),
        hand_in_name: text("handInName", 200),
        ..Lesson::default()
    };
    let feedback = text("feedback", 100);
    let known = Feedback::ALL.iter().find(|it| it.1 == feedback);
    made.feedback = known.map_or_else(Feedback::default, |it| it.0);
    made.tolerance = object
        .take("tolerance")
        .and_then(as_count)
        .unwrap_or_default();
    if let Some(key) = object.take("key") {
        match key.is_object() {
            true => made.key = key.get().to_owned(),
            false => reading
                .problems
                .push(source.problem(key.get(), "The “key” is not an object; it was left out.")),
        }
    }
    let steps = source.take_list(&mut object, "steps", reading);
    if steps.len() > MAX_STEPS {
        let message = format!("A lesson can have {MAX_STEPS} steps; the rest was left out.");
        reading.problems.push(Problem::new(source.file, message));
    }
    for raw in steps.into_iter().take(MAX_STEPS) {
        match step(source, raw, reading) {
            Some(step) => made.steps.push(step),
            None => reading
                .problems
                .push(source.problem(raw.get(), "This step is not an object; it was left out.")),
        }
    }
    made.extra = source.rest(object, reading);
    Ok(made)
}

fn step<'s>(source: &Source<'s>, raw: Json<'s>, reading: &mut Reading) -> Option<Step> {
    let mut object = Object::of(raw)?;
    let words = source.take_text(&mut object, "instructions", MAX_WORDS, reading);
    let mut ids = |name| -> Vec<String> {
        let listed = source.take_list(&mut object, name, reading).into_iter();
        listed.filter_map(Json::string).collect()
    };
    let documents = ids("documents");
    let labels = ids("labels");
    let mut count = |name| object.take(name).and_then(as_count).unwrap_or_default();
    Some(Step {
        instructions: words,
        documents: documents
            .iter()
            .filter_map(|it| DocumentId::new(it))
            .collect(),
        labels: labels.iter().filter_map(|it| LabelId::new(it)).collect(),
        count: count("count"),
        minutes: count("minutes"),
    })
}

impl Lesson {
    /// At which step whoever saved it was, from 0; `None` where it was not begun.
    pub fn begun_at(&self) -> Option<usize> {
        self.extra.get(STEP)?.parse().ok()
    }

    /// The key for the articles of `project`; `None` where the lesson has none.
    ///
    /// # Errors
    /// Where it is no key, or one of a newer kind.
    pub fn read_key(&self, file: &str, project: &Project) -> Option<Result<key::Key, Problem>> {
        let has_one = !self.key.is_empty();
        has_one.then(|| key::read(file, self.key.as_bytes(), project))
    }
}
