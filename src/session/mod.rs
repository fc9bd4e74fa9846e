//! The project in motion: the one place where it changes, with what the screen follows.
//!
//! Signals and plain Rust. Knows no element, window, store or effect, so it runs under `cargo test`
//! in an `Owner`. The screen follows *revisions*, not the project itself: an edit of one mark wakes
//! the lists and, through [`Session::observe`], the one block that shows it.

mod command;
mod cursor;
mod notice;
mod parts;
mod picked;
mod reshape;
mod shown;
mod view_state;
mod watched;
mod ways;

use std::rc::Rc;

use leptos::prelude::*;

pub use command::{Command, Direction, shorten};
pub use cursor::{Cursor, Step};
pub use notice::{Notice, NoticeKind};
pub use parts::nested_with;
pub use picked::{Picked, Picking};
pub use shown::Shown;
pub use view_state::{Backup, Clicks, SaveState, ViewState};
pub use watched::{Derived, Shared, Value, Watched};

use crate::model::{
    AnnotationId, AnnotatorId, Change, DocumentId, Edit, EditContext, EditError, History, LabelId,
    Project, Record, RecordChange, RecordId, Span, Timestamp, plan,
};

/// Where a change comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A person's edit.
    Local,
    /// Undo or redo.
    Undo,
    /// The stored project at start.
    Stored,
    /// The reading set, which comes anew at each start.
    ReadingSet,
    /// Another tab, or the safe copy of an earlier time.
    Elsewhere,
}

/// Writes a change ahead; told the project as it is before the change.
pub type WriteAhead = Rc<dyn Fn(&Change, &Project)>;

/// What the session needs from outside: the clock, chance and the store.
pub struct Outside {
    /// The time now.
    pub now: Rc<dyn Fn() -> Timestamp>,
    /// A fresh id that no record has.
    pub new_id: Rc<dyn Fn() -> String>,
    /// Writes a change ahead: called before the change is applied, with the project as it is.
    pub record: WriteAhead,
}

type Observer = Rc<dyn Fn(&Change, Origin)>;

struct State {
    project: Project,
    history: History,
    annotator: AnnotatorId,
    outside: Outside,
    observers: Vec<Observer>,
    /// The project before the first part of a step that is being made in parts.
    before_parts: Option<Project>,
    /// The project before a step that was made in parts, while that is being announced.
    before_announced: Option<Project>,
}

/// A handle on the running project; copies are the same session.
#[derive(Clone, Copy)]
pub struct Session {
    state: StoredValue<State, LocalStorage>,
    documents: RwSignal<u32>,
    marks: RwSignal<u32>,
    history: RwSignal<u32>,
    /// What is looked at; nothing of it lasts.
    pub view: ViewState,
}

impl Session {
    /// An empty session.
    pub fn new(outside: Outside, annotator: AnnotatorId) -> Self {
        Self {
            state: StoredValue::new_local(State {
                project: Project::default(),
                history: History::default(),
                before_parts: None,
                before_announced: None,
                annotator,
                outside,
                observers: Vec::new(),
            }),
            documents: RwSignal::new(0),
            marks: RwSignal::new(0),
            history: RwSignal::new(0),
            view: ViewState::new(),
        }
    }

    /// Reads the project as it is now, without following it.
    pub fn peek<T>(&self, read: impl FnOnce(&Project) -> T) -> T {
        self.state.with_value(|state| read(&state.project))
    }

    /// Reads the project and follows the list of articles and what is known of them.
    pub fn with_documents<T>(&self, read: impl FnOnce(&Project) -> T) -> T {
        self.documents.track();
        self.peek(read)
    }

    /// Reads the project and follows every mark, label and article.
    pub fn with_marks<T>(&self, read: impl FnOnce(&Project) -> T) -> T {
        // It counts every change, that of an article too.
        self.marks.track();
        self.peek(read)
    }

    /// Follows undo and redo: the names of what they would do.
    pub fn history_names(&self) -> (Option<String>, Option<String>) {
        self.history.track();
        self.state.with_value(|state| {
            let owned = |name: Option<&str>| name.map(str::to_owned);
            (
                owned(state.history.undo_name()),
                owned(state.history.redo_name()),
            )
        })
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        self.state
            .with_value(|state| state.history.undo_name().is_some())
    }

    /// Whether there is an undone step to do again.
    pub fn can_redo(&self) -> bool {
        self.state
            .with_value(|state| state.history.redo_name().is_some())
    }

    /// Calls `observer` after each change, in the same turn: nothing is coalesced or missed.
    pub fn observe(&self, observer: impl Fn(&Change, Origin) + 'static) {
        self.state
            .update_value(|state| state.observers.push(Rc::new(observer)));
    }

    /// Whether whoever is marking here has given exactly these words this label.
    pub fn has_marked(&self, document: &DocumentId, span: Span, label: &LabelId) -> bool {
        self.state.with_value(|state| {
            let annotations = state.project.annotations();
            annotations.has(document, span, label, &state.annotator)
        })
    }

    /// Whoever is marking here.
    pub fn annotator(&self) -> AnnotatorId {
        self.state.with_value(|state| state.annotator.clone())
    }

    /// The clock.
    pub fn now(&self) -> Timestamp {
        self.state.with_value(|state| (state.outside.now)())
    }

    /// A fresh id.
    pub fn new_id(&self) -> String {
        self.state.with_value(|state| (state.outside.new_id)())
    }

