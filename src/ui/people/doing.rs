//! The lesson one is in: opened with one press, kept in this browser, its steps shown quietly above the text.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::class::{Class, Opened};
use super::desk::{Files, PeoplePage};
use super::progress::progress;
use super::scoring::KeySource;
use super::{heat, note};
use crate::format::class_file::ClassFile;
use crate::format::lesson::{self, Feedback, Lesson, Step};
use crate::model::DocumentId;
use crate::session::Session;
use crate::ui::dialogs::{form_buttons, frame, leave, with_focus};
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{button, element, form};
use crate::ui::reader::Page;
use crate::ui::{Dialog, Screen, context, counted, later};

/// The id of the lesson that comes with the page.
pub const PRACTICE_LESSON: &str = "practice";

/// The setting that keeps the lesson one is in.
const LESSON: &str = "lesson";

/// The setting that says at which step one is.
const STEP: &str = "lesson-step";

/// The setting that says whether it was handed in.
const HANDED_IN: &str = "lesson-handed-in";

/// How often it is looked at how much time has gone.
const TICK: Duration = Duration::from_secs(20);

/// A lesson that was opened and not begun.
#[derive(Debug, Clone)]
pub struct Offer {
    lesson: Arc<Lesson>,
    /// The files that bring its articles; none where they are here.
    files: Files,
    /// What of it could not be read.
    problems: Vec<String>,
}

impl PartialEq for Offer {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.lesson, &other.lesson)
    }
}

/// The lesson that was begun at an earlier visit.
pub fn kept(screen: Screen) -> Option<Opened> {
    let kept = screen.recall(LESSON).filter(|it| !it.is_empty())?;
    let (lesson, _) = lesson::read(LESSON, kept.as_bytes()).ok()??;
    let step = screen.recall(STEP).and_then(|it| it.parse().ok());
    Some(Opened {
        lesson: Arc::new(lesson),
        step: step.unwrap_or(0),
    })
}

/// Whether the lesson that was begun at an earlier visit was handed in.
pub fn was_handed_in(screen: Screen) -> bool {
    screen.recall(HANDED_IN).is_some_and(|it| it == "yes")
}

/// Offers the lesson that a file of the site is, if it is not begun; its articles are here. One that was begun by
/// whoever saved the file goes on.
pub fn begin(session: Session, screen: Screen, name: &str, bytes: &[u8]) {
    let class = Class::of(session, screen);
    match offer(name, bytes, Files::default()) {
        Ok(Some(mut offer)) => {
            let is_open = |it: &Option<Opened>| {
                it.as_ref()
                    .is_some_and(|it| it.lesson.id == offer.lesson.id)
            };
            if class.opened.with_untracked(is_open) {
                return;
            }
            let named = session.peek(|it| lesson::named_as_here(&offer.lesson, bytes, it));
            offer.lesson = Arc::new(named);
            if let Some(step) = offer.lesson.begun_at() {
                class.begin_at(offer.lesson, step);
            } else {
                class.offered.set(Some(offer));
                screen.open(Dialog::People(PeoplePage::Lesson));
            }
        }
        Ok(None) => {}
        Err(sentence) => session.view.warn(sentence),
    }
}

fn offer(name: &str, bytes: &[u8], files: Files) -> Result<Option<Offer>, String> {
    let read = lesson::read(name, bytes).map_err(|problem| problem.to_string())?;
    Ok(read.map(|(lesson, problems)| Offer {
        lesson: Arc::new(lesson),
        files,
        problems: problems.iter().map(ToString::to_string).collect(),
    }))
}

/// The dialog for the lesson among these files; `None` where there is none.
pub fn of_files(class: Class, files: &Files) -> Option<AnyView> {
    let is_one = |it: &&(String, Vec<u8>)| ClassFile::of(&it.1) == Some(ClassFile::Lesson);
    let (name, bytes) = files.iter().find(is_one)?;
    match offer(name, bytes, files.clone()) {
        Ok(offer) => class.offered.set(offer),
        Err(sentence) => {
            class.offered.set(None);
            class.session.view.warn(sentence);
        }
    }
    Some(dialog(class))
}

