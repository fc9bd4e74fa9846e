//! Dialogs over the page. Each is a real `<dialog>`: the browser traps the focus, closes it by
//! Escape and gives the focus back.

mod check;
mod details;
mod export;
mod help;
mod paste;
mod report;
mod storage;

use std::time::Duration;

use leptos::prelude::*;

use super::dynamic::{Dynamic, attr, dynamic, effect, press};
use super::{Dialog, context};
use check::check;
use details::Details;
use export::Export;
pub use export::export_all;
use help::help;
use paste::Paste;
use report::report_sheet;
use storage::storage_sheet;

/// The dialog that is open, if any.
#[component]
pub fn Dialogs() -> impl IntoView {
    let (_, screen) = context();
    let open: Dynamic = dynamic(move || match screen.dialog.get() {
        None => ().into_any(),
        Some(Dialog::Export) => view! { <Export /> }.into_any(),
        Some(Dialog::Paste(text)) => view! { <Paste text /> }.into_any(),
        Some(Dialog::Details(id)) => view! { <Details id /> }.into_any(),
        Some(Dialog::Report(report)) => report_sheet(&report),
        Some(Dialog::Check(repaired)) => check(repaired),
        Some(Dialog::Storage) => storage_sheet(),
        Some(Dialog::Help) => help(),
    });
    open
}

/// The frame of a dialog.
#[component]
fn Frame(id: &'static str, title: &'static str, children: Children) -> impl IntoView {
    let (_, screen) = context();
    let frame = NodeRef::<leptos::html::Dialog>::new();
    let show = move || {
        if let Some(frame) = frame.get_untracked()
            && !frame.open()
        {
            // It is in the page and closed, so that nothing is left to refuse.
            drop(frame.show_modal());
        }
    };
    effect(move || {
        frame.track();
        // After the key that asked for it: in Firefox the rest of an Enter would go to the field
        // that gets the focus, and send the form at once.
        set_timeout(show, Duration::ZERO);
    });
    let heading = format!("{id}-heading");
    let named_by = heading.clone();
    view! {
        <dialog {..attr("id", id)} {..attr("aria-labelledby", named_by)} node_ref=frame on:close=move |_| screen.dialog.set(None)>
            <h2 {..attr("id", heading)}>{title}</h2>
            {children()}
        </dialog>
    }
}

/// A dialog of text, with these buttons and one that closes it.
fn text_sheet(
    id: &'static str,
    title: &'static str,
    content: Vec<AnyView>,
    buttons: Vec<AnyView>,
) -> AnyView {
    view! {
        <Frame id title>
            <div class="sheet-text" tabindex="0" role="region" aria-label=title>
                {content}
            </div>
            <div class="buttons">
                {buttons} <button class="primary" on:click=close()>"Close"</button>
            </div>
        </Frame>
    }
    .into_any()
}

/// A paragraph of a sheet.
fn paragraph(words: String) -> AnyView {
    view! { <p class="side-note">{words}</p> }.into_any()
}

/// A button of a sheet.
fn button(name: &'static str, act: impl FnMut() + 'static) -> AnyView {
    boxed_button(name, press(act))
}

fn boxed_button(name: &'static str, act: Box<dyn FnMut(leptos::ev::MouseEvent)>) -> AnyView {
    view! { <button class="quiet" on:click=act>{name}</button> }.into_any()
}

/// Closes the dialog that is open.
fn close() -> Box<dyn FnMut(leptos::ev::MouseEvent)> {
    let (_, screen) = context();
    press(move || screen.dialog.set(None))
}
