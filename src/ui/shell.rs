//! The page: top bar, three areas, palette and status line.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::MouseEvent;

use super::articles::articles;
use super::commands::{command_button, keys_for_aria};
use super::dialogs::dialogs;
use super::dynamic::{effect, on_window, when};
use super::element::{Element, button, element};
use super::file_field::{file_button, file_field};
use super::marks::marks;
use super::notices::notices;
use super::palette::palette;
use super::reader::reader;
use super::{Dialog, Screen, Sheet, context, counted, opening};
use crate::dom;
use crate::session::{Command, Derived, SaveState, Watched};

/// What undo and redo would do.
type Names = (Option<String>, Option<String>);

/// The whole page.
pub fn shell() -> Vec<AnyView> {
    let (session, screen) = context();
    let over = opening::listen(session, screen);
    keep_focus();
    let shade = move || {
        let shade = element("div").class("sheet-shade");
        shade.press(move || screen.sheet.set(None)).view()
    };
    let veil = || {
        let veil = element("div").set("id", "drop-veil");
        veil.set("aria-hidden", "true")
            .say("Drop files to open them")
            .view()
    };
    let centre = element("div").set("id", "centre");
    let centre = centre.with(reader()).with(palette());
    let workspace = element("main")
        .set("id", "workspace")
        .class_if("is-comparing", move || compares(screen))
        .with(articles())
        .with(centre)
        .with(marks());
    vec![
        top_bar(),
        workspace.view(),
        status_line(),
        notices(),
        dialogs(),
        when(move || screen.sheet.get().is_some(), shade),
        when(move || over.get(), veil),
    ]
}

/// A key may press a button that is gone afterwards: the text has the focus then, or the keyboard would begin anew at
/// the top of the page.
fn keep_focus() {
    // A click that no press of a mouse button or finger counts in was made by a key.
    on_window("click", move |event: MouseEvent| {
        if event.detail() == 0 {
            rescue_focus();
        }
    });
}

/// Gives the focus to the text, where whatever had it is gone as soon as the page has changed.
pub(super) fn rescue_focus() {
    let rescue = || {
        if dom::has_no_focus() && dom::find("dialog[open]").is_none() {
            dom::focus("#reader");
        }
    };
    set_timeout(rescue, Duration::ZERO);
}

/// Whether columns stand in the place of the one article.
fn compares(screen: Screen) -> bool {
    screen
        .comparing
        .with(|it| it.as_ref().is_some_and(|it| !it.columns.is_empty()))
}

fn top_bar() -> AnyView {
    let (_, screen) = context();
    let (menu, set_menu) = signal(false);
    let sheet = move |name, which| {
        let toggle = move || {
            set_menu.set(false);
            screen.sheet.update(|open| {
                *open = if *open == Some(which) {
                    None
                } else {
                    Some(which)
                }
            });
        };
        let is_open = move || (screen.sheet.get() == Some(which)).to_string();
        let button = element("button").follow("aria-expanded", is_open);
        button.press(toggle).say(name)
    };
    let menu_button = element("button")
        .follow("aria-expanded", move || menu.get().to_string())
        .set("aria-controls", "actions")
        .press(move || set_menu.update(|open| *open = !*open))
        .say("Menu");
    let narrow = element("div").class("narrow-only");
    let narrow = narrow
        .with(sheet("Articles", Sheet::Articles))
        .with(sheet("Marks", Sheet::Marks))
        .with(menu_button);
    let actions = element("div")
        .set("id", "actions")
        .class_if("is-open", move || menu.get())
        .press(move || set_menu.set(false));
    let actions = file_actions(actions).with(command_button("Find", "find"));
    let actions = history_actions(actions)
        .with(command_button("View", "view"))
        .with(command_button("Commands", "commands"))
        .with(command_button("Help", "help"));
    let brand = element("h1").class("brand").say("Sourcelight");
    let bar = element("header").set("id", "topbar");
    bar.with(brand).with(narrow).with(actions).view()
}

fn file_actions(bar: Element) -> Element {
    let (session, screen) = context();
    let field = file_field("open-files", move |files| {
        opening::open_files(session, screen, files);
    });
    // Files are known by what is in them, and there are more kinds than a list of names could tell.
    let field = field.set("aria-label", "Files to open");
    let [button_for_files, field] = file_button("Open files", field);
    bar.with(button_for_files)
        .with(field)
        .with(button("Paste text", move || {
            screen.open(Dialog::Paste(String::new()))
        }))
        .with(button("Export", move || screen.open(Dialog::Export)))
}

fn history_actions(bar: Element) -> Element {
    let (session, screen) = context();
    let names = Derived::new(move || session.history_names());
    let step = move |verb: &'static str,
                     id: &'static str,
                     command: Command,
                     name: fn(&Names) -> &Option<String>| {
        let title = move || {
            let name = names.with(|it| name(it).clone());
            name.map(|name| format!("{verb} {name}"))
        };
        button(verb, move || command.clone().run(session))
            .follow_if("disabled", move || names.with(|it| name(it).is_none()))
            .follow_maybe("title", title)
            .follow_maybe("aria-keyshortcuts", move || keys_for_aria(screen, id))
    };
    let undo = step("Undo", "undo", Command::Undo, |it| &it.0);
    let redo = step("Redo", "redo", Command::Redo, |it| &it.1);
    bar.with(undo).with(redo)
}

/// The way out of the focus mode for those without keys.
fn leave_focus_mode() -> AnyView {
    let (session, _) = context();
    button("Show everything", move || Command::FocusMode.run(session))
        .set("id", "leave-focus-mode")
        .class("quiet")
        .view()
}

/// Where the work is kept, in words; what that means is one click away.
fn status_line() -> AnyView {
    let (session, screen) = context();
    let save = session.view.save;
    let words = move || {
        let words = save.with(|state| match state {
            SaveState::Saving => "Saving…",
            SaveState::Saved => "Saved on this device",
            SaveState::BrowserOnly => "Saved in this browser only",
            SaveState::NotSaved(_) => "NOT SAVED",
        });
        words.to_owned()
    };
    let unexported = session.view.unexported;
    let behind = move || match unexported.get() {
        0 => String::new(),
        count => counted(count, "change in no file", "changes in no file"),
    };
    // Each mark is on its way for a moment: what is read aloud is only where it has come to.
    let announced = Watched::new(String::new());
    effect(move || {
        let now = words();
        let is_under_way = save.with(|state| *state == SaveState::Saving);
        if !is_under_way && announced.with_untracked(|before| *before != now) {
            announced.set(now);
        }
    });
    let spoken = element("p").class("visually-hidden").set("role", "status");
    let light = element("p")
        .set("id", "save-state")
        .set("role", "status")
        .set("aria-live", "off")
        .follow("data-state", move || save.with(SaveState::word).to_owned());
    let more = button("What this means", move || screen.open(Dialog::Storage));
    let behind = element("span")
        .set("id", "unexported")
        .class("side-note")
        .show(behind);
    let promise = "Everything stays in this browser. Nothing is sent anywhere.";
    element("footer")
        .set("id", "status-line")
        .with(spoken.show(move || announced.get()))
        .with(light.show(words))
        .with(more.class("quiet"))
        .with(when(move || session.view.alone.get(), leave_focus_mode))
        .with(behind)
        .with(element("p").class("status-note").say(promise))
        .view()
}
