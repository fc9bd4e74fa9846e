//! Chooses what to download, and downloads it.

use leptos::prelude::*;

use super::{form_buttons, frame};
use crate::dom;
use crate::format;
use crate::model::{AnnotationId, DocumentId};
use crate::session::{Session, Watched};
use crate::ui::dynamic::when;
use crate::ui::element::{element, form, radio, tick_box};
use crate::ui::{Screen, context, counted, today};

/// Which articles go into the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    All,
    Open,
    Chosen,
    /// Of the articles in which marks are picked only these marks.
    Picked,
}

/// The form.
pub(super) fn export() -> AnyView {
    let (session, screen) = context();
    let scope = Watched::new(Scope::All);
    let chosen = Watched::new(
        session
            .view
            .open
            .get_untracked()
            .into_iter()
            .collect::<Vec<DocumentId>>(),
    );
    let titles = session.peek(|project| {
        let documents = project.documents().iter();
        documents
            .map(|it| (it.id.clone(), it.title().to_owned()))
            .collect::<Vec<_>>()
    });
    let picked = untrack(|| session.picked());
    let has_picked = !picked.is_empty();
    let picked = Watched::new(picked);
    let wanted = move || wanted(session, scope.get(), &chosen.get());
    let save = move || {
        let saved = match scope.get_untracked() {
            Scope::Picked => picked.with_untracked(|it| download_marks(session, it)),
            _ => download(session, screen, &untrack(wanted)),
        };
        match saved {
            Ok(name) => {
                session.view.say(format!("Exported as {name}"), false);
                screen.dialog.set(None);
            }
            Err(sentence) => session.view.warn(sentence),
        }
    };
    let told = move || {
        if scope.get() == Scope::Picked {
            let marks = counted(picked.with(Vec::len), "mark", "marks");
            return format!("{marks} with text, labels and notes in one JSON file.");
        }
        let ids = wanted();
        let marks = session.peek(|project| {
            let marks = ids.iter().map(|id| project.annotations().of(id).len());
            marks.sum::<usize>()
        });
        format!(
            "{} with {}: texts, marks, labels and notes in one JSON file.",
            counted(ids.len(), "article", "articles"),
            counted(marks, "mark", "marks")
        )
    };
    let mut choices = element("fieldset").with(element("legend").say("What to export"));
    for (choice, name) in [
        (Scope::All, "All articles"),
        (Scope::Open, "This article"),
        (Scope::Chosen, "Chosen articles"),
        (Scope::Picked, "Selected marks"),
    ] {
        if choice == Scope::Picked && !has_picked {
            continue;
        }
        let is_on = move || scope.get() == choice;
        let radio = radio("scope", is_on, move || scope.set(choice));
        let line = element("label").class("choice-line");
        choices = choices.with(line.with(radio).say(name));
    }
    let chooser = when(
        move || scope.get() == Scope::Chosen,
        move || chooser(chosen, titles.clone()),
    );
    let send = element("button")
        .follow_if("disabled", move || wanted().is_empty())
        .say("Download JSON");
    let inside = form(save)
        .with(choices)
        .with(chooser)
        .with(element("p").class("side-note").show(told))
        .with(form_buttons(send, "Close"));
    frame("export", "Export").with(inside).view()
}

/// A box to tick for each article.
fn chooser(chosen: Watched<Vec<DocumentId>>, titles: Vec<(DocumentId, String)>) -> AnyView {
    let mut boxes = element("fieldset")
        .class("chooser")
        .with(element("legend").say("Articles"));
    for (id, title) in titles {
        let is_on = {
            let id = id.clone();
            move || chosen.with(|chosen| chosen.contains(&id))
        };
        let toggle = move |on| {
            chosen.update(|chosen| {
                chosen.retain(|it| *it != id);
                if on {
                    chosen.push(id.clone());
                }
            });
        };
        let line = element("label").class("choice-line");
        boxes = boxes.with(line.with(tick_box(is_on, toggle)).say_this(title));
    }
    boxes.view()
}

/// The articles that go into the file, in the order of the list.
fn wanted(session: Session, scope: Scope, chosen: &[DocumentId]) -> Vec<DocumentId> {
    let open = session.view.open.get_untracked();
    session.peek(|project| {
        let ids = project.documents().iter().map(|it| it.id.clone());
        ids.filter(|id| match scope {
            Scope::All => true,
            Scope::Open | Scope::Picked => Some(id) == open.as_ref(),
            Scope::Chosen => chosen.contains(id),
        })
        .collect()
    })
}

/// All articles.
pub(super) fn everything(session: Session) -> Vec<DocumentId> {
    wanted(session, Scope::All, &[])
}

/// Saves everything in a file at once.
pub fn export_all(session: Session, screen: Screen) {
    match download(session, screen, &everything(session)) {
        Ok(name) => session.view.say(format!("Exported as {name}"), false),
        Err(sentence) => session.view.warn(sentence),
    }
}

/// Saves the marks that are picked in a file at once.
pub fn export_picked(session: Session) {
    match download_marks(session, &untrack(|| session.picked())) {
        Ok(name) => session.view.say(format!("Exported as {name}"), false),
        Err(sentence) => session.view.warn(sentence),
    }
}

/// Hands a file with these marks and their articles to the person; answers with its name.
fn download_marks(session: Session, ids: &[AnnotationId]) -> Result<String, String> {
    let json = session.peek(|project| format::render_all(&project.excerpt(ids)));
    let name = format!("sourcelight-selected-{}.json", today(session.now()));
    save(&name, &json)?;
    Ok(name)
}

fn save(name: &str, json: &str) -> Result<(), String> {
    dom::file::download(name, "application/json", json)
        .map_err(|reason| format!("The file could not be saved ({reason})."))
}

/// Hands the file to the person; answers with its name.
pub(super) fn download(
    session: Session,
    screen: Screen,
    ids: &[DocumentId],
) -> Result<String, String> {
    let (json, title) = session.peek(|project| {
        let only = match ids {
            [one] => project.document(one).map(|it| it.title().to_owned()),
            _ => None,
        };
        (format::render(project, ids), only)
    });
    let part = title
        .map(|it| dom::file::name_part(&it))
        .filter(|it| !it.is_empty());
    let name = match part {
        Some(part) => format!("sourcelight-{part}.json"),
        None => format!("sourcelight-{}.json", today(session.now())),
    };
    save(&name, &json)?;
    if ids.len() == session.peek(|project| project.documents().len()) {
        screen.was_exported();
        // The first deliberate save is the moment to ask; the answer is shown where the work is.
        if let Some(keeper) = screen.keeper() {
            keeper.persist(Box::new(|_| ()));
        }
    }
    Ok(name)
}
