//! Dialogs over the page. Each is a real `<dialog>`: the browser traps the focus, closes it by
//! Escape and gives the focus back.

mod begun;
mod check;
mod commands;
mod details;
mod help;
mod keys;
mod mark_all;
mod matching;
mod paste;
pub(super) mod report;
mod sentences;
mod storage;
mod view;

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::cast::cast_dialog;
use super::dynamic::{dynamic, effect};
use super::element::{Element, ElementRef, button, element};
use super::inspector::{missing_dialog, relate_dialog};
use super::saving::export_all;
use super::{Dialog, Screen, context, later};
use crate::dom;
use crate::session::Session;
use check::check;
use commands::commands;
use details::details;
use help::help;
use keys::keys;
use mark_all::Search;
pub use mark_all::open_mark_all;
use paste::paste;
use report::report_sheet;
use sentences::sentences;
use storage::storage_sheet;
use view::view;

/// The dialog that is open, if any.
pub fn dialogs() -> AnyView {
    let (session, screen) = context();
    dynamic(move || match screen.dialog.get() {
        None => Vec::new(),
        Some(which) => match untrack(|| later::dialog(&which)) {
            Some(view) => vec![view],
            None => {
                come_later(session, screen, which);
                Vec::new()
            }
        },
    })
}

/// Opens the dialog that was asked for once its part of the program is here.
fn come_later(session: Session, screen: Screen, wanted: Dialog) {
    spawn_local(async move {
        match later::wait_for(&wanted).await {
            Ok(()) => screen.dialog.update(|_| ()),
            Err(sentence) => {
                screen.dialog.set(None);
                session.view.warn(sentence);
                // What can be chosen is not here, but no one shall need a connection to save the work.
                if matches!(wanted, Dialog::Export) {
                    export_all(session, screen);
                }
            }
        }
    });
}

/// The view of a dialog of this part of the program.
pub(super) fn shown(dialog: Dialog) -> AnyView {
    match dialog {
        // In other parts: `exchange::dialog`, `scheme::dialog`, `people::dialog`.
        Dialog::Export | Dialog::Import(_) | Dialog::Link(_) | Dialog::Edition(..) => ().into_any(),
        Dialog::Scheme(_) | Dialog::People(_) => ().into_any(),
        Dialog::Paste(text) => paste(text),
        Dialog::Details(id) => details(id),
        Dialog::Report(report) => report_sheet(&report),
        Dialog::Check(repaired) => check(repaired),
        Dialog::Storage => storage_sheet(),
        Dialog::Sentences => sentences(),
        Dialog::MarkAll(same) => Search::new().dialog(same),
        Dialog::Cast => cast_dialog(),
        Dialog::Missing(insists) => missing_dialog(insists),
        Dialog::Relate(from, to) => relate_dialog(from, to),
        Dialog::Help => help(),
        Dialog::Keys => keys(),
        Dialog::Commands => commands(),
        Dialog::View => view(),
    }
}

/// The row of buttons that lead to the pages of a dialog.
pub(super) fn page_row(buttons: Vec<Element>) -> Element {
    element("div")
        .class("page-row")
        .set("role", "group")
        .set("aria-label", "Pages")
        .with_all(buttons)
}

/// A dialog with its name; what is in it is to be added.
pub(super) fn frame(id: &'static str, title: &'static str) -> Element {
    let (_, screen) = context();
    let frame = ElementRef::new();
    let show = move || {
        let dialog = frame.get_untracked();
        if let Some(dialog) = dialog.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok())
            && !dialog.open()
        {
            // It is in the page and closed, so that nothing is left to refuse.
            drop(dialog.show_modal());
        }
    };
    effect(move || {
        frame.track();
        // After the key that asked for it: in Firefox the rest of an Enter would go to the field
        // that gets the focus, and send the form at once.
        set_timeout(show, Duration::ZERO);
    });
    let heading = format!("{id}-heading");
    let frame = element("dialog")
        .set("id", id)
        .set_to("aria-labelledby", heading.clone())
        .found_by(frame)
        .on("close", move |_| screen.dialog_closed())
        .with(element("h2").set_to("id", heading).say(title));
    begun::watched(frame)
}

/// A dialog of text, which stands in `content`, with these buttons and one that closes it.
pub(super) fn text_sheet(
    id: &'static str,
    title: &'static str,
    content: Element,
    buttons: Vec<Element>,
) -> AnyView {
    let text = content
        .class("sheet-text")
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", title);
    let row = element("div").class("buttons").with_all(buttons);
    let row = row.with(close("Close").class("primary"));
    frame(id, title).with(text).with(row).view()
}

/// The row of buttons of a form: the one that sends it, and one that closes the dialog.
pub(super) fn form_buttons(send: Element, close_name: &'static str) -> Element {
    element("div")
        .class("buttons")
        .with(send.set("type", "submit").class("primary"))
        .with(close(close_name).set("type", "button"))
}

/// Gives the focus to an element as soon as it is in the page.
pub(super) fn with_focus(element: Element) -> Element {
    let place = ElementRef::new();
    effect(move || {
        if let Some(element) = place.get() {
            drop(element.focus());
        }
    });
    element.found_by(place)
}

/// A paragraph of a sheet.
pub(super) fn paragraph(words: String) -> Element {
    element("p").class("side-note").say_this(words)
}

/// A button of a sheet.
fn sheet_button(name: &'static str, act: impl FnMut() + 'static) -> Element {
    button(name, act).class("quiet")
}

/// A button that closes the dialog that is open.
fn close(name: &'static str) -> Element {
    button(name, leave)
}

/// Closes the dialog as Escape does, so that the browser gives the focus back.
pub(super) fn leave() {
    let open = dom::document()
        .query_selector("dialog[open]")
        .ok()
        .flatten();
    if let Some(dialog) = open.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}
