//! The cast as a whole: who speaks, how often, how many words, in how many articles, named or not, and all
//! quotes of one speaker in order, which lead to them.

use leptos::prelude::*;

use super::offers::kind_of;
use super::person::{kind_name, person};
use super::quotes::{Spoken, spoken, unnamed};
use crate::model::{Annotation, CastEdit, Speaker, SpeakerId};
use crate::session::{Derived, Session};
use crate::ui::dialogs::{leave, text_sheet};
use crate::ui::dynamic::when;
use crate::ui::element::{Element, button, element, field_name, form};
use crate::ui::inspector::wish;
use crate::ui::rows::{Key, each};
use crate::ui::{Screen, context, counted};

/// So many quotes of one speaker are listed at once.
const QUOTES: usize = 200;

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
pub struct Sheet {
    pub session: Session,
    screen: Screen,
    /// What was done last, in words.
    pub told: RwSignal<String>,
}

impl Sheet {
    /// Does something to the cast and says so, or why not.
    pub fn run(self, edit: CastEdit, done: &'static str) {
        if wish(self.session, edit) {
            self.told.set(done.to_owned());
        }
    }
}

/// The dialog.
pub fn cast_dialog() -> AnyView {
    let (session, screen) = context();
    let sheet = Sheet {
        session,
        screen,
        told: RwSignal::new(String::new()),
    };
    let all = Derived::new(move || session.with_marks(spoken));
    let keys = move || all.with(|all| all.iter().map(|it| it.speaker.id.as_str().into()).collect());
    let list = each(element("ul").class("cast"), keys, move |key| {
        row(sheet, all, key)
    });
    let nobody = || {
        let words =
            "Nobody is in the cast yet. Mark a quote and say who speaks, or add somebody here.";
        element("p").class("side-note").say(words).view()
    };
    let content = element("div")
        .with(
            element("p")
                .class("side-note")
                .show(move || summary(session, all)),
        )
        .with(list)
        .with(when(move || all.with(Vec::is_empty), nobody))
        .with(adding(sheet));
    let told = element("p").set("role", "status").class("side-note");
    let undo = move || {
        let undone = session.undo().map(|name| ["Undone: ", &name].concat());
        sheet.told.set(undone.unwrap_or_default());
    };
    let buttons = vec![
        told.show(move || sheet.told.get()),
        button("Undo", undo).class("quiet"),
    ];
    text_sheet("cast", "Cast", content, buttons)
}

fn summary(session: Session, all: Derived<Vec<Spoken>>) -> String {
    let (named, not_named) = all.with(|all| {
        let kind = |it: &&Spoken| kind_name(it.speaker.kind) != "not named";
        let named = all.iter().filter(kind).count();
        (named, all.len() - named)
    });
    let open = session.with_marks(unnamed);
    let mut told = format!("{named} named, {not_named} not named.");
    if open > 0 {
        told += " Nobody has said who speaks in ";
        told += &counted(open, "mark.", "marks.");
    }
    told
}

fn row(sheet: Sheet, all: Derived<Vec<Spoken>>, key: Key) -> AnyView {
    let found = Derived::new(move || {
        all.with(|all| {
            all.iter()
                .find(|it| it.speaker.id.as_str() == &*key)
                .cloned()
        })
    });
    let read = move |read: fn(&Spoken) -> String| {
        move || found.with(|it| it.as_ref().map_or_else(String::new, read))
    };
    let (shows, edits) = (RwSignal::new(false), RwSignal::new(false));
    let toggle = |name, is_on: RwSignal<bool>| {
        button(name, move || is_on.update(|it| *it = !*it))
            .class("quiet")
            .follow("aria-expanded", move || is_on.get().to_string())
    };
    let quotes = move || match found.get_untracked() {
        Some(it) => quotes(sheet, &it),
        None => ().into_any(),
    };
    let known = Derived::new(move || found.with(|it| it.as_ref().map(|it| it.speaker.clone())));
    let form = move || person(sheet, known);
    let has_quotes = move || found.with(|it| it.as_ref().is_some_and(|it| !it.marks.is_empty()));
    element("li")
        .with(
            element("p")
                .with(
                    element("b")
                        .set("dir", "auto")
                        .show(read(|it| it.speaker.name.clone())),
                )
                .say(" ")
                .with(element("span").set("dir", "auto").show(read(about))),
        )
        .with(element("p").class("side-note").show(read(counts)))
        .with(when(has_quotes, move || toggle("Quotes", shows).view()))
        .say(" ")
        .with(toggle("Edit", edits))
        .with(when(move || edits.get(), form))
        .with(when(move || shows.get(), quotes))
        .view()
}

/// Role, kind and other names.
fn about(it: &Spoken) -> String {
    let speaker = &it.speaker;
    let mut parts = vec![speaker.role.clone(), kind_name(speaker.kind).to_owned()];
    if !speaker.aliases.is_empty() {
        parts.push(format!("also {}", speaker.aliases.join(", ")));
    }
    parts.retain(|it| !it.is_empty());
    parts.join(" · ")
}

fn counts(it: &Spoken) -> String {
    let parts = [
        counted(it.marks.len(), "mark", "marks"),
        counted(it.words, "word", "words"),
        counted(it.articles, "article", "articles"),
    ];
    match it.marks.is_empty() {
        true => "No marks".to_owned(),
        false => parts.join(" · "),
    }
}

/// All quotes of somebody, in order, under the titles of their articles.
fn quotes(sheet: Sheet, spoken: &Spoken) -> AnyView {
    let mut list = element("ol").class("cast-quotes");
    let mut last = None;
    for mark in spoken.marks.iter().take(QUOTES) {
        if last != Some(&mark.document) {
            last = Some(&mark.document);
            list = list.with(title(sheet.session, mark));
        }
        let (screen, session) = (sheet.screen, sheet.session);
        let id = mark.id.clone();
        let go = move || {
            let id = id.clone();
            screen.after_dialog(move || session.go_to_mark(&id));
            leave();
        };
        let words = format!("“{}”", session.quote(mark));
        let way = element("button").class("quiet way").set("dir", "auto");
        list = list.with(element("li").with(way.press(go).say_this(words)));
    }
    let more = spoken.marks.len().saturating_sub(QUOTES);
    if more > 0 {
        let told = format!("{more} more are not listed.");
        list = list.with(element("li").class("side-note").say_this(told));
    }
    list.view()
}

fn title(session: Session, mark: &Annotation) -> Element {
    let title = session.peek(|project| {
        let document = project.document(&mark.document);
        document.map_or_else(String::new, |it| it.title().to_owned())
    });
    element("li")
        .class("side-note")
        .set("dir", "auto")
        .say_this(title)
}

/// Adding somebody whom no quote names yet.
fn adding(sheet: Sheet) -> Element {
    let name = RwSignal::new(String::new());
    let add = move || {
        let words = name.get_untracked().trim().to_owned();
        let Some(id) = SpeakerId::new(&sheet.session.new_id()) else {
            return;
        };
        let mut new = Speaker::new(id, words.as_str());
        new.kind = kind_of(&words);
        if wish(sheet.session, CastEdit::Add(new)) {
            sheet.told.set(format!("{words} is in the cast."));
            name.set(String::new());
        }
    };
    let field = element("input")
        .set("id", "cast-name")
        .set("dir", "auto")
        .set("autocomplete", "off")
        .value(move || name.get())
        .typed(move |words| name.set(words));
    let add_button = element("button").set("type", "submit").say("Add");
    form(add)
        .with(field_name("cast-name", "Somebody else"))
        .with(element("p").class("ways").with(field).with(add_button))
}
