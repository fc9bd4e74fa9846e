//! The parts of the program that are not needed to read and mark an article. They come in files of their own, which the
//! page fetches by itself once it is ready; who asks for them earlier waits. The formats of other programs come third,
//! since few ask for them, and the making of labels and questions fourth. What shows accounts of an event beside each
//! other comes fifth, people last.
//!
//! Only what is reachable from [`Parts`], and from nothing else, is in the second file, only what is reachable from
//! [`Doors`], [`Scheme`], [`Accounts`] or [`People`] alone in the others: code that calls these functions by their own
//! names would bring them back into the first one. What several need is in files that come with each of them. What the
//! stores have in the second file is in `app/upkeep.rs`.

mod people;

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::thread::LocalKey;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wasm_bindgen::JsValue;
use web_sys::File;

use super::accounts::{self, scripting as asked};
use super::dynamic::when;
use super::inspector::{self, Task};
use super::marks::{self, Listed};
use super::reader::{self, Page};
use super::{Dialog, Report, Screen, dialogs, exchange, opening, scheme};
use crate::dom::{self, scripting::Answer};
use crate::format::{Problem, Reading};
use crate::model::AnnotationId;
use crate::session::Session;
use people::PEOPLE_HERE;
pub use people::{CountAgreement, People, people_part, people_view, save_copy};

/// What is said where the parts cannot be fetched.
const MISSING: &str = "A part of Sourcelight could not be loaded. Check the connection and try again; if that does not help, reload the page.";

/// How long after the page is ready the parts are fetched: what is there is painted first.
const SOON: Duration = Duration::from_millis(50);

/// What the second file can do.
pub struct Parts {
    /// Reads files, several at once, and hands them to [`Doors::open`].
    pub open_files: fn(Session, Screen, Vec<File>),
    /// Reads a file of our own, or an article: its name, its bytes.
    pub read_file: fn(Session, &str, &[u8]) -> Result<Reading, Problem>,
    /// Takes over what was read as one step and opens the first article that came.
    pub merge: fn(Session, Reading) -> Report,
    /// A dialog.
    pub dialog: fn(Dialog) -> AnyView,
    /// The bar for finding words, and the strip beside the scroll bar.
    pub around: fn(Page) -> AnyView,
    /// What can be done with several marks at once.
    pub picking_bar: fn(Listed) -> AnyView,
    /// What stands above the list of marks: what is missing, and marks without a place.
    pub tray: fn() -> AnyView,
    /// The choice of whose marks are shown.
    pub whose: fn() -> AnyView,
    /// What is asked and said of the mark in focus.
    pub inspector: fn(AnnotationId) -> AnyView,
    /// The note of a mark as it reads, where that is not how it stands.
    pub note_look: fn(AnnotationId) -> AnyView,
    /// What lies over the text and is about marks.
    pub over_text: fn(Page) -> AnyView,
    /// Lets a new project ask what comes with the page.
    pub begin: fn(Session),
    /// What commands ask of the panels about marks.
    pub run: fn(Task, Session, Screen),
}

/// What is done with the parts once they are here.
type Waiting = Box<dyn FnOnce(&'static Parts)>;

/// What the third file can do: the formats of other programs, in and out.
pub struct Doors {
    /// Takes over files by their names and bytes, or asks what is to become of them.
    pub open: fn(Session, Screen, Vec<exchange::File>, Vec<Problem>),
    /// The dialogs of export and import.
    pub dialog: fn(Dialog) -> AnyView,
    /// The list of formats, for scripts.
    pub formats: fn() -> JsValue,
    /// The files of a format, for scripts: the name of the format, and what is chosen.
    pub export_as:
        fn(Session, &JsValue, &JsValue, Option<CountAgreement>) -> Result<JsValue, String>,
    /// Takes files over and tells what became of them, for scripts: the files, and what is chosen.
    pub import_files: fn(Session, &JsValue, &JsValue) -> Result<JsValue, String>,
}

/// What the fourth file can do: what a project asks of those who mark, to be changed and read.
pub struct Scheme {
    /// The dialog.
    pub dialog: fn(Dialog) -> AnyView,
    /// What the labels mean, beside the text.
    pub guide: fn() -> AnyView,
    /// Goes to the next mark that was made before its label meant what it means now.
    pub next_earlier: fn(Session),
    /// Says of the mark in focus that it has its label still.
    pub review: fn(Session),
}

/// What the fifth file can do: accounts of one event beside each other, and what they have in common.
pub struct Accounts {
    /// What is asked of two texts of an article.
    pub editions: accounts::Editions,
    /// The columns beside which the real reader stands.
    pub columns: fn(Page) -> AnyView,
    /// What stands above and below the columns.
    pub around: fn(Page) -> AnyView,
    /// The versions of a span in the other articles, for scripts.
    pub thread: fn(Session, JsValue) -> Answer,
    /// The passages that articles share, for scripts.
    pub shared: fn(Session) -> Answer,
    /// The figures of an event, for scripts.
    pub figures: fn(Session, JsValue) -> Answer,
}

/// The files that dialogs are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// [`Parts`].
    Second,
    /// [`Doors`].
    Doors,
    /// [`Scheme`].
    Scheme,
    /// [`People`].
    People,
}

