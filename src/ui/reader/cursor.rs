//! The word cursor in the page: its keys, its look, and what is told of it.
//!
//! It begins with Enter on the article, so that it takes no key from those who do not use it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::page::{Page, Scroll};
use crate::dom;
use crate::dom::cursor_keys::{self, CursorWish};
use crate::dom::line;
use crate::model::{Annotation, Document, Offset, Span, Unit, around, beyond};
use crate::session::{Command, Cursor, Direction, Session, Step, shorten};
use crate::ui::Screen;
use crate::ui::dynamic::effect;
use crate::ui::element::element;

/// The hand that moves the cursor.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    session: Session,
    page: Page,
    /// Where going up and down began, in CSS pixels from the left, as long as it goes on.
    column: StoredValue<Option<f64>>,
}

impl Hand {
    pub fn new(session: Session, screen: Screen, page: Page) -> Self {
        follow(session, page);
        let hand = Self {
            session,
            page,
            column: StoredValue::new(None),
        };
        effect(move || {
            if screen.split.get() > 0 {
                hand.split();
            }
        });
        hand
    }

    /// Splits the mark at the cursor, or at the last click.
    fn split(self) {
        let Some((host, document)) = self.page.place() else {
            return;
        };
        let clicked = || dom::selection::caret(&host, &document.text);
        let cursor = self.session.view.cursor.get_untracked();
        let at = cursor.map(|it| it.head.start()).or_else(clicked);
        // A click in a word means the place before it.
        let word = at.and_then(|at| around(&document.text, at, Unit::Word));
        let word = word.map(Span::start).filter(|start| Some(*start) < at);
        let at = word.or(at).map_or(0, Offset::bytes);
        Command::SplitAt(at).run(self.session);
    }

    /// A key in the article.
    pub fn key(self, event: &Event) {
        let view = self.session.view;
        let (Some((host, document)), Some(event)) =
            (self.page.place(), event.dyn_ref::<KeyboardEvent>())
        else {
            return;
        };
        let cursor = view.cursor.get_untracked();
        let at = cursor.map(|cursor| cursor.head.start());
        let at = at.or_else(|| dom::selection::caret(&host, &document.text));
        let block = at.map_or(0, |at| document.text.block_at(at));
        let from_the_right = line::is_from_the_right(&host, block);
        let focused = view.focused.with_untracked(Option::is_some);
        let Some((wish, selecting)) = cursor_keys::read(event, from_the_right, focused) else {
            return;
        };
        let next = match (cursor, wish) {
            (None, CursorWish::Enter) => {
                Cursor::near(&document.text, self.page.working_place(&document))
            }
            (None, wish) => {
                let (by, direction) = unit_of(wish);
                let text = &document.text;
                if selecting && dom::selection::select_from_caret(&host, text, by, direction) {
                    event.prevent_default();
                }
                return;
            }
            (Some(cursor), CursorWish::Enter) => return self.take_mark(event, &document, cursor),
            (Some(cursor), wish) => self.moved(&document, cursor, wish, selecting),
        };
        event.prevent_default();
        if let Some(next) = next {
            self.go(next);
        }
    }

    /// The cursor after a step; `None` where the text ends.
    fn moved(
        self,
        document: &Document,
        cursor: Cursor,
        wish: CursorWish,
        selecting: bool,
    ) -> Option<Cursor> {
        // A selection that was labelled or let go is none to go on with.
        let goes_on = self.session.view.draft.get_untracked() == cursor.selected();
        let cursor = if goes_on { cursor } else { cursor.unselected() };
        match wish {
            CursorWish::Step(step) => {
                self.column.set_value(None);
                cursor.step(&document.text, step, selecting)
            }
            CursorWish::Line(direction) => {
                let word = self.word_beyond(document, cursor.head, direction)?;
                Some(cursor.to(word, selecting))
            }
            CursorWish::Enter => None,
        }
    }

