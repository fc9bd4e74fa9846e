//! The page: top bar, three areas, palette and status line.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::articles::Articles;
use super::dialogs::Dialogs;
use super::marks::Marks;
use super::notices::Notices;
use super::palette::Palette;
use super::reader::Reader;
use super::{Dialog, Sheet, context, opening};
use crate::dom;
use crate::session::{Command, SaveState};

/// Light or dark, as chosen by hand; `None` follows the system.
#[derive(Clone, Copy)]
pub struct Theme(pub RwSignal<Option<bool>>);

/// The whole page.
#[component]
pub fn Shell() -> impl IntoView {
    let (session, screen) = context();
    let over = opening::listen(session, screen);
    view! {
        <TopBar />
        <main id="workspace">
            <Articles />
            <div id="centre">
                <Reader />
                <Palette />
            </div>
            <Marks />
        </main>
        <footer id="status-line">
            <SaveLight />
            <p class="status-note">"Everything stays in this browser. Nothing is sent anywhere."</p>
        </footer>
        <Notices />
        <Dialogs />
        <Show when=move || screen.sheet.get().is_some()>
            <div class="sheet-shade" on:click=move |_| screen.sheet.set(None)></div>
        </Show>
        <Show when=move || over.get()>
            <div id="drop-veil" aria-hidden="true">"Drop files to open them"</div>
        </Show>
    }
}

#[component]
fn TopBar() -> impl IntoView {
    let (_, screen) = context();
    let (menu, set_menu) = signal(false);
    let toggle = move |_| set_menu.update(|open| *open = !*open);
    let sheet = move |which| {
        move |_| {
            set_menu.set(false);
            screen.sheet.update(|open| {
                *open = if *open == Some(which) {
                    None
                } else {
                    Some(which)
                }
            });
        }
    };
    view! {
        <header id="topbar">
            <h1 class="brand">"Sourcelight"</h1>
            <div class="narrow-only">
                <button aria-expanded=move || (screen.sheet.get() == Some(Sheet::Articles)).to_string() on:click=sheet(Sheet::Articles)>
                    "Articles"
                </button>
                <button aria-expanded=move || (screen.sheet.get() == Some(Sheet::Marks)).to_string() on:click=sheet(Sheet::Marks)>
                    "Marks"
                </button>
                <button aria-expanded=move || menu.get().to_string() aria-controls="actions" on:click=toggle>"Menu"</button>
            </div>
            <div id="actions" class:is-open=move || menu.get() on:click=move |_| set_menu.set(false)>
                <FileActions />
                <HistoryActions />
                <ThemeSwitch />
                <button on:click=move |_| screen.open(Dialog::Help)>"Help"</button>
            </div>
        </header>
    }
}

#[component]
fn FileActions() -> impl IntoView {
    let (session, screen) = context();
    let input = NodeRef::<leptos::html::Input>::new();
    let pick = move |_| {
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
        <button on:click=pick>"Open files"</button>
        <input
            id="open-files"
            class="visually-hidden"
            type="file"
            multiple
            tabindex="-1"
            aria-label="Files to open"
            accept=".txt,.md,.markdown,.html,.htm,.json,.jsonl,text/*,application/json"
            node_ref=input
            on:change=picked
        />
        <button on:click=move |_| screen.open(Dialog::Paste(String::new()))>"Paste text"</button>
        <button on:click=move |_| screen.open(Dialog::Export)>"Export"</button>
    }
}

#[component]
fn HistoryActions() -> impl IntoView {
    let (session, _) = context();
    let names = Memo::new(move |_| session.history_names());
    let titled = |verb: &str, name: Option<String>| name.map(|name| format!("{verb} {name}"));
    view! {
        <button
            disabled=move || names.with(|it| it.0.is_none())
            title=move || titled("Undo", names.get().0)
            aria-keyshortcuts="Control+Z Meta+Z"
            on:click=move |_| Command::Undo.run(session)
        >
            "Undo"
        </button>
        <button
            disabled=move || names.with(|it| it.1.is_none())
            title=move || titled("Redo", names.get().1)
            aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z"
            on:click=move |_| Command::Redo.run(session)
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
    let toggle = move |_| {
        let next = !dark();
        theme.set(Some(next));
        screen.remember("theme", if next { "dark" } else { "light" });
    };
    Effect::new(move |_| {
        let root = dom::document().document_element();
        if let (Some(root), Some(dark)) = (root, theme.get()) {
            drop(root.set_attribute("data-theme", if dark { "dark" } else { "light" }));
        }
    });
    view! { <button on:click=toggle>{move || if dark() { "Light" } else { "Dark" }}</button> }
}

/// Where the work is kept, in words; what that means is one click away.
#[component]
fn SaveLight() -> impl IntoView {
    let (session, _) = context();
    let save = session.view.save;
    let text = move || {
        save.with(|state| match state {
            SaveState::Saving => "Saving…",
            SaveState::Saved => "Saved on this device",
            SaveState::BrowserOnly => "Saved in this browser",
            SaveState::NotSaved(_) => "NOT SAVED",
        })
    };
    let meaning = move || {
        save.with(|state| match state {
            SaveState::Saving => "Your last change is being written.".to_owned(),
            SaveState::Saved => "A crash or power cut will not lose it. Clearing site data will: export now and then.".to_owned(),
            SaveState::BrowserOnly => "Every change is kept in this browser’s storage at once. A crash of the whole machine \
                                       may still lose the last minute, and clearing site data loses all: export now and then."
                .to_owned(),
            SaveState::NotSaved(why) => why.clone(),
        })
    };
    view! {
        <p id="save-state" role="status" data-state=move || save.with(SaveState::word)>{text}</p>
        <details class="save-meaning" class:is-trouble=move || save.with(|it| matches!(it, SaveState::NotSaved(_)))>
            <summary>"What this means"</summary>
            <p>{meaning}</p>
        </details>
    }
}
