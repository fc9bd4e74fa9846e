//! Saves a lesson: articles, labels and guidelines as they are here, what is to be done in which steps, and a key
//! where there is one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::step_form::StepForm;
use super::{Sheet, note, one_file};
use crate::dom;
use crate::format::key;
use crate::format::lesson::{Feedback, Lesson, render};
use crate::format::one_file::Purpose;
use crate::model::{DocumentId, Extra};
use crate::session::Watched;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, button, element, field_name, form, radio, tick_box};
use crate::ui::saving;

/// Where the key of a lesson comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyFrom {
    None,
    /// What whoever makes the lesson has marked.
    Mine,
}

#[derive(Clone, Copy)]
struct LessonForm {
    sheet: Sheet,
    title: RwSignal<String>,
    about: RwSignal<String>,
    name: RwSignal<String>,
    documents: Watched<Vec<DocumentId>>,
    steps: Watched<Vec<StepForm>>,
    /// Counts the steps that were ever added.
    count: StoredValue<u32>,
    key: Watched<KeyFrom>,
    feedback: Watched<Feedback>,
}

/// The page.
pub fn page(sheet: Sheet) -> Element {
    let session = sheet.class.session;
    let lesson = LessonForm {
        sheet,
        title: RwSignal::new(String::new()),
        about: RwSignal::new(String::new()),
        name: RwSignal::new(String::new()),
        documents: Watched::new(session.peek(saving::everything)),
        steps: Watched::new(vec![StepForm::new(0)]),
        count: StoredValue::new(0),
        key: Watched::new(KeyFrom::None),
        feedback: Watched::new(Feedback::default()),
    };
    let told = "A lesson is one file. Whoever opens it here has the articles, your labels and your guidelines, sees \
                what is to be done beside the text, and hands in a small file that you bring in again.";
    let line = |id: &'static str, name: &'static str, value: RwSignal<String>| {
        let field = element("input")
            .set("id", id)
            .set("dir", "auto")
            .set("autocomplete", "off")
            .value(move || value.get())
            .typed(move |words| value.set(words));
        element("div").with(field_name(id, name)).with(field)
    };
    let about = element("textarea")
        .set("id", "lesson-about")
        .set("rows", "3")
        .set("dir", "auto")
        .value(move || lesson.about.get())
        .typed(move |words| lesson.about.set(words));
    let send = element("button")
        .set("type", "submit")
        .class("primary")
        .say("Save the lesson");
    let whole = button("Save as a page that opens by itself", move || {
        lesson.save_whole()
    });
    let whole = whole.set("type", "button");
    form(move || lesson.save())
        .with(note(told.to_owned()))
        .with(line("lesson-title", "What it is called", lesson.title))
        .with(field_name(
            "lesson-about",
            "What it is about, in your words",
        ))
        .with(about)
        .with(lesson.articles())
        .with(lesson.steps())
        .with(lesson.keys())
        .with(line(
            "lesson-name",
            "What the files are called that are handed in",
            lesson.name,
        ))
        .with(element("div").class("buttons").with(send).with(whole))
}

impl LessonForm {
    fn articles(self) -> Element {
        let all = self.sheet.class.session.peek(|project| {
            let all = project.documents().iter();
            all.map(|it| (it.id.clone(), it.title().to_owned()))
                .collect::<Vec<_>>()
        });
        let ticks = all.into_iter().map(|(id, title)| {
            let wanted = id.clone();
            let is_on = move || self.documents.with(|it| it.contains(&wanted));
            let tick = tick_box(is_on, move |on| {
                self.documents.update(|all| {
                    all.retain(|it| *it != id);
                    all.extend(on.then(|| id.clone()));
                });
            });
            let words = element("span").set("dir", "auto").say_this(title);
            element("label").class("choice").with(tick).with(words)
        });
        element("fieldset")
            .with(element("legend").say("Articles"))
            .with(element("div").class("chooser").with_all(ticks.collect()))
    }

