//! Everything that the page can do, each thing with a name, keys and what it needs: the one source
//! for keys, for the list of commands and for the help.

mod keymap;
mod table;

use std::sync::Arc;

use crate::dom::keys::{Chord, has_command_key};
use crate::model::{DocumentId, Label, LabelId, Project};
use crate::session::Session;

use super::element::{Element, button};
use super::{Screen, context};
pub use keymap::Keymap;
pub use table::SECTIONS;

/// A command of the page.
pub struct Entry {
    /// What it is remembered by; it never means another command.
    pub id: &'static str,
    name: &'static str,
    /// The keys it has as long as nobody changes them, separated by spaces.
    keys: &'static str,
    need: Need,
    act: fn(Session, Screen),
}

/// What has to be there for a command to do something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Nothing,
    Article,
    /// A label at this place of those that are offered, from 0, and an article.
    Label(usize),
    /// Marks in the open article.
    Marks,
    /// A mark in focus. Its keys mean nothing where there is none.
    Focus,
    /// A mark in focus or several that are selected.
    Chosen,
    /// A selection or a mark in focus.
    Words,
    Undo,
    Redo,
}

/// All commands in the order of the table.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    SECTIONS.iter().flat_map(|(_, entries)| *entries)
}

/// The command that is remembered by this.
pub fn entry(id: &str) -> Option<&'static Entry> {
    all().find(|it| it.id == id)
}

impl Entry {
    /// What people call it; `None` where there is no such thing in this project.
    pub fn name(&self, session: Session) -> Option<String> {
        let Need::Label(place) = self.need else {
            return Some(self.name.to_owned());
        };
        session.peek(|project| {
            let label = project.schema().offered().nth(place)?;
            let label = label.name.to_ascii_lowercase();
            Some(format!("Mark as {label}"))
        })
    }

    /// The keys it has as long as nobody changes them, the one to be shown first.
    pub fn usual_keys(&self) -> Vec<Chord> {
        self.keys.split(' ').filter_map(Chord::read).collect()
    }

    /// Why it would do nothing now; `None` where it does something.
    pub fn hindrance(&self, session: Session) -> Option<&'static str> {
        let view = session.view;
        let in_article = |read: &dyn Fn(&DocumentId) -> bool| {
            view.open.with_untracked(|it| it.as_ref().is_some_and(read))
        };
        let has_focus = || session.focused().is_some();
        let (is_met, why) = match self.need {
            Need::Nothing => (true, ""),
            Need::Article | Need::Label(_) => (in_article(&|_| true), "No article is open."),
            Need::Marks => {
                let has_marks = |id: &DocumentId| {
                    session.peek(|project| !project.annotations().of(id).is_empty())
                };
                (in_article(&has_marks), "Nothing is marked here yet.")
            }
            Need::Focus => (has_focus(), "No mark is in focus."),
            Need::Chosen => (
                has_focus() || !session.picked_now().is_empty(),
                "No mark is in focus.",
            ),
            Need::Words => (
                has_focus() || view.draft.with_untracked(Option::is_some),
                "Nothing is selected.",
            ),
            Need::Undo => (session.can_undo(), "There is nothing to undo."),
            Need::Redo => (session.can_redo(), "There is nothing to redo."),
        };
        (!is_met).then_some(why)
    }

    /// Whether its keys are for it now. Most commands say by themselves why they do nothing.
    pub fn takes_keys(&self, session: Session) -> bool {
        self.need != Need::Focus || self.hindrance(session).is_none()
    }

    /// Whether its keys are for it where somebody types, too.
    pub fn works_in_fields(&self) -> bool {
        self.id == table::COMMANDS
    }

    /// Does it.
    pub fn run(&self, session: Session, screen: Screen) {
        (self.act)(session, screen);
    }

    /// Its keys as people read them; empty where it has none. Follows them.
    pub fn shown_keys(&self, screen: Screen) -> String {
        shown(&screen.keys.with(|keys| keys.of(self)))
    }

    /// The value for `aria-keyshortcuts`, where it has keys. Follows them.
    pub fn keys_for_aria(&self, screen: Screen) -> Option<String> {
        for_aria(&screen.keys.with(|keys| keys.of(self)))
    }

    /// Whether it gives the label at some place, so that a label's own key comes before it.
    pub fn gives_label(&self) -> bool {
        matches!(self.need, Need::Label(_))
    }
}

/// Keys as people read them; empty where there are none.
pub fn shown(chords: &[Chord]) -> String {
    let has_command = has_command_key();
    let shown = chords.iter().map(|it| it.shown(has_command));
    shown.collect::<Vec<_>>().join(", ")
}

/// The value for `aria-keyshortcuts`, where there are keys.
pub fn for_aria(chords: &[Chord]) -> Option<String> {
    let names: Vec<String> = chords.iter().map(Chord::for_aria).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// A label's own key as it is pressed.
fn own_key(label: &Label) -> Option<Chord> {
    Chord::read(label.key?.encode_utf8(&mut [0; 4]))
}

/// Whether a label's own key counts, where this command has it, too.
fn yields(command: Option<&Entry>) -> bool {
    command.is_none_or(Entry::gives_label)
}

/// The keys that give the label at this place of those that are offered: its own one, else those of its
/// place. Follows them.
pub fn label_keys(screen: Screen, label: &Label, place: usize) -> Vec<Chord> {
    screen.keys.with(|keys| {
        let own = own_key(label).filter(|it| yields(keys.command(it)));
        match (own, entry(&format!("label-{}", place + 1))) {
            (Some(own), _) => vec![own],
            (None, Some(entry)) => keys.of(entry),
            (None, None) => Vec::new(),
        }
    })
}

/// The label that has these keys of its own, unless they are those of `command`, which has nothing to do
/// with labels.
fn label_of(session: Session, chord: &Chord, command: Option<&Entry>) -> Option<LabelId> {
    let is_it = |label: &&Arc<Label>| own_key(label).as_ref() == Some(chord);
    let find = |project: &Project| {
        project
            .schema()
            .offered()
            .find(is_it)
            .map(|it| it.id.clone())
    };
    session.peek(find).filter(|_| yields(command))
}

/// What keys mean: the command they run, and the label they give. A letter of another alphabet of which neither is
/// known means what the Latin one in its place does. `code` is the place of the key.
pub fn meaning(
    session: Session,
    screen: Screen,
    chord: &Chord,
    code: &str,
) -> (Option<&'static Entry>, Option<LabelId>) {
    let of = |chord: &Chord| {
        let command = screen.keys.with_untracked(|keys| keys.command(chord));
        (command, label_of(session, chord, command))
    };
    match (of(chord), chord.in_latin(code)) {
        ((None, None), Some(latin)) => of(&latin),
        (found, _) => found,
    }
}

/// A button that runs the command with this id, and tells its keys.
pub fn command_button(words: &'static str, id: &'static str) -> Element {
    let (session, screen) = context();
    let run = move || {
        if let Some(entry) = entry(id) {
            entry.run(session, screen);
        }
    };
    button(words, run).follow_maybe("aria-keyshortcuts", move || keys_for_aria(screen, id))
}

/// The keys of the command with this id, for `aria-keyshortcuts`.
pub fn keys_for_aria(screen: Screen, id: &'static str) -> Option<String> {
    entry(id)?.keys_for_aria(screen)
}
