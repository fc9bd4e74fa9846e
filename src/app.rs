//! Puts the parts together: store, session, screen, reading set, scripts.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use crate::dom;
use crate::dom::fetch::Coming;
use crate::dom::route::Route;
use crate::model::{AnnotatorId, Change, Document, DocumentId, Project, Record, use_dictionary};
use crate::session::{Origin, Outside, SaveState, Session};
use crate::storage::{
    Journal, KeyValue, Loaded, LocalStore, MemoryStore, StorageError, is_setting,
};
use crate::ui::reader::{FirstVisit, mark_ready};
use crate::ui::shell::shell;
use crate::ui::{Comparing, Dialog, Screen, Settings, keyboard, label_colors, later, search_for};

mod backup;
mod keeper;
mod keeping;
mod reading_set;
mod room;
mod scripts;
mod upkeep;

/// The reading set where the address names none.
const DEFAULT_SET: &str = "articles/index.json";

/// Starts the page.
pub fn start() {
    later::prepare();
    use_dictionary(dom::dictionary::word_ends);
    leptos::mount::mount_to_body(|| {
        // The set is on its way while what is stored is read.
        let set = dom::route::query("set").unwrap_or_else(|| DEFAULT_SET.to_owned());
        let coming = dom::fetch::ask(&set);
        let (journal, loaded, blocked) = open_journal();
        let journal = Rc::new(RefCell::new(journal));
        let annotator = annotator(&journal);
        let session = Session::new(outside(journal.clone()), annotator);
        let settings = Rc::new(JournalSettings(journal.clone()));
        let screen = Screen::new(session, settings, loaded.quarantined);
        follow_settings(session, screen);
        provide_context(session);
        provide_context(screen);
        let first_visit = screen.recall("hint").is_none();
        provide_context(FirstVisit(first_visit));
        let is_blocked = blocked.is_some();
        let is_new = is_new(&loaded);
        receive(session, loaded, blocked);
        let keeping = (!is_blocked).then(|| keeping::begin(session, journal.clone()));
        if let Some(keeping) = keeping {
            upkeep::begin_later(&keeping, screen);
            screen.follow_exports(move || keeping.was_exported());
        }
        hold_back(session, screen, journal);
        label_colors::follow(session);
        keyboard::listen(session, screen);
        scripts::publish(session);
        begin(session, screen, is_new, set, coming);
        view! { {shell()} }
    });
    if let Some(boot) = dom::find("#boot") {
        boot.remove();
    }
}

/// Local storage, or memory where the browser refuses it; then with the reason.
fn open_journal() -> (Journal, Loaded, Option<StorageError>) {
    let (store, blocked): (Rc<dyn KeyValue>, _) = match LocalStore::open() {
        Ok(store) => (Rc::new(store), None),
        Err(error) => (Rc::new(MemoryStore::default()), Some(error)),
    };
    let (journal, loaded) = Journal::open(store, dom::clock::new_id(), dom::clock::now());
    (journal, loaded, blocked)
}

/// Whoever marks here: an id without a name, made at the first visit.
fn annotator(journal: &Rc<RefCell<Journal>>) -> AnnotatorId {
    let known = journal.borrow().setting("annotator");
    known
        .as_deref()
        .and_then(AnnotatorId::new)
        .unwrap_or_else(|| {
            let id = dom::clock::new_id();
            // Without a store the id lasts as long as the page; nothing else depends on it.
            drop(journal.borrow_mut().set_setting("annotator", &id));
            AnnotatorId::new(&id).expect("fresh ids are made to be valid")
        })
}

/// The clock, chance and the journal, as the session sees them.
fn outside(journal: Rc<RefCell<Journal>>) -> Outside {
    Outside {
        now: Rc::new(dom::clock::now),
        new_id: Rc::new(dom::clock::new_id),
        record: Rc::new(move |change: &Change, project: &Project| {
            // What could not be written stays pending in the journal and shows in the save state.
            drop(journal.borrow_mut().record(change, project));
        }),
    }
}

/// The settings, kept beside the journal.
struct JournalSettings(Rc<RefCell<Journal>>);

impl Settings for JournalSettings {
    fn recall(&self, name: &str) -> Option<String> {
        self.0.borrow().setting(name)
    }

    fn remember(&self, name: &str, value: &str) {
        // One that cannot be kept lasts as long as the page.
        drop(self.0.borrow_mut().set_setting(name, value));
    }
}

/// Takes over settings that are made in another tab.
fn follow_settings(session: Session, screen: Screen) {
    let heard = move |event: web_sys::Event| {
        let event = event.dyn_ref::<web_sys::StorageEvent>();
        if event
            .and_then(|it| it.key())
            .is_some_and(|it| is_setting(&it))
        {
            screen.read_settings(session);
        }
    };
    drop(window_event_listener_untyped("storage", heard));
}

/// Whether nothing was ever kept here.
fn is_new(loaded: &Loaded) -> bool {
    loaded.records.is_empty()
        && loaded.removed_documents.is_empty()
        && loaded.removed_names.is_empty()
        && loaded.quarantined == 0
        && loaded.problems.is_empty()
}