    fn steps(self) -> Element {
        let class = self.sheet.class;
        let rows = dynamic(move || {
            let steps = self.steps.get().into_iter().enumerate();
            let row = |(place, step): (usize, StepForm)| {
                let remove = move || self.steps.update(|all| all.retain(|it| it.id != step.id));
                untrack(|| step.view(class, place, remove)).view()
            };
            steps.map(row).collect()
        });
        let add = move || {
            self.count.update_value(|count| *count += 1);
            let step = StepForm::new(self.count.get_value());
            self.steps.update(|all| all.push(step));
        };
        let add = button("Add a step", add).set("type", "button");
        element("div").with(rows).with(element("p").with(add))
    }

    /// Whether there is a key, and when one is told how one's marks compare with it.
    fn keys(self) -> Element {
        let key = move |from: KeyFrom, name: &'static str| {
            let is_on = move || self.key.get() == from;
            let field = radio("lesson-key", is_on, move || self.key.set(from));
            element("label").class("choice").with(field).say(name)
        };
        let feedback = move |when: Feedback, name: &'static str| {
            let is_on = move || self.feedback.get() == when;
            let field = radio("lesson-feedback", is_on, move || self.feedback.set(when));
            element("label").class("choice").with(field).say(name)
        };
        let told = dynamic(move || match self.key.get() {
            KeyFrom::None => Vec::new(),
            KeyFrom::Mine => vec![
                note(
                    "Whoever looks into the file can read the key. Your notes are its reasons."
                        .to_owned(),
                )
                .view(),
                element("fieldset")
                    .with(element("legend").say("When students see how they compare with it"))
                    .with(feedback(Feedback::HandIn, "When they hand in"))
                    .with(feedback(Feedback::EachMark, "After each mark"))
                    .with(feedback(Feedback::Never, "Not here"))
                    .view(),
            ],
        });
        element("div")
            .with(
                element("fieldset")
                    .with(element("legend").say("Key"))
                    .with(key(KeyFrom::None, "None"))
                    .with(key(KeyFrom::Mine, "What I have marked is the model answer")),
            )
            .with(told)
    }

    /// The lesson and the name of its file without an ending; `None`, which is said, where it has no articles.
    fn made(self) -> Option<(String, String)> {
        let class = self.sheet.class;
        let session = class.session;
        // In the order of the list, whatever order they were ticked in.
        let mut documents = session.peek(saving::everything);
        let chosen = self.documents.get_untracked();
        documents.retain(|it| chosen.contains(it));
        if documents.is_empty() {
            let told = "Choose at least one article.";
            self.sheet.told.set(told.to_owned());
            return None;
        }
        let title = self.title.get_untracked().trim().to_owned();
        let steps = self.steps.get_untracked().into_iter();
        let me = class.me();
        let key = match self.key.get_untracked() {
            KeyFrom::None => String::new(),
            KeyFrom::Mine => session.peek(|project| key::render(project, &documents, &me)),
        };
        let lesson = Lesson {
            id: session.new_id(),
            instructions: self.about.get_untracked().trim().to_owned(),
            steps: steps.filter_map(|it| it.made(&documents)).collect(),
            hand_in_name: self.name.get_untracked().trim().to_owned(),
            feedback: self.feedback.get_untracked(),
            tolerance: 1,
            key,
            extra: Extra::default(),
            title: title.clone(),
        };
        let json = session.peek(|project| render(project, &documents, &lesson, &[]));
        let part = dom::file::name_part(&title);
        let name = match part.is_empty() {
            true => "lesson".to_owned(),
            false => format!("lesson-{part}"),
        };
        Some((json, name))
    }

    fn save(self) {
        let Some((json, name)) = self.made() else {
            return;
        };
        let file = format!("{name}.json");
        let said = match saving::save(&file, saving::MIME, json.as_bytes()) {
            Ok(()) => format!(
                "Saved as {file}. Give it to your students, or put it on a site and add ?set= to the address."
            ),
            Err(sentence) => sentence,
        };
        self.sheet.told.set(said);
    }

    /// Saves the page itself with the lesson in it.
    fn save_whole(self) {
        let Some((json, name)) = self.made() else {
            return;
        };
        let Sheet { class, told, .. } = self.sheet;
        spawn_local(async move {
            let file = format!("{name}.html");
            let saved = one_file::save(class.session, Purpose::Lesson, &file, || json).await;
            told.set(match saved {
                Ok(()) => format!(
                    "Saved as {file}. Give it to your students: a double click opens it, also without a connection, and they press Begin."
                ),
                Err(sentence) => sentence,
            });
        });
    }
}