    fn go(self, cursor: Cursor) {
        let view = self.session.view;
        self.page.paint_to(cursor.head);
        view.select(cursor.selected());
        view.cursor.set(Some(cursor));
        self.page.bring_into_sight(cursor.head, Scroll::Least);
    }

    /// The word in the line below or above, nearest to where going up and down began.
    fn word_beyond(self, document: &Document, head: Span, direction: Direction) -> Option<Span> {
        let (host, _) = self.page.place()?;
        let text = &document.text;
        let from = line::spot(&host, text, head)?;
        let column = self.column.get_value().unwrap_or_else(|| from.middle());
        self.column.set_value(Some(column));
        self.page.paint_to(head);
        let is_forward = direction == Direction::Forward;
        let mut last = head;
        let words = std::iter::from_fn(|| {
            let edge = if is_forward { last.end() } else { last.start() };
            last = beyond(text, edge.bytes(), Unit::Word, is_forward)?;
            Some((last, line::spot(&host, text, last)?))
        });
        line::next_line(from, column, words)
    }

    /// Gives the focus to the smallest mark at the cursor.
    fn take_mark(self, event: &KeyboardEvent, document: &Document, cursor: Cursor) {
        let mark = self.session.peek(|project| {
            let marks = project.annotations().overlapping(&document.id, cursor.head);
            let marks = marks.filter(|it| self.session.view.is_shown(it));
            let smallest = marks.min_by_key(|it| it.hull().byte_len());
            smallest.map(|it| it.id.clone())
        });
        if mark.is_some() {
            event.prevent_default();
            self.session.view.draft.set(None);
            let at = Some(cursor.head.start());
            self.session.view.focus_at(mark, at);
        }
    }
}

/// What the browser's own caret goes by where the same key is pressed without the word cursor.
fn unit_of(wish: CursorWish) -> (&'static str, Direction) {
    match wish {
        CursorWish::Step(Step::Word(direction)) => ("character", direction),
        CursorWish::Step(Step::Sentence(direction)) => ("word", direction),
        CursorWish::Step(Step::Edge(direction)) => ("lineboundary", direction),
        CursorWish::Line(direction) => ("line", direction),
        CursorWish::Enter => ("character", Direction::Forward),
    }
}

/// Draws the cursor, also anew where its block was repainted.
fn follow(session: Session, page: Page) {
    effect(move || {
        page.layout.track();
        let range = session.view.cursor.get().and_then(|cursor| {
            let (host, document) = page.place()?;
            dom::place::range_of(&host, &document.text, cursor.head)
        });
        dom::highlight::set(dom::highlight::CURSOR, range.as_slice());
    });
}

/// Which part of a mark the cursor is in, where it has several.
fn part_told(mark: &Annotation, head: Span) -> String {
    match mark.fragments().len() {
        1 => String::new(),
        all => {
            let part = mark.fragment_near(head.start()) + 1;
            format!(" part {part} of {all}")
        }
    }
}

/// What the cursor says to those who do not see it.
pub(super) fn told(session: Session) -> AnyView {
    let words = move || {
        let cursor = session.view.cursor.get();
        let told = cursor.and_then(|cursor| {
            let open = session.view.open.get_untracked()?;
            session.peek(|project| {
                let document = project.document(&open)?;
                let mut told = shorten(document.text.slice(cursor.told), 200);
                for mark in project.annotations().overlapping(&open, cursor.head) {
                    let mark: &Annotation = mark;
                    if session.view.is_shown(mark) {
                        told += ", ";
                        told += &session.label_name(&mark.label);
                        told += &part_told(mark, cursor.head);
                    }
                }
                if cursor.selected().is_some() {
                    told += ", selected";
                }
                Some(told)
            })
        });
        told.unwrap_or_default()
    };
    element("p")
        .set("id", "word-cursor")
        .class("visually-hidden")
        .set("role", "status")
        .show(words)
        .view()
}
