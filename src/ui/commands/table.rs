//! The table of commands. A new one is one line; its id is never used for another.

use leptos::prelude::*;

use super::{Entry, Need};
use crate::dom;
use crate::model::{Boundary, End, Progress};
use crate::session::{Clicks, Command, Direction, Session};
use crate::ui::accounts;
use crate::ui::dialogs::open_mark_all;
use crate::ui::inspector::Task;
use crate::ui::look::{self, Look};
use crate::ui::reader::{article, copy_focused};
use crate::ui::saving::export_all;
use crate::ui::{Dialog, PeoplePage, SchemePage, Screen, Sheet, later};

const fn entry(
    id: &'static str,
    name: &'static str,
    keys: &'static str,
    need: Need,
    act: fn(Session, Screen),
) -> Entry {
    Entry {
        id,
        name,
        keys,
        need,
        act,
    }
}

/// The commands by what they are about, as help and list show them.
pub const SECTIONS: &[(&str, &[Entry])] = &[
    ("Marking", MARKING),
    ("Ends of the mark", ENDS),
    ("Questions and speakers", QUESTIONS),
    ("Reading", READING),
    ("The article", ARTICLE),
    ("Files and work", FILES),
    ("Look", LOOK),
];

#[rustfmt::skip]
const MARKING: &[Entry] = &[
    entry("label-1", "", "1", Need::Label(0), |session, _| Command::LabelAt(0).run(session)),
    entry("label-2", "", "2", Need::Label(1), |session, _| Command::LabelAt(1).run(session)),
    entry("label-3", "", "3", Need::Label(2), |session, _| Command::LabelAt(2).run(session)),
    entry("label-4", "", "4", Need::Label(3), |session, _| Command::LabelAt(3).run(session)),
    entry("label-5", "", "5", Need::Label(4), |session, _| Command::LabelAt(4).run(session)),
    entry("label-6", "", "6", Need::Label(5), |session, _| Command::LabelAt(5).run(session)),
    entry("label-7", "", "7", Need::Label(6), |session, _| Command::LabelAt(6).run(session)),
    entry("label-8", "", "8", Need::Label(7), |session, _| Command::LabelAt(7).run(session)),
    entry("label-9", "", "9", Need::Label(8), |session, _| Command::LabelAt(8).run(session)),
    entry("delete", "Delete the mark", "Delete Backspace", Need::Chosen, |session, _| Command::Delete.run(session)),
    entry("note", "Write a note on the mark", "Enter", Need::Focus, |_, screen| screen.ask(screen.note)),
    entry("copy", "Copy the words of the mark with their source", "c", Need::Focus, |session, _| copy_focused(session)),
    entry("merge", "Merge the selected marks, or the mark with those of its label that touch it", "m", Need::Chosen, |session, _| Command::Join.run(session)),
    entry("split", "Split the mark at the cursor or the last click", "x", Need::Marks, |_, screen| screen.ask(screen.split)),
    entry("split-by-click", "Split the mark by a click at a word", "", Need::Focus, |session, _| Command::Await(Clicks::Split).run(session)),
    entry("add-to-mark", "Add the selected words to the mark, as a further part", "+", Need::Marks, |session, _| Command::AddToMark.run(session)),
    entry("add-words", "Add words to the mark by two clicks", "", Need::Focus, |session, _| Command::Await(Clicks::Add).run(session)),
    entry("drop-part", "Drop the part of the mark that was clicked", "-", Need::Focus, |session, _| Command::DropPart.run(session)),
    entry("swap-nesting", "Swap nesting: the mark and the one around it or within it change places", "w", Need::Chosen, |session, _| Command::SwapNesting.run(session)),
    entry("mark-all", "Mark all places with the same words…", "", Need::Words, mark_all),
    entry("sentences", "List the sentences, to mark them whole", "s", Need::Article, |_, screen| screen.open(Dialog::Sentences)),
    entry("select-several", "Select several marks", "", Need::Marks, select_several),
    entry("guide", "What the labels mean", "g", Need::Nothing, |_, screen| screen.open(Dialog::Scheme(SchemePage::Guide))),
    entry("guide-beside", "The guide beside the text, or away again", "", Need::Nothing, |session, screen| later::with_scheme(session, move |_, _| screen.desk.update(|it| it.guide = !it.guide))),
    entry("next-earlier", "Go to the next mark that is older than the definition of its label", "", Need::Nothing, |session, _| later::with_scheme(session, |it, session| (it.next_earlier)(session))),
    entry("review", "The mark has its label still, though the definition has changed", "", Need::Focus, |session, _| later::with_scheme(session, |it, session| (it.review)(session))),
    entry("whole-words", "Whole words on or off", "", Need::Nothing, |session, screen| screen.set_whole_words(session, !session.view.whole_words.get_untracked())),
    entry("undo", "Undo", "Control+z", Need::Undo, |session, _| Command::Undo.run(session)),
    entry("redo", "Redo", "Control+Shift+z Control+y", Need::Redo, |session, _| Command::Redo.run(session)),
    entry("let-go", "Let go of the selection, the mark, the cursor, the label", "Escape", Need::Nothing, |session, _| Command::LetGo.run(session)),
];

