//! The painted article, as the parts of the reader share it: its painter, how far it is scrolled,
//! and how a place of the text comes into sight.
//!
//! Blocks out of sight have a height that is guessed. It changes when they come near, so that
//! whatever was scrolled to is looked at once more a moment later.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

use crate::dom;
use crate::dom::line::{self, Edge, Spot};
use crate::dom::paint::Painter;
use crate::model::sorted::SortedMap;
use crate::model::{Document, DocumentId, Offset, Span, Text, Unit, around, pieces};
use crate::session::{Session, Shown};
use crate::ui::element::ElementRef;

/// How near to the edges of what is seen a place may come, in CSS pixels: bars stand there.
const MARGIN: f64 = 72.0;

/// How long a scroll takes to come to rest.
const SETTLING: Duration = Duration::from_millis(200);

/// How far to scroll for a place that is not in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scroll {
    /// As little as will do.
    Least,
    /// So that there is more to read after it than before.
    ToMiddle,
}

/// Where one was in an article: the first block in sight, and how much of it is above that, in CSS
/// pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReadingPlace {
    block: usize,
    above: f64,
}

/// The open article on the screen.
#[derive(Clone, Copy)]
pub struct Page {
    session: Session,
    painter: StoredValue<Rc<RefCell<Option<Painter>>>, LocalStorage>,
    host: ElementRef,
    scroller: ElementRef,
    /// Counts repaints and changes of the layout, for what is placed beside a mark.
    pub layout: RwSignal<u32>,
    /// Counts how often the text was scrolled, for what is shown only as far as it is in sight.
    pub scrolled: RwSignal<u32>,
    /// Kept as it changes: to ask for it while the page is being changed would lay it out.
    place: StoredValue<Option<ReadingPlace>>,
    /// Where one was, until the blocks there have their true heights.
    returning: StoredValue<Option<ReadingPlace>>,
    /// Where one was in the articles that one has left.
    left: StoredValue<SortedMap<DocumentId, Option<ReadingPlace>>>,
    /// Counts what was asked to be in sight.
    asked: StoredValue<u32>,
    /// The word that stayed where it was when the layout last changed, in the open article.
    held: StoredValue<Option<Span>>,
}

impl Page {
    /// No article yet; `host` is where its blocks will be, and `scroller` scrolls them.
    pub fn new(session: Session, host: ElementRef, scroller: ElementRef) -> Self {
        Self {
            session,
            painter: StoredValue::new_local(Rc::default()),
            host,
            scroller,
            layout: RwSignal::new(0),
            scrolled: RwSignal::new(0),
            place: StoredValue::new(None),
            returning: StoredValue::new(None),
            left: StoredValue::new(SortedMap::default()),
            asked: StoredValue::new(0),
            held: StoredValue::new(None),
        }
    }

    /// Reads or uses the painter, where an article is open.
    pub fn with<T>(&self, read: impl FnOnce(&mut Painter) -> T) -> Option<T> {
        self.painter
            .with_value(|painter| painter.borrow_mut().as_mut().map(read))
    }

    /// The element with the blocks and the article in it.
    pub fn place(&self) -> Option<(Element, Arc<Document>)> {
        self.with(|painter| (painter.host().clone(), painter.document().clone()))
    }

    /// Begins to paint an article, at the place where one was; `None` empties the page.
    pub fn begin(&self, document: Option<Arc<Document>>, at: Option<ReadingPlace>) {
        let Some(host) = self.host.get_untracked() else {
            return;
        };
        host.set_text_content(None);
        self.held.set_value(None);
        let block = at.map_or(0, |it| it.block);
        let only = self.session.view.only.get_untracked();
        let painter = document.map(|it| Painter::new((*host).clone(), it, block, only));
        self.painter.with_value(|slot| *slot.borrow_mut() = painter);
    }

    /// Paints one slice; answers whether there are more.
    pub fn paint_slice(&self) -> bool {
        let session = self.session;
        let more = session.peek(|project| self.with(|painter| painter.paint_slice(project)));
        self.touch();
        more == Some(true)
    }

    /// Paints only these marks from now on; what is out of sight follows with the next slices.
    pub fn show_only(&self, only: Shown) {
        let near = self.blocks_in_sight(0.0).unwrap_or(0..0);
        let session = self.session;
        session.peek(|project| self.with(|painter| painter.show_only(project, only, near)));
        self.touch();
    }

    /// How wide the scroll bar beside the text is, in CSS pixels.
    pub fn scroll_bar(&self) -> Option<i32> {
        let scroller = self.scroller.get_untracked()?;
        Some(scroller.offset_width() - scroller.client_width())
    }

    /// Tells whoever is placed beside words that these may stand elsewhere now.
    pub fn touch(&self) {
        self.layout.update(|count| *count += 1);
    }

