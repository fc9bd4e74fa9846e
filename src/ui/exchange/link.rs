//! A link that holds articles and marks itself: makes one, and opens one as a dry run. Knows nothing of what
//! stands in it; that is `format::share`.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::choosing::{Choosing, Scope, line};
use super::{Incoming, import};
use crate::dom;
use crate::format::share::{self, Part, RISKY_LENGTH, ShareError};
use crate::model::Project;
use crate::session::Session;
use crate::ui::dialogs::{form_buttons, frame, leave, paragraph};
use crate::ui::dynamic::{dynamic, effect, when};
use crate::ui::element::{Element, ElementRef, button, element, field_name, form, radio};
use crate::ui::{Dialog, Screen, context, counted, later, opening};

/// What stands for the name of a file.
const NAME: &str = "The link";

/// What is said where nothing is chosen.
const NONE: &str = "Choose an article.";

/// Whether it holds marks only, what that is called, and what is said of it.
const TOLD: [(bool, &str, &str); 2] = [
    (
        false,
        "With the texts",
        "Whoever opens it needs nothing else.",
    ),
    (
        true,
        "Marks only",
        "For texts that may not be passed on: of each mark it has the place and the first few words. It opens \
         where the same texts are.",
    ),
];

/// What is chosen, and what it gives.
#[derive(Clone, Copy)]
struct Link {
    session: Session,
    screen: Screen,
    choosing: Choosing,
    marks_only: RwSignal<bool>,
    /// The whole address; empty where there is none.
    link: RwSignal<String>,
    /// Whether it could not be made.
    failed: RwSignal<bool>,
    /// What goes into it, how long it is and what that means; or why there is none.
    told: RwSignal<String>,
    field: ElementRef,
    /// Counts the choices: what was made for an earlier one is dropped.
    run: RwSignal<u32>,
}

/// Shows what a link holds before it is taken over. One that cannot be read is told of, and nothing is shown.
pub(super) fn opened(fragment: &str) -> AnyView {
    let (session, screen) = context();
    match share::read(fragment) {
        Ok(content) => {
            let files = vec![(NAME.to_owned(), content)];
            let incoming = Incoming::of(files, Vec::new());
            import::import(Arc::new(incoming), "What the link holds")
        }
        Err(why) => {
            session.view.warn(why.to_string());
            // Not while it is being shown.
            set_timeout(move || screen.dialog.set(None), Duration::ZERO);
            ().into_any()
        }
    }
}

/// The form; where a link would lead nowhere, what to do instead.
pub(super) fn share() -> AnyView {
    let frame = frame("share", "Share a link");
    match dom::one_file::is_open() {
        true => frame.with(copy_instead()).view(),
        false => frame.with(Link::new().form()).view(),
    }
}

fn copy_instead() -> Element {
    let (session, screen) = context();
    let words = "This page was opened from a file, so that a link to it leads nowhere. Save a copy of the page \
                 with your work in it, and pass that on.";
    let save = move || {
        later::save_copy(session, screen);
        leave();
    };
    form(save)
        .with(element("p").say(words))
        .with(form_buttons(element("button").say("Save a copy"), "Close"))
}

impl Link {
    fn new() -> Self {
        let (session, screen) = context();
        let is_open = session.view.open.with_untracked(Option::is_some);
        let scope = if is_open { Scope::Open } else { Scope::All };
        let link = Self {
            session,
            screen,
            choosing: Choosing::new(session, scope),
            marks_only: RwSignal::new(false),
            link: RwSignal::new(String::new()),
            failed: RwSignal::new(false),
            told: RwSignal::new(String::new()),
            field: ElementRef::new(),
            run: RwSignal::new(0),
        };
        effect(move || link.prepare());
        link
    }

    fn form(self) -> Element {
        let has_link = move || !self.link.get().is_empty();
        let told = element("p").set("role", "status").set("id", "share-told");
        let send = element("button")
            .follow_if("disabled", move || !has_link())
            .say("Copy the link");
        let privacy = "Nothing is sent to a server: the link itself holds everything. Whoever has the link can \
                       read all of it, notes and names of those who marked included.";
        form(move || self.copy())
            .with(self.choosing.scopes("What to share"))
            .with(self.choosing.chooser())
            .with(self.parts())
            .with(told.show(move || self.told.get()))
            .with(when(
                move || self.failed.get(),
                move || self.export_instead().view(),
            ))
            .with(when(has_link, move || self.text().view()))
            .with(element("p").class("side-note").say(privacy))
            .with(form_buttons(send, "Close"))
    }

