//! What is required and missing: in a line above the list of marks, and for each article in a dialog. An
//! article is not set to done in silence while something is missing.

use std::sync::Arc;

use leptos::prelude::*;

use super::about::wish;
use super::{About, Task, questions, tasks};
use crate::analysis::Questions;
use crate::model::{Document, DocumentId, Edit, Progress, Project};
use crate::session::{Derived, Session};
use crate::ui::articles::progress_name;
use crate::ui::commands::command_button;
use crate::ui::dialogs::{leave, paragraph, text_sheet};
use crate::ui::dynamic::when;
use crate::ui::element::{Element, button, element};
use crate::ui::{Screen, context, counted};

/// So many articles are listed; those that lack something come first.
const ROWS: usize = 200;

/// How many required answers an article lacks, and in how many of its marks.
fn lacking(project: &Project, questions: &Questions, document: &Document) -> (usize, usize) {
    // It is counted at each change, and an article may have thousands of marks.
    if !questions.are_any_required() {
        return (0, 0);
    }
    let of_article = questions.missing_of_document(&document.details).count();
    let marks = project.annotations().of(&document.id).iter();
    let marks = marks
        .map(|it| questions.missing(it).count())
        .filter(|it| *it > 0);
    marks.fold((of_article, 0), |(all, marks), it| (all + it, marks + 1))
}

fn lacking_in(project: &Project, id: &DocumentId) -> usize {
    let questions = Questions::of(project.schema());
    let document = project.document(id);
    document.map_or(0, |it| lacking(project, &questions, it).0)
}

/// How many required answers an article lacks.
pub fn of_article(session: Session, id: &DocumentId) -> usize {
    session.peek(|project| lacking_in(project, id))
}

fn sentence(count: usize) -> String {
    counted(
        count,
        "required answer is missing",
        "required answers are missing",
    )
}

/// What the open article lacks, in a line; nothing where it lacks nothing.
pub fn missing_line() -> AnyView {
    let (session, _) = context();
    let count = Derived::new(move || {
        let open = session.view.open.get();
        session.with_marks(|project| open.map_or(0, |id| lacking_in(project, &id)))
    });
    let line = move || {
        element("p")
            .set("id", "missing-line")
            .class("side-note")
            .with(element("span").show(move || sentence(count.get()) + "."))
            .say(" ")
            .with(command_button("Next", "next-missing").class("quiet"))
            .say(" ")
            .with(command_button("All articles", "missing").class("quiet"))
            .view()
    };
    when(move || count.get() > 0, line)
}

/// What each article lacks. Where one `insists`, the open one was to be set to done.
pub fn missing_dialog(insists: bool) -> AnyView {
    let (session, screen) = context();
    let open = session.view.open.get_untracked();
    let document = open.and_then(|id| session.peek(|project| project.document(&id).cloned()));
    let mut content = element("div");
    let mut buttons = Vec::new();
    if let Some(document) = &document {
        content = content.with(of_open(session, document.clone()));
    }
    if let Some(document) = document.filter(|_| insists) {
        let id = document.id.clone();
        let insist = move || {
            wish(session, Edit::SetProgress(id.clone(), Progress::Done));
            leave();
        };
        buttons.push(button("Set to Done anyway", insist));
    }
    let next = move || {
        screen.after_dialog(move || tasks::run(Task::NextMissing, session, screen));
        leave();
    };
    let lacks_in_marks = session.peek(|project| {
        let open = session.view.open.get_untracked();
        let document = open.and_then(|id| project.document(&id));
        document.is_some_and(|it| lacking(project, &Questions::of(project.schema()), it).1 > 0)
    });
    if lacks_in_marks {
        buttons.push(button("Go to the first", next));
    }
    let title = match insists {
        true => "Not done yet",
        false => "What is missing",
    };
    let content = content.with(all_articles(session, screen));
    text_sheet("missing", title, content, buttons)
}

/// What the open article lacks, and the questions about it as a whole.
fn of_open(session: Session, document: Arc<Document>) -> AnyView {
    let count = {
        let id = document.id.clone();
        Derived::new(move || session.with_marks(|project| lacking_in(project, &id)))
    };
    let title = document.title().to_owned();
    let told = move || match count.get() {
        0 => format!("In “{title}” no required answer is missing."),
        count => format!("In “{title}” {}.", sentence(count)),
    };
    let about = About::Article(document.id.clone());
    let asks = !untrack(|| about.asked(session)).is_empty();
    let told = element("p").set("role", "status").show(told).view();
    match asks {
        true => vec![
            told,
            element("h3").say("About the article").view(),
            questions(about),
        ],
        false => vec![told],
    }
    .into_any()
}

fn all_articles(session: Session, screen: Screen) -> AnyView {
    let mut rows = session.peek(|project| {
        let questions = Questions::of(project.schema());
        let all = project.documents().iter();
        let all = all.map(|it| (lacking(project, &questions, it), it.clone()));
        all.collect::<Vec<_>>()
    });
    // Those that lack something come first, each kind in the order of the list.
    rows.sort_by_key(|it| it.0.0 == 0);
    rows.truncate(ROWS);
    let rows = rows
        .into_iter()
        .map(|(lacks, it)| article(session, screen, lacks, &it));
    let list = element("ul").class("missing-list").with_all(rows.collect());
    vec![
        element("h3").say("All articles").view(),
        list.view(),
        paragraph("Required questions are marked so in the list of marks.".to_owned()).view(),
    ]
    .into_any()
}

fn article(
    session: Session,
    screen: Screen,
    (count, marks): (usize, usize),
    document: &Document,
) -> Element {
    let id = document.id.clone();
    let go = move || {
        let id = id.clone();
        screen.after_dialog(move || {
            session.go_to_article(&id);
        });
        leave();
    };
    let state = progress_name(document.progress);
    let told = match count {
        0 => format!("{state}, nothing missing"),
        _ => {
            let marks = counted(marks, "mark", "marks");
            format!(
                "{state}, {} in {marks}",
                counted(count, "answer missing", "answers missing")
            )
        }
    };
    let title = element("button")
        .class("quiet way")
        .set("dir", "auto")
        .press(go)
        .say_this(document.title().to_owned());
    element("li")
        .class_if("is-lacking", move || count > 0)
        .with(title)
        .say(" ")
        .with(element("span").class("side-note").say_this(told))
}
