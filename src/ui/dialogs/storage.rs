//! Where the work is, how much room it takes, and what can be done so that it stays.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use super::export::{download, everything};
use super::{Frame, close};
use crate::dom;
use crate::format::{self, Outcome};
use crate::model::DocumentId;
use crate::session::{SaveState, Session, Watched, shorten};
use crate::ui::dynamic::{attr, dynamic, press, text, when};
use crate::ui::{Dialog, Keeper, RestorePoint, Screen, context, counted, opening};

/// How many articles are listed with their size.
const ROWS: usize = 12;

/// The sheet.
#[component]
pub(super) fn StorageSheet() -> impl IntoView {
    let (session, screen) = context();
    let save = session.view.save;
    let parts = screen.keeper().map(|keeper| {
        view! {
            <Space keeper=keeper.clone() />
            <Files keeper=keeper.clone() />
            <Points keeper=keeper.clone() />
            <Finish keeper />
        }
        .into_any()
    });
    view! {
        <Frame id="storage" title="Where your work is">
            <div class="sheet-text" {..attr("tabindex", "0")} {..attr("role", "region")} {..attr("aria-label", "Where your work is")}>
                <p>{text(move || save.with(meaning))}</p>
                {parts}
            </div>
            <div class="buttons">
                <button class="primary" on:click=close()>"Close"</button>
            </div>
        </Frame>
    }
}

/// What a save state means, and what to do.
fn meaning(state: &SaveState) -> String {
    let words = match state {
        SaveState::Saving => "Your last change is being written.",
        SaveState::Saved => {
            "Everything is on this device, in this browser. A crash or a power cut will not lose it. Clearing site data, \
             a private window, a school computer that forgets you or a lost disk will: keep a file."
        }
        SaveState::BrowserOnly => {
            "Every change is kept in this browser’s quick storage at once, but the browser gives no promise that it is on \
             the disk: a crash of the machine may lose the last minute. Export now and then."
        }
        SaveState::NotSaved(why) => why,
    };
    words.to_owned()
}

#[component]
fn Space(keeper: Rc<dyn Keeper>) -> impl IntoView {
    let (session, _) = context();
    let (used, capacity, sizes) = keeper.space();
    let share = used * 100 / capacity;
    let advice = match share {
        0..60 => "",
        60..80 => " It is more than half full: export and remove finished articles at some time.",
        80..95 => " It is getting full: export and remove finished articles soon.",
        _ => {
            " It is almost full. New work goes to the larger store alone. Export and remove finished articles now."
        }
    };
    let rows = sizes.into_iter().take(ROWS).map(|(id, bytes)| {
        let title = session.peek(|project| {
            let id = DocumentId::new(&id)?;
            Some(project.document(&id)?.title().to_owned())
        });
        let title = title.unwrap_or_else(|| "A removed article".to_owned());
        format!("{}: {} kB", shorten(&title, 60), bytes.div_ceil(1000))
    });
    let rows: Vec<_> = rows.map(|row| view! { <li>{row}</li> }).collect();
    let words = format!(
        "{} of {} kB of the quick storage are in use ({share} %).{advice}",
        used.div_ceil(1000),
        capacity / 1000
    );
    view! {
        <h3>"Room"</h3>
        <p>{words}</p>
        <ul class="plain">{rows}</ul>
    }
}

#[component]
fn Files(keeper: Rc<dyn Keeper>) -> impl IntoView {
    let (session, screen) = context();
    let unexported = session.view.unexported;
    let words = move || match unexported.get() {
        0 => "Nothing waits to be saved in a file.".to_owned(),
        count => format!(
            "{} in no file yet.",
            counted(count, "change is", "changes are")
        ),
    };
    let agreed = Watched::new(String::new());
    let ask = move || {
        keeper.persist(Box::new(move |it| {
            let words = match it {
                true => "The browser will not clear it by itself.",
                false => "The browser makes no promise: it may clear it when the disk is full.",
            };
            agreed.set(words.to_owned());
        }));
    };
    view! {
        <h3>"Files"</h3>
        <p>{text(words)}</p>
        <p {..attr("role", "status")}>{text(move || agreed.get())}</p>
        <div class="buttons">
            <button on:click=press(ask)>"Ask the browser to keep it"</button>
            <button on:click=press(move || screen.open(Dialog::Export))>"Export now"</button>
        </div>
    }
}