    /// With the texts, or without.
    fn parts(self) -> Element {
        let mut choices = element("fieldset")
            .class("choices-in-row")
            .with(element("legend").say("How"));
        for (marks_only, name, _) in TOLD {
            let radio = radio(
                "share-part",
                move || self.marks_only.get() == marks_only,
                move || self.marks_only.set(marks_only),
            );
            choices = choices.with(line().with(radio).say(name));
        }
        let about = dynamic(move || {
            let told = TOLD.iter().filter(|it| it.0 == self.marks_only.get());
            told.map(|it| paragraph(it.2.to_owned()).view()).collect()
        });
        element("div").with(choices).with(about)
    }

    fn export_instead(self) -> Element {
        let screen = self.screen;
        let export = move || {
            screen.after_dialog(move || screen.open(Dialog::Export));
            leave();
        };
        let export = button("Export a file instead", export).set("type", "button");
        element("p").with(export)
    }

    /// The link, to be copied by hand.
    fn text(self) -> Element {
        let field = element("input")
            .set("id", "share-link")
            .set("readonly", "")
            .set("dir", "ltr")
            .value(move || self.link.get())
            .on("focus", move |_| self.select())
            .found_by(self.field);
        element("p")
            .with(field_name("share-link", "The link"))
            .with(field)
    }

    fn select(self) {
        let field = self.field.get_untracked();
        if let Some(field) = field.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
            field.select();
        }
    }

    /// Whether the dialog is there still, and nothing else has been chosen since.
    fn goes_on(self) -> impl Fn() -> bool {
        let run = self.run.get_untracked();
        move || self.run.try_get_untracked() == Some(run)
    }

    /// Makes the link anew, as soon as the choice is on the screen.
    fn prepare(self) {
        self.choosing.track();
        self.marks_only.track();
        self.run.update_untracked(|run| *run += 1);
        let goes_on = self.goes_on();
        self.link.set(String::new());
        self.failed.set(false);
        self.told.set("Making the link…".to_owned());
        spawn_local(async move {
            opening::breathe().await;
            if !goes_on() {
                return;
            }
            let made = match untrack(|| self.choosing.with_project(|it| self.content(it))) {
                Ok((holds, content)) => address(&content).await.map(|link| (holds, link)),
                Err(why) => Err(why),
            };
            if !goes_on() {
                return;
            }
            match made {
                Ok((holds, link)) => {
                    let (length, meaning) = (link.len(), meaning(link.len()));
                    self.told.set(format!(
                        "{holds}. The link has {length} characters: {meaning}"
                    ));
                    self.link.set(link);
                }
                Err(why) => {
                    self.failed.set(why != NONE);
                    self.told.set(why);
                }
            }
        });
    }

    /// What goes into it: in words, and as a project file.
    fn content(self, project: &Project) -> Result<(String, String), String> {
        let articles = self.choosing.articles(project);
        if articles.is_empty() {
            return Err(NONE.to_owned());
        }
        let marks = articles.iter().map(|id| project.annotations().of(id).len());
        let holds = format!(
            "{} with {}",
            counted(articles.len(), "article", "articles"),
            counted(marks.sum(), "mark", "marks")
        );
        let part = match self.marks_only.get() {
            true => Part::Marks,
            false => Part::Whole,
        };
        let content = share::content(project, &articles, part).map_err(told)?;
        Ok((holds, content))
    }

    fn copy(self) {
        let link = self.link.get_untracked();
        let goes_on = self.goes_on();
        spawn_local(async move {
            let copied = dom::clipboard::write(&link).await;
            if !goes_on() {
                return;
            }
            match copied {
                Ok(()) => {
                    let words = format!("Copied a link of {} characters", link.len());
                    self.session.view.say(words, false);
                    leave();
                }
                Err(sentence) => {
                    self.told.set(sentence);
                    let field = self.field.get_untracked();
                    drop(field.map(|it| it.focus()));
                }
            }
        });
    }
}

/// What a length means, in characters.
fn meaning(length: usize) -> &'static str {
    match length {
        ..RISKY_LENGTH => "short enough for every program that passes on links.",
        _ => "some programs cut links of this length off. Try it before you rely on it.",
    }
}

/// The page's own address, with a project file in it.
async fn address(content: &str) -> Result<String, String> {
    let packed = dom::deflate::packed(content.as_bytes()).await?;
    let fragment = share::write(&packed).map_err(told)?;
    Ok(format!("{}#{fragment}", dom::route::page()))
}

fn told(why: ShareError) -> String {
    why.to_string()
}