/// Has the browser ask before the page goes while what was done is nowhere but in it.
fn hold_back(session: Session, screen: Screen, journal: Rc<RefCell<Journal>>) {
    let is_changed = Rc::new(Cell::new(false));
    let changed = is_changed.clone();
    session.observe(move |_, origin| {
        if matches!(origin, Origin::Local | Origin::Undo) {
            changed.set(true);
        }
    });
    let exported = is_changed.clone();
    screen.follow_exports(move || exported.set(false));
    let leaving = move |event: web_sys::Event| {
        let is_nowhere = session.view.save.with_untracked(|save| match save {
            SaveState::NotSaved(_) => true,
            // Where the quick storage has no room, it is in memory until the larger store has it.
            SaveState::Saving => journal.borrow().pending() > 0,
            _ => false,
        });
        if is_changed.get() && is_nowhere {
            event.prevent_default();
        }
    };
    drop(window_event_listener_untyped("beforeunload", leaving));
}

/// Takes in what the journal held, and says what could not be read.
fn receive(session: Session, loaded: Loaded, blocked: Option<StorageError>) {
    session.receive_removed(loaded.removed_documents);
    session.receive_gone(&loaded.removed_names);
    session.receive(loaded.records, Origin::Stored);
    for problem in loaded.problems {
        session.view.warn(problem);
    }
    if let Some(error) = blocked {
        for sentence in loaded.missing {
            session.view.warn(sentence);
        }
        let sentence = format!("{error} Export before you close this page.");
        session.set_save_state(SaveState::NotSaved(sentence.clone()));
        session.view.warn(sentence);
    }
}

/// Loads the reading set, which is on its way, and opens what the address names, else the first
/// article.
fn begin(session: Session, screen: Screen, is_new: bool, set: String, coming: Coming) {
    // Before the article that is opened comes to the address.
    let shared = take_shared(session);
    // An article that is stored does not wait for the set.
    open_route(session, screen);
    spawn_local(async move {
        let is_project = match reading_set::load(session, screen, &set, coming).await {
            Ok(is_project) => is_project,
            Err(sentence) => {
                session.view.warn(sentence);
                false
            }
        };
        if is_new && !is_project {
            later::when_here(move |parts| (parts.begin)(session));
        }
        screen.loading.set(false);
        open_first(session, screen);
        if let Some(shared) = shared {
            screen.open(Dialog::Link(shared));
        }
        // Without an article there is nothing to wait for either.
        if session.view.open.with_untracked(Option::is_none) {
            mark_ready();
        }
    });
    let route = window_event_listener(leptos::ev::hashchange, move |_| {
        match take_shared(session) {
            Some(shared) => screen.open(Dialog::Link(shared)),
            None => drop(open_route(session, screen)),
        }
    });
    on_cleanup(move || route.remove());
}

/// What a link holds by which one came here; the address is then that of the open article.
fn take_shared(session: Session) -> Option<String> {
    dom::route::take_shared(session.view.open.get_untracked().as_ref())
}

fn open_first(session: Session, screen: Screen) {
    if session.view.open.with_untracked(Option::is_some) || open_route(session, screen) {
        return;
    }
    let first = session.peek(|project| project.documents().first().map(|it| it.id.clone()));
    if let Some(first) = first {
        session.view.open(first);
    }
}

/// Opens what the address names; answers whether there is such a thing.
fn open_route(session: Session, screen: Screen) -> bool {
    match dom::route::read() {
        None => false,
        Some(Route::Event(event)) => open_event(session, screen, event),
        Some(Route::Search(written)) => {
            search_for(session, screen, written);
            // An article to read is opened as ever.
            session.view.open.with_untracked(Option::is_some)
        }
        Some(Route::Document(document, annotation)) => {
            if session.peek(|project| project.document(&document).is_none()) {
                return false;
            }
            screen.comparing.set(None);
            screen.searching.set(None);
            session.view.open(document);
            if let Some(annotation) = annotation {
                session.view.show(annotation);
            }
            true
        }
    }
}

/// Puts the accounts of an event beside each other; answers whether there are any.
fn open_event(session: Session, screen: Screen, event: String) -> bool {
    let open = session.view.open.get_untracked();
    let first = session.peek(|project| {
        let all = project.documents().iter();
        let mut all = all.filter(|it| it.meta.event == event).map(|it| &it.id);
        let first = all.clone().next().cloned();
        open.filter(|open| all.any(|it| it == open)).or(first)
    });
    let Some(first) = first else {
        return false;
    };
    let is_there = |now: &Option<Comparing>| now.as_ref().is_some_and(|it| it.event == event);
    screen.searching.set(None);
    if !screen.comparing.with_untracked(is_there) {
        screen.comparing.set(Some(Comparing::of(event)));
    }
    session.view.open(first);
    true
}

/// The records of articles that are not here yet and have not been removed before.
fn fresh(session: Session, documents: Vec<Document>) -> Vec<Record> {
    session.peek(|project| {
        let known = |id: &DocumentId| project.document(id).is_some() || project.was_removed(id);
        let fresh = documents.into_iter().filter(|it| !known(&it.id));
        fresh
            .map(|it| Record::Document(std::sync::Arc::new(it)))
            .collect()
    })
}