    /// Does what is wished, or says why not. The change is in the store before it is applied.
    ///
    /// # Errors
    /// The sentence of [`plan`], where the wish cannot be granted.
    pub fn dispatch(&self, edit: Edit) -> Result<Change, EditError> {
        let change = self.planned(edit)?;
        self.state
            .with_value(|state| (state.outside.record)(&change, &state.project));
        self.state.update_value(|state| {
            state.project.apply(&change);
            state.history.push(change.clone());
        });
        self.announce(&change, Origin::Local);
        Ok(change)
    }

    fn planned(&self, edit: Edit) -> Result<Change, EditError> {
        self.state.with_value(|state| {
            let mut new_annotation_id = || fresh_annotation_id(&state.outside);
            let mut cx = EditContext {
                now: (state.outside.now)(),
                annotator: state.annotator.clone(),
                new_annotation_id: &mut new_annotation_id,
            };
            let relabels = matches!(edit, Edit::Relabel(..));
            let mut change = plan(&state.project, edit, &mut cx)?;
            if relabels && self.view.keeps_first.get_untracked() {
                change.keep_first_labels(&state.project, &state.annotator);
            }
            Ok(change)
        })
    }

    /// A part of a long step: stored and applied, and not yet announced or remembered.
    ///
    /// # Errors
    /// As [`dispatch`](Self::dispatch).
    pub fn dispatch_part(&self, edit: Edit) -> Result<Change, EditError> {
        let change = self.planned(edit)?;
        self.state.update_value(|state| {
            if state.before_parts.is_none() {
                state.before_parts = Some(state.project.clone());
            }
            (state.outside.record)(&change, &state.project);
            state.project.apply(&change);
        });
        Ok(change)
    }

    /// Makes one step of the parts that were dispatched, and announces it. Answers with all of it;
    /// nothing where there was no part.
    pub fn finish_parts(&self, parts: Vec<Change>) -> Option<Change> {
        let mut parts = parts.into_iter();
        let mut whole = parts.next()?;
        // No record is in two parts, so that none has to be looked for.
        parts.for_each(|it| whole.records.extend(it.records));
        self.state
            .update_value(|state| state.history.push(whole.clone()));
        self.state
            .update_value(|state| state.before_announced = state.before_parts.take());
        self.announce(&whole, Origin::Local);
        self.state
            .update_value(|state| state.before_announced = None);
        Some(whole)
    }

    /// The project as it was before the step that is being announced.
    pub fn before(&self, change: &Change) -> Project {
        self.state.with_value(|state| {
            // To take a long step back takes long, and what was before it is here already.
            state.before_announced.clone().unwrap_or_else(|| {
                let mut project = state.project.clone();
                project.apply(&change.inverse());
                project
            })
        })
    }

    /// Takes the last step back; answers with its name.
    pub fn undo(&self) -> Option<String> {
        self.step(History::undo)
    }

    /// Does the last undone step again; answers with its name.
    pub fn redo(&self) -> Option<String> {
        self.step(History::redo)
    }

    fn step(&self, take: fn(&mut History) -> Option<Change>) -> Option<String> {
        let mut change = self
            .state
            .try_update_value(|state| take(&mut state.history))??;
        self.peek(|project| project.narrow(&mut change));
        // Where others have changed all of it since, nothing is left to take back of it.
        if change.records.is_empty() {
            return self.step(take);
        }
        self.state
            .with_value(|state| (state.outside.record)(&change, &state.project));
        self.state
            .update_value(|state| state.project.apply(&change));
        self.announce(&change, Origin::Undo);
        Some(change.name)
    }

    /// Takes in records that need no undo and no saving: the stored project, a reading set.
    pub fn receive(&self, records: Vec<Record>, origin: Origin) {
        let change = Change {
            name: "load".into(),
            records: records.into_iter().map(RecordChange::added).collect(),
            at: self.now(),
            merge_key: None,
        };
        self.receive_change(change, origin);
    }

    /// Removes records that every project begins with and that were removed in an earlier session.
    pub fn receive_gone(&self, ids: &[RecordId]) {
        self.state.update_value(|state| {
            let records = ids.iter().filter_map(|id| state.project.record(id));
            let records = records.map(RecordChange::removed).collect();
            let change = Change {
                name: String::new(),
                records,
                at: Timestamp::default(),
                merge_key: None,
            };
            state.project.apply(&change);
        });
    }

    /// Takes in a change that needs no undo and no saving, as it was made elsewhere.
    pub fn receive_change(&self, change: Change, origin: Origin) {
        self.state
            .update_value(|state| state.project.apply(&change));
        self.announce(&change, origin);
    }

    /// Remembers that these articles were removed once.
    pub fn receive_removed(&self, ids: Vec<DocumentId>) {
        self.state
            .update_value(|state| state.project.mark_removed(ids));
    }

    fn announce(&self, change: &Change, origin: Origin) {
        if matches!(origin, Origin::Local | Origin::Undo) {
            self.view.drop_ways_back();
            self.view.show_changed(change);
        }
        self.peek(|project| self.view.follow_states(change, project));
        let observers = self.state.with_value(|state| state.observers.clone());
        for observer in observers {
            observer(change, origin);
        }
        if self.view.forget_gone(change) {
            self.peek(|project| self.view.stay_open(project.documents()));
        }
        let is_document =
            |record: &Record| !matches!(record, Record::Annotation(_) | Record::Unplaced(_));
        let mut sides = change.records.iter().flat_map(|it| [&it.before, &it.after]);
        if sides.any(|record| record.as_ref().is_some_and(is_document)) {
            self.documents.update(|revision| *revision += 1);
        }
        self.marks.update(|revision| *revision += 1);
        self.history.update(|revision| *revision += 1);
    }
}

fn fresh_annotation_id(outside: &Outside) -> AnnotationId {
    AnnotationId::new(&(outside.new_id)()).expect("fresh ids are made to be valid")
}
