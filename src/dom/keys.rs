//! Keys to commands. Knows nothing of what the commands do.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::model::Boundary;
use crate::session::{Command, Direction, End};

/// What a key asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// A command of the session.
    Run(Command),
    /// The sheet with all keys.
    Help,
    /// The list of sentences.
    Sentences,
    /// To find words in the open article.
    Find,
    /// A file with everything.
    Export,
    /// To write in the note of the focused annotation.
    Note,
    /// To copy the words of the focused annotation.
    Copy,
}

/// The keys as the help sheet shows them: keys, what they do.
pub const KEYS: &[(&str, &str)] = &[
    (
        "1 2 3",
        "Mark the selection as claim, quote, opinion; or relabel the mark in focus; or arm the label for painting",
    ),
    ("Delete", "Delete the mark in focus"),
    ("Enter", "Write a note on the mark in focus"),
    (
        "Enter, then ← → ↑ ↓",
        "In the article: a cursor that goes by words and lines; with Ctrl or Alt by sentences; Home and End go to the \
         ends of the paragraph",
    ),
    (
        "Shift + these",
        "Select from the word at the cursor; 1 2 3 mark the selection, or that word",
    ),
    ("s", "List the sentences, to mark them whole"),
    ("n  p", "Go to the next, the previous mark"),
    (
        "Shift + ↑ ↓, Ctrl or ⌘ + A",
        "In the list of marks: select several; then 1 2 3 and Delete change them together",
    ),
    (
        "m",
        "Merge the selected marks, or the one in focus with those of its label that touch it",
    ),
    (
        "x",
        "In the article: split the mark where the cursor or the last click is",
    ),
    (
        "+  -",
        "Add the selected words to the mark that was in focus, as a further part; drop the part one has clicked",
    ),
    (
        "w",
        "Swap nesting: the mark in focus and the one around it or within it change places",
    ),
    (
        "c",
        "Copy the words of the mark in focus, with their source",
    ),
    ("h", "Hide all marks, to read the words alone; or show them"),
    ("Shift + ← →", "Move the end of the mark by a word"),
    ("Alt + ← →", "Move the end of the mark by a character"),
    ("Shift + ↑ ↓", "Move the start of the mark by a word"),
    ("Alt + ↑ ↓", "Move the start of the mark by a character"),
    (
        "/",
        "Find words in the article: Enter selects them and goes on to the next ones",
    ),
    ("]  [", "Open the next, the previous article"),
    ("Ctrl or ⌘ + Z", "Undo"),
    ("Shift + Ctrl or ⌘ + Z", "Redo"),
    ("Ctrl or ⌘ + S", "Save everything in a file"),
    ("Ctrl or ⌘ + V", "Paste a text as a new article"),
    (
        "Escape",
        "Let go of the selection, the mark, the cursor, the label",
    ),
    ("?", "This sheet"),
];

/// What a key press asks for, if anything. `mark_in_focus` gives arrow keys and Enter their
/// second meaning; `letters` tells whether single letters and digits are commands.
pub fn read(event: &KeyboardEvent, mark_in_focus: bool, letters: bool) -> Option<Wish> {
    if event.default_prevented() || event.is_composing() || is_typing(event) {
        return None;
    }
    let control = event.ctrl_key() || event.meta_key();
    let key = event.key();
    let run = |command| Some(Wish::Run(command));
    if control {
        return match (key.to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => run(Command::Undo),
            ("z", true) | ("y", false) => run(Command::Redo),
            ("s", false) => Some(Wish::Export),
            _ => None,
        };
    }
    if mark_in_focus && let Some(command) = arrow(event, &key) {
        return run(command);
    }
    match key.as_str() {
        "Escape" => return run(Command::LetGo),
        "Delete" | "Backspace" => return run(Command::Delete),
        "Enter" if mark_in_focus && !on_control(event) => return Some(Wish::Note),
        _ => {}
    }
    if event.alt_key() || !letters {
        return None;
    }
    match key.as_str() {
        "?" => Some(Wish::Help),
        "s" => Some(Wish::Sentences),
        "m" => run(Command::Join),
        "+" => run(Command::AddToMark),
        "-" => run(Command::DropPart),
        "w" => run(Command::SwapNesting),
        "c" if mark_in_focus => Some(Wish::Copy),
        "h" => run(Command::HideMarks),
        "/" => Some(Wish::Find),
        "n" => run(Command::GoToMark(Direction::Forward)),
        "p" => run(Command::GoToMark(Direction::Back)),
        "]" => run(Command::GoToArticle(Direction::Forward)),
        "[" => run(Command::GoToArticle(Direction::Back)),
        digit => match digit.parse::<usize>() {
            Ok(number @ 1..=9) => run(Command::LabelAt(number - 1)),
            _ => None,
        },
    }
}

fn arrow(event: &KeyboardEvent, key: &str) -> Option<Command> {
    let (end, direction) = match key {
        "ArrowRight" => (End::End, Direction::Forward),
        "ArrowLeft" => (End::End, Direction::Back),
        "ArrowDown" => (End::Start, Direction::Forward),
        "ArrowUp" => (End::Start, Direction::Back),
        _ => return None,
    };
    let boundary = match (event.shift_key(), event.alt_key()) {
        (true, false) => Boundary::Word,
        (false, true) => Boundary::Grapheme,
        _ => return None,
    };
    Some(Command::MoveEnd(end, boundary, direction))
}

fn target(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Whether the key goes into a field, or to a dialog, which has keys of its own. One that is open has
/// them all, even where the button in it that had the focus is gone.
fn is_typing(event: &KeyboardEvent) -> bool {
    if let Ok(Some(_)) = super::document().query_selector("dialog[open]") {
        return true;
    }
    let fields = "textarea, select, [contenteditable], \
                  input:not([type=checkbox]):not([type=radio]):not([type=file])";
    target(event).is_some_and(|it| it.closest(fields).ok().flatten().is_some())
}

/// Whether Enter means to press what has the keyboard's focus.
fn on_control(event: &KeyboardEvent) -> bool {
    let controls = "button, a[href], input, summary";
    target(event).is_some_and(|it| it.closest(controls).ok().flatten().is_some())
}
