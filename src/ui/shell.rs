//! The page: top bar, three areas, palette and status line.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::articles::Articles;
use super::dialogs::Dialogs;
use super::dynamic::{attr, effect, is, maybe, press, text, when};
use super::marks::Marks;
use super::notices::Notices;
use super::palette::Palette;
use super::reader::Reader;
use super::{Dialog, Sheet, context, counted, opening};
use crate::dom;
use crate::session::{Command, Derived, SaveState, Watched};

/// Light or dark, as chosen by hand; `None` follows the system.
#[derive(Clone, Copy)]
pub struct Theme(pub Watched<Option<bool>>);

/// The whole page.
#[component]
pub fn Shell() -> impl IntoView {
    let (session, screen) = context();
    let over = opening::listen(session, screen);
    let shade = move || {
        let close = press(move || screen.sheet.set(None));
        view! { <div class="sheet-shade" on:click=close></div> }.into_any()
    };
    let veil = || {
        view! { <div id="drop-veil" aria-hidden="true">"Drop files to open them"</div> }.into_any()
    };
    view! {
        <TopBar />
        <main {..attr("id", "workspace")}>
            <Articles />
            <div {..attr("id", "centre")}>
                <Reader />
                <Palette />
            </div>
            <Marks />
        </main>
        <footer {..attr("id", "status-line")}>
            <SaveLight />
            <p class="status-note">"Everything stays in this browser. Nothing is sent anywhere."</p>
        </footer>
        <Notices />
        <Dialogs />
        {when(move || screen.sheet.get().is_some(), shade)}
        {when(move || over.get(), veil)}
    }
}

#[component]
fn TopBar() -> impl IntoView {
    let (_, screen) = context();
    let (menu, set_menu) = signal(false);
    let toggle = move || set_menu.update(|open| *open = !*open);
    let sheet = move |which| {
        press(move || {
            set_menu.set(false);
            screen.sheet.update(|open| {
                *open = if *open == Some(which) {
                    None
                } else {
                    Some(which)
                }
            });
        })
    };
    let is_open = move |which| text(move || (screen.sheet.get() == Some(which)).to_string());
    view! {
        <header {..attr("id", "topbar")}>
            <h1 class="brand">"Sourcelight"</h1>
            <div class="narrow-only">
                <button {..attr("aria-expanded", is_open(Sheet::Articles))} on:click=sheet(Sheet::Articles)>
                    "Articles"
                </button>
                <button {..attr("aria-expanded", is_open(Sheet::Marks))} on:click=sheet(Sheet::Marks)>
                    "Marks"
                </button>
                <button {..attr("aria-expanded", text(move || menu.get().to_string()))} {..attr("aria-controls", "actions")} on:click=press(toggle)>"Menu"</button>
            </div>
            <div {..attr("id", "actions")} class:is-open=is(move || menu.get()) on:click=press(move || set_menu.set(false))>
                <FileActions />
                <HistoryActions />
                <ThemeSwitch />
                <button on:click=press(move || screen.open(Dialog::Help))>"Help"</button>
            </div>
        </header>
    }
}

#[component]
fn FileActions() -> impl IntoView {
    let (session, screen) = context();
    let input = NodeRef::<leptos::html::Input>::new();
    let pick = move || {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let picked = move |event: leptos::ev::Event| {
        let field: Option<HtmlInputElement> = event.target().and_then(|it| it.dyn_into().ok());
        if let Some(field) = field {
            opening::open_files(session, screen, dom::file::files(field.files()));
            // The same file may be picked again.
            field.set_value("");
        }
    };
    view! {
        <button on:click=press(pick)>"Open files"</button>
        <input
            {..attr("id", "open-files")}
            class="visually-hidden"
            {..attr("type", "file")}
            multiple
            {..attr("tabindex", "-1")}
            {..attr("aria-label", "Files to open")}
            {..attr("accept", ".txt,.md,.markdown,.html,.htm,.json,.jsonl,text/*,application/json")}
            node_ref=input
            on:change=picked
        />
        <button on:click=press(move || screen.open(Dialog::Paste(String::new())))>"Paste text"</button>
        <button on:click=press(move || screen.open(Dialog::Export))>"Export"</button>
    }
}

#[component]
fn HistoryActions() -> impl IntoView {
    let (session, _) = context();
    let names = Derived::new(move || session.history_names());
    let titled = |verb: &str, name: Option<String>| name.map(|name| format!("{verb} {name}"));
    view! {
        <button
            {..attr("disabled", is(move || names.with(|it| it.0.is_none())))}
            {..attr("title", maybe(move || titled("Undo", names.get().0)))}
            {..attr("aria-keyshortcuts", "Control+Z Meta+Z")}
            on:click=press(move || Command::Undo.run(session))
        >
            "Undo"
        </button>
        <button
            {..attr("disabled", is(move || names.with(|it| it.1.is_none())))}
            {..attr("title", maybe(move || titled("Redo", names.get().1)))}
            {..attr("aria-keyshortcuts", "Control+Shift+Z Meta+Shift+Z")}
            on:click=press(move || Command::Redo.run(session))
        >
            "Redo"
        </button>
    }
}

/// Switches between light and dark; its text names what it switches to.
#[component]
fn ThemeSwitch() -> impl IntoView {
    let (_, screen) = context();
    let Theme(theme) = expect_context();
    let system_dark = dom::prefers("(prefers-color-scheme: dark)");
    let dark = move || theme.get().unwrap_or(system_dark);
    let toggle = move || {
        let next = !dark();
        theme.set(Some(next));
        screen.remember("theme", if next { "dark" } else { "light" });
    };
    effect(move || {
        let root = dom::document().document_element();
        if let (Some(root), Some(dark)) = (root, theme.get()) {
            drop(root.set_attribute("data-theme", if dark { "dark" } else { "light" }));
        }
    });
    view! { <button on:click=press(toggle)>{text(move || if dark() { "Light".to_owned() } else { "Dark".to_owned() })}</button> }
}

/// Where the work is kept, in words; what that means is one click away.
#[component]
fn SaveLight() -> impl IntoView {
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
    view! {
        <p class="visually-hidden" {..attr("role", "status")}>{text(move || announced.get())}</p>
        <p {..attr("id", "save-state")} {..attr("role", "status")} {..attr("aria-live", "off")} data-state=text(move || save.with(SaveState::word).to_owned())>{text(words)}</p>
        <button class="quiet" on:click=press(move || screen.open(Dialog::Storage))>"What this means"</button>
        <span {..attr("id", "unexported")} class="side-note">{text(behind)}</span>
    }
}