    /// Blocks are painted bit by bit, and keys may be quicker: paints those of `span` and two more,
    /// for the lines below.
    pub fn paint_to(&self, span: Span) {
        let is_new = self.session.peek(|project| {
            self.with(|painter| {
                let blocks = painter.document().text.blocks_of(span);
                painter.paint_blocks(project, blocks.start..blocks.end + 2)
            })
        });
        if is_new == Some(true) {
            self.touch();
        }
    }

    /// Brings the beginning of `span` into sight. Nothing moves where it is already.
    pub fn bring_into_sight(self, span: Span, scroll: Scroll) {
        self.returning.set_value(None);
        self.paint_to(span);
        let is_moved = self.scroll_to(span, scroll);
        self.settle(move || {
            // And a scroll by a page key may have been under way.
            if is_moved {
                self.scroll_to(span, scroll);
            }
        });
    }

    /// Does this when blocks have their true heights, unless another place was asked for by then.
    fn settle(self, act: impl FnOnce() + 'static) {
        self.asked.update_value(|count| *count += 1);
        let asked = self.asked.get_value();
        let settled = move || {
            if self.asked.get_value() == asked {
                act();
            }
        };
        set_timeout(settled, SETTLING);
    }

    /// Scrolls where it must, and answers whether it had to.
    fn scroll_to(self, span: Span, scroll: Scroll) -> bool {
        let scroller = self.scroller.get_untracked();
        let (Some((host, document)), Some(scroller)) = (self.place(), scroller) else {
            return false;
        };
        let Some(spot) = line::spot(&host, &document.text, span) else {
            return false;
        };
        let seen = scroller.get_bounding_client_rect();
        let above = spot.y.0 - seen.top() - MARGIN;
        let below = spot.y.1 - seen.bottom() + MARGIN;
        let by = match scroll {
            _ if above >= 0.0 && below <= 0.0 => 0.0,
            Scroll::ToMiddle => spot.y.0 - seen.top() - seen.height() / 3.0,
            Scroll::Least if above < 0.0 => above,
            Scroll::Least => below,
        };
        // To set it where it is would end a scroll that is under way.
        if by != 0.0 {
            scroller.set_scroll_top(scroller.scroll_top() + by.round() as i32);
        }
        by != 0.0
    }

    /// Where the keyboard's work begins: at the cursor, the selection or the mark in focus; else at
    /// the place of the last click, or where the first block begins, or the first word, that is in sight.
    pub fn working_place(&self, document: &Document) -> Offset {
        let view = self.session.view;
        let mark = self.session.focused();
        let mark = mark.filter(|it| it.document == document.id);
        let cursor = view.cursor.get_untracked().map(|it| it.head);
        let span = cursor.or_else(|| view.draft.get_untracked());
        let span = span.or_else(|| mark.map(|it| it.hull()));
        span.map(Span::start)
            .or_else(|| self.first_in_sight(document))
            .unwrap_or_else(|| document.text.whole().start())
    }

    fn first_in_sight(&self, document: &Document) -> Option<Offset> {
        let (host, _) = self.place()?;
        let text = &document.text;
        let seen = Spot::from(self.scroller.get_untracked()?.get_bounding_client_rect());
        let clicked = dom::selection::caret(&host, text).filter(|&at| {
            let word = around(text, at, Unit::Word);
            let spot = word.and_then(|it| line::spot(&host, text, it));
            spot.is_some_and(|spot| seen.y.0 <= spot.y.0 && spot.y.1 <= seen.y.1)
        });
        let begun = || {
            let first = line::first_block(&host, Edge::Top, seen.y.0);
            let in_sight = self.blocks_in_sight(0.0)?.contains(&first);
            in_sight.then(|| text.blocks()[first].span().start())
        };
        // One block may be longer than the window is high.
        let word = || Some(first_word(&host, text, seen.y.0)?.start());
        clicked.or_else(begun).or_else(word)
    }

    /// The blocks that can be seen, and those that far above and below, in heights of the window.
    pub fn blocks_in_sight(&self, beyond: f64) -> Option<std::ops::Range<usize>> {
        let (host, _) = self.place()?;
        let seen = self.scroller.get_untracked()?.get_bounding_client_rect();
        let margin = seen.height() * beyond;
        let from = line::first_block(&host, Edge::Bottom, seen.top() - margin);
        let to = line::first_block(&host, Edge::Top, seen.bottom() + margin);
        Some(from..to.max(from))
    }

    /// The text was scrolled.
    pub fn note_scroll(&self) {
        self.scrolled.update(|count| *count += 1);
        self.note_place();
    }

    fn note_place(&self) {
        let place = || {
            let (host, _) = self.place()?;
            let scroller = self.scroller.get_untracked()?;
            let top = scroller.get_bounding_client_rect().top();
            let block = line::first_block(&host, Edge::Bottom, top);
            let element = dom::place::block(&host, block)?;
            let above = top - element.get_bounding_client_rect().top();
            (scroller.scroll_top() > 0).then_some(ReadingPlace { block, above })
        };
        self.place.set_value(place());
    }

