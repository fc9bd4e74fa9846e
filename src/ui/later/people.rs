//! Where the program is cut a fifth time: what people who mark have to do with each other.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wasm_bindgen::JsValue;

use super::{Fetch, fetched, view_of};
use crate::dom::scripting::Answer;
use crate::model::{DocumentId, Project};
use crate::session::Session;
use crate::ui::people::{self, judging, scripting};
use crate::ui::reader::Page;
use crate::ui::{Dialog, Screen};

/// Counts how far those who marked these articles agree: the name of each measure, and its value in words.
pub type CountAgreement = fn(&Project, &[DocumentId]) -> Vec<(&'static str, String)>;

/// What the sixth file can do: people, what they hand in, and how it compares.
pub struct People {
    /// The dialog.
    pub dialog: fn(Dialog) -> AnyView,
    /// What stands above the text: the lesson one is in, and what is tinted in the text.
    pub around: fn(Page) -> AnyView,
    /// The way to try it, beside the first steps.
    pub invitation: fn() -> AnyView,
    /// Offers the lesson that a file is; its articles are here already.
    pub begin: fn(Session, Screen, &str, &[u8]),
    /// Saves the page itself, with all work in it.
    pub save_copy: fn(Session, Screen),
    /// How far those who marked these articles agree, as the card of a data set says it.
    pub agreement: CountAgreement,
    /// What scripts ask: the name of the hook, and what it is given.
    pub ask: fn(Session, &'static str, JsValue, JsValue) -> Answer,
}

thread_local! {
    static FETCH_PEOPLE: Cell<Option<Fetch<People>>> = const { Cell::new(None) };
    pub(super) static PEOPLE_HERE: Cell<Option<&'static People>> = const { Cell::new(None) };
}

/// All that this function names is in the sixth file.
#[wasm_split(people, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetched_people() -> Result<&'static People, SplitLoaderError> {
    static PEOPLE: People = People {
        dialog: people::dialog,
        around: people::around,
        invitation: people::invitation,
        begin: people::begin,
        save_copy: people::save_copy,
        agreement: judging::in_a_card,
        ask: scripting::ask,
    };
    Ok(&PEOPLE)
}

/// Says where it comes from.
pub(super) fn prepare() {
    FETCH_PEOPLE.set(Some(|| Box::pin(fetched_people())));
}

/// What people have to do with each other, by the same rules as the other files.
///
/// # Errors
/// A sentence, where it cannot be fetched.
pub fn people_part() -> impl Future<Output = Result<&'static People, String>> {
    fetched(&PEOPLE_HERE, FETCH_PEOPLE.get())
}

/// Saves the page itself, with all work in it.
pub fn save_copy(session: Session, screen: Screen) {
    spawn_local(async move {
        match people_part().await {
            Ok(people) => (people.save_copy)(session, screen),
            Err(sentence) => session.view.warn(sentence),
        }
    });
}

/// A part of the screen that comes with it.
pub fn people_view(make: impl Fn(&'static People) -> AnyView + Send + 'static) -> AnyView {
    view_of(&PEOPLE_HERE, make)
}