/// The dialog before one begins: what the lesson is about, and one button.
pub fn dialog(class: Class) -> AnyView {
    let Some(offer) = class.offered.get_untracked() else {
        let words = "No lesson was opened. Open the file that you were given, with Open files.";
        return frame("lesson", "Lesson")
            .with(note(words.to_owned()))
            .with(
                element("div")
                    .class("buttons")
                    .with(button("Close", leave).class("primary")),
            )
            .view();
    };
    let lesson = offer.lesson.clone();
    let steps = lesson.steps.iter().map(|step| {
        let row = element("li").with(
            element("span")
                .set("dir", "auto")
                .say_this(step_words(step)),
        );
        row.with(note(asked_of(class.session, step)))
    });
    let begin = with_focus(element("button").say("Begin"));
    let inside = form(move || start(class, &offer))
        .with(
            element("h3")
                .class("lesson-title")
                .set("dir", "auto")
                .say_this(titled(&lesson)),
        )
        .with(
            element("p")
                .class("lesson-about")
                .set("dir", "auto")
                .say_this(lesson.instructions.clone()),
        )
        .with(
            element("ol")
                .class("lesson-steps")
                .with_all(steps.collect()),
        )
        .with(form_buttons(begin, "Not now"));
    frame("lesson", "Lesson").with(inside).view()
}

fn titled(lesson: &Lesson) -> String {
    match lesson.title.is_empty() {
        true => "A lesson without a name".to_owned(),
        false => lesson.title.clone(),
    }
}

fn step_words(step: &Step) -> String {
    match step.instructions.is_empty() {
        true => "Mark the articles.".to_owned(),
        false => step.instructions.clone(),
    }
}

/// With which labels, how many marks and how long, as far as the step says.
pub fn asked_of(session: Session, step: &Step) -> String {
    let labels = step.labels.iter().map(|it| session.label_name(it));
    let mut parts = vec![labels.collect::<Vec<_>>().join(", ")];
    if step.count > 0 {
        parts.push(counted(step.count as usize, "mark", "marks"));
    }
    if step.minutes > 0 {
        parts.push(counted(step.minutes as usize, "minute", "minutes"));
    }
    parts.retain(|it| !it.is_empty());
    parts.join(" · ")
}

/// Begins: the articles come, and the first step stands above them.
fn start(class: Class, offer: &Offer) {
    let (files, mut lesson, mut problems) = (
        offer.files.clone(),
        offer.lesson.clone(),
        offer.problems.clone(),
    );
    leave();
    spawn_local(async move {
        let session = class.session;
        if !files.is_empty() {
            let parts = match later::parts().await {
                Ok(parts) => parts,
                Err(sentence) => return session.view.warn(sentence),
            };
            for (name, bytes) in files.iter() {
                match (parts.read_file)(session, name, bytes) {
                    Ok(reading) => {
                        problems.extend(reading.problems.iter().map(ToString::to_string));
                        drop((parts.merge)(session, reading));
                    }
                    Err(problem) => session.view.warn(problem.to_string()),
                }
                lesson = Arc::new(session.peek(|it| lesson::named_as_here(&lesson, bytes, it)));
            }
        }
        for problem in problems {
            session.view.warn(problem);
        }
        let step = lesson.begun_at().unwrap_or(0);
        class.begin_at(lesson, step);
    });
}

impl Class {
    /// Goes to a step of a lesson whose articles are here, and keeps the lesson.
    pub fn begin_at(self, lesson: Arc<Lesson>, step: usize) {
        self.screen.remember(LESSON, &lesson::render_alone(&lesson));
        self.set_handed_in(false);
        let last = lesson.steps.len().saturating_sub(1);
        self.go_to_step(lesson, step.min(last));
    }

    /// Remembers whether the lesson was handed in.
    pub fn set_handed_in(self, is_handed_in: bool) {
        let word = if is_handed_in { "yes" } else { "" };
        self.screen.remember(HANDED_IN, word);
        self.handed_in.set(is_handed_in);
    }