    /// Where one is; `None` at the beginning.
    pub fn reading_place(&self) -> Option<ReadingPlace> {
        self.returning
            .get_value()
            .or_else(|| self.place.get_value())
    }

    /// Remembers where one is in an article: it is opened there.
    pub fn leave(&self, id: DocumentId, place: Option<ReadingPlace>) {
        self.left.update_value(|places| {
            places.insert(id, place);
        });
    }

    /// Where one was in an article; `None` at its beginning.
    pub fn left_at(&self, id: &DocumentId) -> Option<ReadingPlace> {
        self.left.with_value(|it| it.get(id).copied()).flatten()
    }

    /// Goes where one was in the article that has just begun to be painted.
    pub fn return_to(self, place: Option<ReadingPlace>) {
        let was_scrolled = self.reading_place().is_some();
        self.returning.set_value(place);
        match (place, self.scroller.get_untracked()) {
            (None, Some(scroller)) if was_scrolled => scroller.set_scroll_top(0),
            (None, _) => {}
            _ => self.go_on_returning(),
        }
        self.settle(move || self.returning.set_value(None));
    }

    fn go_on_returning(self) {
        let place = self.returning.get_value();
        let (Some(place), Some(scroller)) = (place, self.scroller.get_untracked()) else {
            return;
        };
        let block = self
            .place()
            .and_then(|it| dom::place::block(&it.0, place.block));
        if let Some(block) = block {
            let top = scroller.get_bounding_client_rect().top();
            let above = top - block.get_bounding_client_rect().top();
            let by = (place.above - above).round() as i32;
            if by != 0 {
                scroller.set_scroll_top(scroller.scroll_top() + by);
            }
        }
    }

    /// Changes how everything is laid out, and lets the words that one reads stay where they are.
    pub fn keep_words(self, change: impl FnOnce()) {
        let first = self.first_words();
        change();
        self.touch();
        let Some((word, height)) = first else {
            return;
        };
        let above = || {
            let (host, document) = self.place()?;
            let now = line::spot(&host, &document.text, word)?;
            let block = document.text.block_at(word.start());
            let element = dom::place::block(&host, block)?;
            let above = now.y.0 - element.get_bounding_client_rect().top() - height;
            Some(ReadingPlace { block, above })
        };
        self.returning.set_value(above());
        self.go_on_returning();
        self.settle(move || self.returning.set_value(None));
    }

    /// The first word that is wholly in sight, and how far below the edge it stands; `None` at the
    /// beginning, where everything stays in sight.
    fn first_words(&self) -> Option<(Span, f64)> {
        let (host, document) = self.place()?;
        let scroller = self.scroller.get_untracked()?;
        if scroller.scroll_top() == 0 {
            return None;
        }
        let text = &document.text;
        let top = scroller.get_bounding_client_rect().top();
        let height = |word: &Span| height(&host, text, *word, top);
        let first = first_word(&host, text, top)?;
        // The first word of a line is another one after each change: to hold on to the one of the
        // last change keeps many changes from adding up.
        let held = self.held.get_value();
        let held = held.filter(|it| (height(it) - height(&first)).abs() < 2.0);
        let word = held.unwrap_or(first);
        self.held.set_value(Some(word));
        Some((word, height(&word)))
    }

    /// Gives the keyboard's focus to the text, which stays where it is.
    pub fn take_focus(&self) {
        dom::focus("#reader");
    }

    /// Follows changes of the text's size: of the window, of the letters, and of blocks that come
    /// near and get their true heights.
    pub fn follow_size(self) {
        let settle = move || {
            self.go_on_returning();
            self.note_place();
            self.touch();
        };
        let changed = Closure::<dyn FnMut()>::new(move || {
            // To scroll changes sizes again, of which the observer could not tell in this frame.
            request_animation_frame(settle);
        });
        let changed = changed.into_js_value();
        let observer = ResizeObserver::new(changed.unchecked_ref());
        if let (Some(host), Ok(observer)) = (self.host.get_untracked(), observer) {
            observer.observe(&host);
        }
    }
}

/// The first word that stands wholly below `top`, in CSS pixels of the window; of a block that goes on there, its last one
/// if there is none.
fn first_word(host: &Element, text: &Text, top: f64) -> Option<Span> {
    let block = line::first_block(host, Edge::Bottom, top).min(text.blocks().len() - 1);
    let words = pieces(text, block, Unit::Word);
    // Lines follow each other as words do; of a scroll only whole pixels are kept.
    let first = words.partition_point(|it| height(host, text, *it, top) < -1.0);
    words.get(first).or(words.last()).copied()
}

/// How far below `top` a word stands.
fn height(host: &Element, text: &Text, word: Span, top: f64) -> f64 {
    line::spot(host, text, word).map_or(0.0, |it| it.y.0 - top)
}
