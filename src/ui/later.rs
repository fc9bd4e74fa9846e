//! The parts of the program that are not needed to read and mark an article. They come in a second
//! file, which the page fetches by itself once it is ready; who asks for them earlier waits.
//!
//! Only what is reachable from [`Parts`], and from nothing else, is in that file: code that calls
//! these functions by their own names would bring them back into the first one. What the stores
//! have there is named in `app/upkeep.rs`.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use web_sys::File;

use super::dynamic::when;
use super::marks::{self, Listed};
use super::reader::{self, Page};
use super::{Dialog, Report, Screen, dialogs, opening};
use crate::dom;
use crate::format::{Problem, Reading};
use crate::session::Session;

/// What is said where the parts cannot be fetched.
const MISSING: &str = "A part of Sourcelight could not be loaded. Check the connection and try again; if that does not help, reload the page.";

/// How long after the page is ready the parts are fetched: what is there is painted first.
const SOON: Duration = Duration::from_millis(50);

/// What the second file can do.
pub struct Parts {
    /// Opens files, several at once.
    pub open_files: fn(Session, Screen, Vec<File>),
    /// Reads a file of any kind: its name, its bytes.
    pub read_file: fn(Session, &str, &[u8]) -> Result<Reading, Problem>,
    /// Takes over what was read as one step and opens the first article that came.
    pub merge: fn(Session, Reading) -> Report,
    /// A dialog.
    pub dialog: fn(Dialog) -> AnyView,
    /// The bar for finding words, and the strip beside the scroll bar.
    pub around: fn(Page) -> AnyView,
    /// What can be done with several marks at once.
    pub picking_bar: fn(Listed) -> AnyView,
    /// Marks without a place.
    pub tray: fn() -> AnyView,
}

/// What is done with the parts once they are here.
type Waiting = Box<dyn FnOnce(&'static Parts)>;

thread_local! {
    static HERE: Cell<Option<&'static Parts>> = const { Cell::new(None) };
    static WAITING: RefCell<Vec<Waiting>> = const { RefCell::new(Vec::new()) };
}

/// Where the program is cut: all that this function names is in the second file. The macro makes a
/// foreign function of it, which is unsafe code, but not of ours.
#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetched() -> Result<&'static Parts, SplitLoaderError> {
    static PARTS: Parts = Parts {
        open_files: opening::read_files,
        read_file: opening::read_file,
        merge: opening::merge,
        dialog: dialogs::shown,
        around: reader::around,
        picking_bar: marks::picking_bar,
        tray: marks::tray,
    };
    Ok(&PARTS)
}

/// The parts, if they are here.
pub fn here() -> Option<&'static Parts> {
    HERE.get()
}

/// The parts, as soon as they are here. Asks for them where that has failed before.
///
/// # Errors
/// A sentence, where they cannot be fetched.
pub async fn parts() -> Result<&'static Parts, String> {
    if let Some(parts) = here() {
        return Ok(parts);
    }
    let parts = fetched().await.map_err(|_| MISSING.to_owned())?;
    HERE.set(Some(parts));
    for act in WAITING.take() {
        act(parts);
    }
    if let Some(root) = dom::root() {
        drop(root.set_attribute("data-complete", ""));
    }
    Ok(parts)
}

/// Fetches the parts before anybody asks for them.
pub fn fetch_soon() {
    fetch_after(SOON);
}

/// Where it fails nobody is told: whoever asks for them tries again, and so does this, ever less often.
fn fetch_after(wait: Duration) {
    let fetch = move || {
        spawn_local(async move {
            if parts().await.is_err() {
                fetch_after(wait * 10);
            }
        });
    };
    set_timeout(fetch, wait);
}

/// Does something with the parts: at once if they are here, else once they are. Does not ask for them.
pub fn when_here(act: impl FnOnce(&'static Parts) + 'static) {
    match here() {
        Some(parts) => act(parts),
        None => WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(act))),
    }
}

/// A part of the screen that comes with the parts.
pub fn view(make: impl Fn(&'static Parts) -> AnyView + Send + 'static) -> AnyView {
    let are_here = RwSignal::new(false);
    when_here(move |_| are_here.set(true));
    let make = move || here().map_or_else(|| ().into_any(), &make);
    when(move || are_here.get(), make)
}

/// Does something with the parts: at once if they are here, else once they are. Where they cannot
/// be fetched the person is told.
pub fn with_parts(session: Session, act: impl FnOnce(&'static Parts) + 'static) {
    match here() {
        Some(parts) => act(parts),
        None => spawn_local(async move {
            match parts().await {
                Ok(parts) => act(parts),
                Err(sentence) => session.view.warn(sentence),
            }
        }),
    }
}