#[rustfmt::skip]
const ENDS: &[Entry] = &[
    entry("end-on-by-word", "Move the end of the mark on by a word", "Shift+ArrowRight", Need::Focus, |session, _| move_end(session, End::End, Boundary::Word, Direction::Forward)),
    entry("end-back-by-word", "Move the end of the mark back by a word", "Shift+ArrowLeft", Need::Focus, |session, _| move_end(session, End::End, Boundary::Word, Direction::Back)),
    entry("end-on-by-character", "Move the end of the mark on by a character", "Alt+ArrowRight", Need::Focus, |session, _| move_end(session, End::End, Boundary::Grapheme, Direction::Forward)),
    entry("end-back-by-character", "Move the end of the mark back by a character", "Alt+ArrowLeft", Need::Focus, |session, _| move_end(session, End::End, Boundary::Grapheme, Direction::Back)),
    entry("start-on-by-word", "Move the start of the mark on by a word", "Shift+ArrowDown", Need::Focus, |session, _| move_end(session, End::Start, Boundary::Word, Direction::Forward)),
    entry("start-back-by-word", "Move the start of the mark back by a word", "Shift+ArrowUp", Need::Focus, |session, _| move_end(session, End::Start, Boundary::Word, Direction::Back)),
    entry("start-on-by-character", "Move the start of the mark on by a character", "Alt+ArrowDown", Need::Focus, |session, _| move_end(session, End::Start, Boundary::Grapheme, Direction::Forward)),
    entry("start-back-by-character", "Move the start of the mark back by a character", "Alt+ArrowUp", Need::Focus, |session, _| move_end(session, End::Start, Boundary::Grapheme, Direction::Back)),
];

#[rustfmt::skip]
const QUESTIONS: &[Entry] = &[
    entry("answer", "Answer the questions about the mark", "a", Need::Chosen, |session, screen| later::run(Task::Answer, session, screen)),
    entry("next-missing", "Go to the next mark that lacks a required answer", "u", Need::Marks, |session, screen| later::run(Task::NextMissing, session, screen)),
    entry("missing", "What is missing in which article", "", Need::Nothing, |_, screen| screen.open(Dialog::Missing(false))),
    entry("relate", "Relate the mark to another: here, then there", "r", Need::Focus, |session, screen| later::run(Task::Relate, session, screen)),
    entry("draw-relations", "Draw the relations of the mark, or hide them", "l", Need::Focus, |session, screen| later::run(Task::Draw, session, screen)),
    entry("cast", "Cast: who speaks", "", Need::Nothing, |_, screen| screen.open(Dialog::Cast)),
];

#[rustfmt::skip]
const READING: &[Entry] = &[
    entry("find", "Find words in the article", "/", Need::Article, |_, screen| screen.ask(screen.find)),
    entry("search", "Search all articles", "Control+Shift+f", Need::Nothing, accounts::search),
    entry("next-mark", "Go to the next mark", "n", Need::Marks, |session, _| Command::GoToMark(Direction::Forward).run(session)),
    entry("previous-mark", "Go to the previous mark", "p", Need::Marks, |session, _| Command::GoToMark(Direction::Back).run(session)),
    entry("next-article", "Open the next article", "]", Need::Nothing, |session, _| Command::GoToArticle(Direction::Forward).run(session)),
    entry("previous-article", "Open the previous article", "[", Need::Nothing, |session, _| Command::GoToArticle(Direction::Back).run(session)),
    entry("hide-marks", "Hide all marks, or show them again", "h", Need::Article, |session, _| Command::HideMarks.run(session)),
    entry("all-labels", "Show all marks again", "", Need::Article, |session, _| session.view.show_all()),
    entry("compare", "Compare accounts of the event beside each other, or read one article", "e", Need::Article, accounts::compare),
    entry("versions", "Find the same words in the other accounts", "t", Need::Words, accounts::find_versions),
    entry("focus-mode", "Focus mode: the text alone, or everything again", "f", Need::Article, |session, _| Command::FocusMode.run(session)),
    entry("list-of-articles", "Go to the list of articles", "", Need::Nothing, |session, screen| go_to_list(session, screen, Sheet::Articles, "#articles .article-open")),
    entry("list-of-marks", "Go to the list of marks", "", Need::Nothing, |session, screen| go_to_list(session, screen, Sheet::Marks, "#mark-filter")),
];