#[component]
fn Points(keeper: Rc<dyn Keeper>) -> impl IntoView {
    let (session, screen) = context();
    let points: Watched<Vec<RestorePoint>> = Watched::new(Vec::new());
    keeper.points(Box::new(move |found| points.set(found)));
    let keeper = StoredValue::new_local(keeper);
    let rows = dynamic(move || {
        let rows = points
            .get()
            .into_iter()
            .map(|RestorePoint { key, at, reason }| {
                let back = move || {
                    screen.dialog.set(None);
                    let then =
                        Box::new(move |json: Option<String>| bring_back(session, screen, json));
                    keeper.with_value(|keeper| keeper.point(key.clone(), then));
                };
                let words = format!(
                    "{}, before: {}",
                    dom::clock::shown(at),
                    shorten(&reason, 60)
                );
                view! {
                    <li>
                        {words} " "
                        <button class="quiet" on:click=press(back)>"Bring back"</button>
                    </li>
                }
            });
        rows.collect::<Vec<_>>().into_any()
    });
    view! {
        <h3>"Restore points"</h3>
        <p>
            "One is made before each import and each removal, the last ten are kept. Bringing one back adds what is missing "
            "now and removes nothing; it can be undone."
        </p>
        <ul class="plain">{rows}</ul>
    }
}

fn bring_back(session: Session, screen: Screen, json: Option<String>) {
    let read = json.map(|json| {
        opening::read(session, |cx| {
            format::read_file("restore point.json", json.as_bytes(), cx)
        })
    });
    match read {
        Some(Ok(reading)) => opening::take_over(session, screen, reading),
        Some(Err(problem)) => session.view.warn(problem.to_string()),
        None => session
            .view
            .warn("This restore point is not there any more."),
    }
}

/// A file, looked at before anything is erased, and then nothing left on a computer others use.
#[component]
fn Finish(keeper: Rc<dyn Keeper>) -> impl IntoView {
    let (session, screen) = context();
    let saved = Watched::new(None::<String>);
    let keeper = StoredValue::new_local(keeper);
    let save = move || match download(session, screen, &everything(session))
        .and_then(|name| check(session).map(|()| name))
    {
        Ok(name) => {
            saved.set(Some(name));
            // The second step stands below, and may be out of sight.
            let show = || {
                if let Some(step) = dom::document().get_element_by_id("erase") {
                    step.scroll_into_view();
                }
            };
            set_timeout(show, Duration::ZERO);
        }
        Err(sentence) => session.view.warn(sentence),
    };
    let erase = move || {
        let then = Box::new(move |outcome: Result<(), String>| match outcome {
            Ok(()) => dom::leave(
                "Nothing of your work is left in this browser: both stores were emptied and looked at again. \
                 Reload the page to start anew.",
            ),
            Err(sentence) => session.view.warn(sentence),
        });
        keeper.with_value(|keeper| keeper.erase(then));
    };
    let second = when(
        move || saved.with(Option::is_some),
        move || {
            let name = saved.get_untracked().unwrap_or_default();
            view! {
                <p {..attr("role", "status")}>
                    {format!("{name} was saved and read again: it holds everything. Look that it is where you want it; erasing cannot be undone.")}
                </p>
                <div class="buttons">
                    <button id="erase" on:click=press(erase)>"Erase everything in this browser"</button>
                </div>
            }
            .into_any()
        },
    );
    view! {
        <h3>"Finish on this computer"</h3>
        <p>"Where others use this computer, too: save everything in a file, then leave nothing behind."</p>
        <div class="buttons">
            <button on:click=press(save)>"Save everything in a file"</button>
        </div>
        {second}
    }
}

/// Reads what was saved as an import would: every mark has to stand exactly where it is here.
fn check(session: Session) -> Result<(), String> {
    let (json, marks) = session.peek(|project| {
        let ids: Vec<DocumentId> = project.documents().iter().map(|it| it.id.clone()).collect();
        let marks = ids.iter().map(|id| project.annotations().of(id).len());
        (format::render(project, &ids), marks.sum::<usize>())
    });
    let read = opening::read(session, |cx| {
        format::read_file("check.json", json.as_bytes(), cx)
    });
    let reading = read.map_err(|problem| problem.to_string())?;
    let exact = reading
        .placements
        .iter()
        .filter(|it| matches!(it.outcome, Outcome::Exact));
    if reading.problems.is_empty() && exact.count() == marks {
        Ok(())
    } else {
        Err(
            "The file does not hold everything. Nothing was erased; please export in parts."
                .to_owned(),
        )
    }
}