/// Fetches a file.
type Fetch<T> = fn() -> Pin<Box<dyn Future<Output = Result<&'static T, SplitLoaderError>>>>;

/// What a file can do, once it is here.
type Here<T> = LocalKey<Cell<Option<&'static T>>>;

thread_local! {
    /// Set by [`prepare`]: were a cut named by a part, whoever links the parts as they are, without the tool that cuts,
    /// as tests in a browser do, would have a program that does not load.
    static FETCH_PARTS: Cell<Option<Fetch<Parts>>> = const { Cell::new(None) };
    static FETCH_DOORS: Cell<Option<Fetch<Doors>>> = const { Cell::new(None) };
    static FETCH_SCHEME: Cell<Option<Fetch<Scheme>>> = const { Cell::new(None) };
    static FETCH_ACCOUNTS: Cell<Option<Fetch<Accounts>>> = const { Cell::new(None) };
    static PARTS_HERE: Cell<Option<&'static Parts>> = const { Cell::new(None) };
    static DOORS_HERE: Cell<Option<&'static Doors>> = const { Cell::new(None) };
    static SCHEME_HERE: Cell<Option<&'static Scheme>> = const { Cell::new(None) };
    static ACCOUNTS_HERE: Cell<Option<&'static Accounts>> = const { Cell::new(None) };
    /// Counted on by every file that comes, for what is shown as soon as its own is here.
    static AWAITED: RefCell<Vec<RwSignal<u32>>> = const { RefCell::new(Vec::new()) };
    static WAITING: RefCell<Vec<Waiting>> = const { RefCell::new(Vec::new()) };
}

/// Where the program is cut: all that this function names is in the second file. The macro makes a
/// foreign function of it, which is unsafe code, but not of ours.
#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetched_parts() -> Result<&'static Parts, SplitLoaderError> {
    static PARTS: Parts = Parts {
        open_files: opening::read_files,
        read_file: opening::read_file,
        merge: opening::merge,
        dialog: dialogs::shown,
        around: reader::around,
        picking_bar: marks::picking_bar,
        tray: marks::tray,
        whose: marks::whose,
        inspector: inspector::inspector,
        note_look: inspector::note_look,
        over_text: inspector::over_text,
        begin: inspector::begin,
        run: inspector::run,
    };
    Ok(&PARTS)
}

/// Where it is cut a second time.
#[wasm_split(doors, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetched_doors() -> Result<&'static Doors, SplitLoaderError> {
    static DOORS: Doors = Doors {
        open: exchange::open,
        dialog: exchange::dialog,
        formats: exchange::scripting::formats,
        export_as: exchange::scripting::export_as,
        import_files: exchange::scripting::import_files,
    };
    Ok(&DOORS)
}

/// Where it is cut a third time.
#[wasm_split(scheme, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetched_scheme() -> Result<&'static Scheme, SplitLoaderError> {
    dom::add_style_sheet(scheme::LOOKS);
    static SCHEME: Scheme = Scheme {
        dialog: scheme::dialog,
        guide: scheme::guide_beside,
        next_earlier: scheme::next_earlier,
        review: scheme::review,
    };
    Ok(&SCHEME)
}

/// Where it is cut a fourth time.
#[wasm_split(accounts, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetched_accounts() -> Result<&'static Accounts, SplitLoaderError> {
    static ACCOUNTS: Accounts = Accounts {
        editions: accounts::EDITIONS,
        columns: accounts::columns,
        around: accounts::around,
        thread: asked::thread_of,
        shared: asked::shared_passages,
        figures: asked::figures_of,
    };
    Ok(&ACCOUNTS)
}

/// The parts, as soon as they are here. Asks for them where that has failed before.
///
/// # Errors
/// A sentence, where they cannot be fetched.
pub async fn parts() -> Result<&'static Parts, String> {
    let parts = fetched(&PARTS_HERE, FETCH_PARTS.get()).await?;
    for act in WAITING.take() {
        act(parts);
    }
    Ok(parts)
}

/// The formats of other programs, by the same rules as [`parts`].
///
/// # Errors
/// A sentence, where they cannot be fetched.
pub fn doors() -> impl Future<Output = Result<&'static Doors, String>> {
    fetched(&DOORS_HERE, FETCH_DOORS.get())
}

/// What changes labels and questions, by the same rules.
fn scheme_part() -> impl Future<Output = Result<&'static Scheme, String>> {
    fetched(&SCHEME_HERE, FETCH_SCHEME.get())
}

/// What shows accounts beside each other, by the same rules.
///
/// # Errors
/// A sentence, where it cannot be fetched.
pub fn accounts_part() -> impl Future<Output = Result<&'static Accounts, String>> {
    fetched(&ACCOUNTS_HERE, FETCH_ACCOUNTS.get())
}

