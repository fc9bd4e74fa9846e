//! Chooses what to download, and downloads it.

use leptos::prelude::*;

use super::{Frame, close};
use crate::dom;
use crate::format;
use crate::model::DocumentId;
use crate::session::{Session, Watched};
use crate::ui::dynamic::{attr, is, submitted, text, ticked, when};
use crate::ui::{Screen, context, counted, today};

/// Which articles go into the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    All,
    Open,
    Chosen,
}

/// The form.
#[component]
pub(super) fn Export() -> impl IntoView {
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
    let wanted = move || wanted(session, scope.get(), &chosen.get());
    let save = move || match download(session, screen, &untrack(wanted)) {
        Ok(name) => {
            session.view.say(format!("Exported as {name}"), false);
            screen.dialog.set(None);
        }
        Err(sentence) => session.view.warn(sentence),
    };
    let told = move || {
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
    let choices = [
        (Scope::All, "All articles"),
        (Scope::Open, "This article"),
        (Scope::Chosen, "Chosen articles"),
    ];
    let chooser = when(
        move || scope.get() == Scope::Chosen,
        move || view! { <Chooser chosen titles=titles.clone() /> }.into_any(),
    );
    let radios = choices.map(|(choice, name)| {
        view! {
            <label class="choice-line">
                <input
                    {..attr("type", "radio")}
                    {..attr("name", "scope")}
                    prop:checked=is(move || scope.get() == choice)
                    on:change=ticked(move |_| scope.set(choice))
                />
                {name}
            </label>
        }
    });
    view! {
        <Frame id="export" title="Export">
            <form class="form" on:submit=submitted(save)>
                <fieldset>
                    <legend>"What to export"</legend>
                    {radios.into_iter().collect::<Vec<_>>()}
                </fieldset>
                {chooser}
                <p class="side-note">{text(told)}</p>
                <div class="buttons">
                    <button {..attr("type", "submit")} class="primary" {..attr("disabled", is(move || wanted().is_empty()))}>"Download JSON"</button>
                    <button {..attr("type", "button")} on:click=close()>"Close"</button>
                </div>
            </form>
        </Frame>
    }
}

/// A box to tick for each article.
#[component]
fn Chooser(chosen: Watched<Vec<DocumentId>>, titles: Vec<(DocumentId, String)>) -> impl IntoView {
    let rows = titles.into_iter().map(|(id, title)| {
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
        view! {
            <label class="choice-line">
                <input {..attr("type", "checkbox")} prop:checked=is(is_on) on:change=ticked(toggle) />
                {title}
            </label>
        }
    });
    view! {
        <fieldset class="chooser">
            <legend>"Articles"</legend>
            {rows.collect::<Vec<_>>()}
        </fieldset>
    }
}

/// The articles that go into the file, in the order of the list.
fn wanted(session: Session, scope: Scope, chosen: &[DocumentId]) -> Vec<DocumentId> {
    let open = session.view.open.get_untracked();
    session.peek(|project| {
        let ids = project.documents().iter().map(|it| it.id.clone());
        ids.filter(|id| match scope {
            Scope::All => true,
            Scope::Open => Some(id) == open.as_ref(),
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
    dom::file::download(&name, "application/json", &json)
        .map_err(|reason| format!("The file could not be saved ({reason})."))?;
    if let Some(keeper) = screen.keeper()
        && ids.len() == session.peek(|project| project.documents().len())
    {
        keeper.was_exported();
        // The first deliberate save is the moment to ask; the answer is shown where the work is.
        keeper.persist(Box::new(|_| ()));
    }
    Ok(name)
}