#[rustfmt::skip]
const ARTICLE: &[Entry] = &[
    entry("details", "Details of the article", "", Need::Article, article::details),
    entry("later-text", "Load a later text of the article, with its marks", "", Need::Article, article::later_text),
    entry("to-do", "Set the article to To do", "", Need::Article, |session, screen| article::set_progress(session, screen, Progress::ToDo)),
    entry("in-progress", "Set the article to In progress", "", Need::Article, |session, screen| article::set_progress(session, screen, Progress::InProgress)),
    entry("done", "Set the article to Done", "", Need::Article, |session, screen| article::set_progress(session, screen, Progress::Done)),
    entry("move-up", "Move the article up in the list", "", Need::Article, |session, _| article::move_by(session, -1)),
    entry("move-down", "Move the article down in the list", "", Need::Article, |session, _| article::move_by(session, 1)),
    entry("remove", "Remove the article", "", Need::Article, |session, _| article::remove(session)),
];

#[rustfmt::skip]
const FILES: &[Entry] = &[
    entry("open-files", "Open files", "", Need::Nothing, |_, _| open_files()),
    entry("paste", "Paste a text as a new article", "", Need::Nothing, |_, screen| screen.open(Dialog::Paste(String::new()))),
    entry("export", "Export", "", Need::Nothing, |_, screen| screen.open(Dialog::Export)),
    entry("share", "Share a link…", "", Need::Nothing, |_, screen| screen.open(Dialog::Link(String::new()))),
    entry("save", "Save everything in a file", "Control+s", Need::Nothing, export_all),
    entry("save-copy", "Save a copy of the page with your work in it", "", Need::Nothing, later::save_copy),
    entry("storage", "Where your work is", "", Need::Nothing, |_, screen| screen.open(Dialog::Storage)),
    entry("labels", "Labels and questions: change them, other schemas", "", Need::Nothing, |_, screen| screen.open(Dialog::Scheme(SchemePage::Labels))),
    entry("people", "People: hand-ins, agreement, scores, lessons", "", Need::Nothing, |_, screen| screen.open(Dialog::People(PeoplePage::People))),
    entry("hand-in", "Hand in your marks", "", Need::Nothing, |_, screen| screen.open(Dialog::People(PeoplePage::HandIn))),
    entry("first-labels", "Changes of mind: what you first took your marks for", "", Need::Nothing, |_, screen| screen.open(Dialog::People(PeoplePage::FirstLabels))),
    entry("check", "Check this project", "", Need::Nothing, |_, screen| screen.open(Dialog::Check(0))),
    entry(COMMANDS, "All commands", "Control+k", Need::Nothing, |_, screen| screen.open(Dialog::Commands)),
    entry("help", "Help and all keys", "?", Need::Nothing, |_, screen| screen.open(Dialog::Help)),
];

#[rustfmt::skip]
const LOOK: &[Entry] = &[
    entry("view", "View: size of the text, width, theme", "", Need::Nothing, |_, screen| screen.open(Dialog::View)),
    entry("larger", "Larger text", ">", Need::Nothing, |_, screen| look::change(screen, |it| it.step_size(true))),
    entry("smaller", "Smaller text", "<", Need::Nothing, |_, screen| look::change(screen, |it| it.step_size(false))),
    entry("light", "Theme: light", "", Need::Nothing, |_, screen| look::change(screen, |it| it.dark = Some(false))),
    entry("dark", "Theme: dark", "", Need::Nothing, |_, screen| look::change(screen, |it| it.dark = Some(true))),
    entry("auto", "Theme: as the system", "", Need::Nothing, |_, screen| look::change(screen, |it| it.dark = None)),
    entry("reset-look", "Reset size, width and theme", "", Need::Nothing, |_, screen| look::change(screen, |it| *it = Look::default())),
];

/// The list of commands itself, which opens from fields as well.
pub(super) const COMMANDS: &str = "commands";

fn move_end(session: Session, end: End, by: Boundary, direction: Direction) {
    Command::MoveEnd(end, by, direction).run(session);
}

fn mark_all(session: Session, screen: Screen) {
    let focused = session.focused();
    let label = focused.as_ref().map(|it| it.label.clone());
    let draft = session.view.draft.get_untracked();
    if let Some(span) = draft.or_else(|| focused.map(|it| it.hull())) {
        open_mark_all(session, screen, span, label.filter(|_| draft.is_none()));
    }
}

fn select_several(session: Session, screen: Screen) {
    session.pick(|_| {});
    go_to_list(session, screen, Sheet::Marks, "#mark-list button");
}

/// Gives the focus to the first element of a list, which is a sheet on a narrow screen.
fn go_to_list(session: Session, screen: Screen, sheet: Sheet, selector: &'static str) {
    session.view.alone.set(false);
    screen.sheet.set(Some(sheet).filter(|it| it.covers()));
    // Once it is to be seen.
    request_animation_frame(move || focus(selector));
}

fn focus(selector: &str) {
    if let Some(element) = dom::find(selector) {
        drop(element.focus());
    }
}

fn open_files() {
    if let Some(field) = dom::find("#open-files") {
        field.click();
    }
}