async fn fetched<T>(here: &'static Here<T>, fetch: Option<Fetch<T>>) -> Result<&'static T, String> {
    if let Some(part) = here.get() {
        return Ok(part);
    }
    let missing = || MISSING.to_owned();
    let fetch = fetch.ok_or_else(missing)?;
    let part = fetch().await.map_err(|_| missing())?;
    here.set(Some(part));
    for count in AWAITED.with_borrow(Vec::clone) {
        count.update(|it| *it += 1);
    }
    tell_complete();
    Ok(part)
}

/// Says in the page when nothing is fetched any more.
fn tell_complete() {
    let is_complete = PARTS_HERE.get().is_some()
        && DOORS_HERE.get().is_some()
        && SCHEME_HERE.get().is_some()
        && ACCOUNTS_HERE.get().is_some()
        && PEOPLE_HERE.get().is_some();
    if let (true, Some(root)) = (is_complete, dom::root()) {
        drop(root.set_attribute("data-complete", ""));
    }
}

/// Says where the parts come from; before anything else.
pub fn prepare() {
    FETCH_PARTS.set(Some(|| Box::pin(fetched_parts())));
    FETCH_DOORS.set(Some(|| Box::pin(fetched_doors())));
    FETCH_SCHEME.set(Some(|| Box::pin(fetched_scheme())));
    FETCH_ACCOUNTS.set(Some(|| Box::pin(fetched_accounts())));
    people::prepare();
}

/// Fetches everything before anybody asks for it.
pub fn fetch_soon() {
    fetch_after(SOON);
}

/// Where it fails nobody is told: whoever asks for it tries again, and so does this, ever less often.
fn fetch_after(wait: Duration) {
    let fetch = async move {
        // One that does not come holds up no other.
        let parts = parts().await.is_ok();
        let doors = doors().await.is_ok();
        let scheme = scheme_part().await.is_ok();
        let accounts = accounts_part().await.is_ok();
        if !(people_part().await.is_ok() && accounts && scheme && parts && doors) {
            fetch_after(wait * 10);
        }
    };
    set_timeout(move || spawn_local(fetch), wait);
}

/// Whether the second file is here.
pub fn is_here() -> bool {
    PARTS_HERE.get().is_some()
}

/// Does something with the parts: at once if they are here, else once they are. Does not ask for them.
pub fn when_here(act: impl FnOnce(&'static Parts) + 'static) {
    match PARTS_HERE.get() {
        Some(parts) => act(parts),
        None => WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(act))),
    }
}

/// A part of the screen that comes with the parts.
pub fn view(make: impl Fn(&'static Parts) -> AnyView + Send + 'static) -> AnyView {
    view_of(&PARTS_HERE, make)
}

/// A part of the screen that comes with the accounts.
pub fn accounts_view(make: impl Fn(&'static Accounts) -> AnyView + Send + 'static) -> AnyView {
    view_of(&ACCOUNTS_HERE, make)
}

fn view_of<T>(
    here: &'static Here<T>,
    make: impl Fn(&'static T) -> AnyView + Send + 'static,
) -> AnyView {
    let count = RwSignal::new(0);
    if here.get().is_none() {
        AWAITED.with_borrow_mut(|awaited| awaited.push(count));
    }
    let is_here = move || {
        count.track();
        here.get().is_some()
    };
    when(is_here, move || {
        here.get().map_or_else(|| ().into_any(), &make)
    })
}

/// The view of a dialog, if its part is here.
pub fn dialog(which: &Dialog) -> Option<AnyView> {
    let show = match which.part() {
        Part::Second => PARTS_HERE.get()?.dialog,
        Part::Doors => DOORS_HERE.get()?.dialog,
        Part::Scheme => SCHEME_HERE.get()?.dialog,
        Part::People => PEOPLE_HERE.get()?.dialog,
    };
    Some(show(which.clone()))
}

/// Waits for the part that a dialog is in.
///
/// # Errors
/// A sentence, where it cannot be fetched.
pub async fn wait_for(which: &Dialog) -> Result<(), String> {
    match which.part() {
        Part::Second => parts().await.map(drop),
        Part::Doors => doors().await.map(drop),
        Part::Scheme => scheme_part().await.map(drop),
        Part::People => people_part().await.map(drop),
    }
}

/// Does what a command asks of the panels about marks.
pub fn run(task: Task, session: Session, screen: Screen) {
    with_parts(session, move |parts| (parts.run)(task, session, screen));
}

/// Does something with the parts once they are here. Where they cannot be fetched the person is told.
pub fn with_parts(session: Session, act: impl FnOnce(&'static Parts) + 'static) {
    match PARTS_HERE.get() {
        Some(parts) => act(parts),
        None => spawn_local(async move {
            match parts().await {
                Ok(parts) => act(parts),
                Err(sentence) => session.view.warn(sentence),
            }
        }),
    }
}

/// What the labels mean, beside the text; it is asked for from what changes labels alone.
pub fn guide() -> AnyView {
    SCHEME_HERE
        .get()
        .map_or_else(|| ().into_any(), |it| (it.guide)())
}

/// Does something with what changes labels and questions, if that is here; else says that it is missing.
pub fn with_scheme(session: Session, act: impl FnOnce(&'static Scheme, Session)) {
    match SCHEME_HERE.get() {
        Some(scheme) => act(scheme, session),
        None => session.view.warn(MISSING),
    }
}