    /// Goes to a step, and to the first of its articles where the open one is none of them.
    pub fn go_to_step(self, lesson: Arc<Lesson>, step: usize) {
        self.screen.remember(STEP, &step.to_string());
        let view = self.session.view;
        if let Some(step) = lesson.steps.get(step) {
            let open = view.open.get_untracked();
            let here = |id: &&DocumentId| self.session.peek(|it| it.document(id).is_some());
            let is_there = open.as_ref().is_some_and(|it| step.documents.contains(it));
            if let (false, Some(first)) = (is_there, step.documents.iter().find(here)) {
                view.open(first.clone());
            }
        }
        self.begun.set_value(js_sys::Date::now());
        self.opened.set(Some(Opened { lesson, step }));
    }

    /// The lesson one is in, if its key may be looked at now: it has one, and it is time.
    pub fn open_key(self) -> Option<Arc<Lesson>> {
        let lesson = self.opened.get().map(|it| it.lesson)?;
        let is_time = match lesson.feedback {
            Feedback::EachMark => true,
            Feedback::HandIn => self.handed_in.get() || lesson.id == PRACTICE_LESSON,
            Feedback::Never => false,
        };
        (is_time && !lesson.key.is_empty()).then_some(lesson)
    }

    /// Shows how one's own marks compare with the key of the lesson.
    pub fn show_own_score(self) {
        self.key
            .set(untrack(|| self.open_key()).map(KeySource::Lesson));
        self.asked.set(Some(self.me()));
        self.screen.open(Dialog::People(PeoplePage::Scores));
    }

    /// Puts the lesson away; what was marked stays.
    fn put_away(self) {
        self.screen.remember(LESSON, "");
        self.opened.set(None);
        let words = "The lesson is put away. Your marks stay; open its file again to go on.";
        self.session.view.say(words, false);
    }
}

/// What stands above the text: the step of the lesson one is in.
pub fn around(page: Page) -> AnyView {
    let (session, screen) = context();
    let class = Class::of(session, screen);
    class.page.set_value(Some(page));
    let is_open = move || class.opened.with(Option::is_some);
    let lesson = when(is_open, move || bar(class));
    vec![lesson, heat::around(class, page)].into_any()
}

fn bar(class: Class) -> AnyView {
    let ticks = RwSignal::new(0_u32);
    let ticking = set_interval_with_handle(move || ticks.update(|it| *it += 1), TICK).ok();
    on_cleanup(move || {
        if let Some(it) = ticking {
            it.clear();
        }
    });
    let content = dynamic(move || match class.opened.get() {
        Some(opened) => untrack(|| step_views(class, &opened, ticks)),
        None => Vec::new(),
    });
    element("section")
        .set("id", "lesson-bar")
        .set("aria-label", "Lesson")
        .with(content)
        .view()
}

fn step_views(class: Class, opened: &Opened, ticks: RwSignal<u32>) -> Vec<AnyView> {
    let lesson = opened.lesson.clone();
    let (at, all) = (opened.step, lesson.steps.len());
    let step = lesson.steps.get(at).cloned().unwrap_or_default();
    let place = match all {
        0 | 1 => titled(&lesson),
        _ => format!("{} · Step {} of {all}", titled(&lesson), at + 1),
    };
    let words = match lesson.steps.is_empty() {
        true => lesson.instructions.clone(),
        false => step_words(&step),
    };
    let told = element("div")
        .class("lesson-told")
        .with(
            element("p")
                .class("side-note")
                .set("dir", "auto")
                .say_this(place),
        )
        .with(
            element("p")
                .class("lesson-words")
                .set("dir", "auto")
                .say_this(words),
        )
        .with(progress(class, step, ticks));
    let to = |name: &'static str, step: usize| {
        let lesson = lesson.clone();
        button(name, move || class.go_to_step(lesson.clone(), step))
    };
    let mut ways = element("div").class("lesson-ways");
    if at > 0 {
        ways = ways.with(to("Step back", at - 1).class("quiet"));
    }
    let hand_in = move || class.screen.open(Dialog::People(PeoplePage::HandIn));
    let is_practice = lesson.id == PRACTICE_LESSON;
    ways = match at + 1 < all {
        true => ways.with(to("Next step", at + 1)),
        false if is_practice => ways,
        false => ways.with(button("Hand in", hand_in)),
    };
    let own = move || button("See how you did", move || class.show_own_score()).view();
    let ways = ways.with(when(move || class.open_key().is_some(), own));
    let ways = ways.with(button("Put away", move || class.put_away()).class("quiet"));
    vec![told.view(), ways.view()]
}
