//! Paints an article: one element per block, in groups of groups, a `<mark>` per segment that is covered.
//!
//! Opening is cut into slices so that the first screen stands at once and the page answers while
//! the rest is made; a change repaints the segments that look otherwise after it and nothing else.
//! Article text becomes text nodes and nothing else. Knows no signal and no gesture.

mod look;

use std::ops::Range;
use std::sync::Arc;

use web_sys::{Document as Page, DomTokenList, Element, HtmlElement};

use super::place::{self, BLOCK, GROUP, SIZES};
use super::{document, set_style, window};
use crate::model::{
    AnnotationId, BlockKind, Document, DocumentId, LabelId, Project, Segment, Span, segments,
};
use crate::session::Shown;
use look::{classes, drawn, joined, looks, part};

/// How many labels have colours and line styles of their own; further ones begin anew.
pub const LABEL_SLOTS: usize = 24;

/// How long one slice of opening may take, in milliseconds: well under a frame.
const SLICE: f64 = 8.0;

/// How long the first slice may take, which fills the window: it is what a person waits for.
const FIRST_SLICE: f64 = 50.0;

/// How high a line of text is at least, in CSS pixels, whatever size the reader has chosen.
const LINE: f64 = 24.0;

/// The painted article.
pub struct Painter {
    host: Element,
    page: Page,
    document: Arc<Document>,
    /// The block with which painting begins.
    begin: usize,
    /// For each block that stands, what tells its segments from others; more blocks follow.
    painted: Vec<Vec<u64>>,
    /// So many of the first blocks stand without their words yet, in groups as high as is guessed.
    bare: usize,
    focused: Option<AnnotationId>,
    /// Which marks alone are painted.
    only: Shown,
    /// Blocks that stand as they were before `only` changed.
    stale: Range<usize>,
}

impl Painter {
    /// Prepares to paint `document` in `host`, which is empty, and to begin with the block that was
    /// read last.
    pub fn new(host: Element, document: Arc<Document>, begin: usize, only: Shown) -> Self {
        Self {
            host,
            page: self::document(),
            document,
            begin,
            painted: Vec::new(),
            bare: 0,
            focused: None,
            only,
            stale: 0..0,
        }
    }

    /// Which article is painted.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Takes over what is known of the article now; its text is the same.
    pub fn set_document(&mut self, document: Arc<Document>) {
        self.document = document;
    }

    /// The element with the groups of blocks.
    pub fn host(&self) -> &Element {
        &self.host
    }

    /// Paints as many blocks as fill the window, and after those blocks until the time is up;
    /// answers whether some are left.
    pub fn paint_slice(&mut self, project: &Project) -> bool {
        let clock = window().performance();
        let now = || clock.as_ref().map_or(0.0, web_sys::Performance::now);
        let is_first = self.painted.is_empty();
        let (time, mut room) = match is_first {
            true => (FIRST_SLICE, self.stand_bare(super::window_height())),
            false => (SLICE, f64::INFINITY),
        };
        let deadline = now() + time;
        // After what is in sight, upwards first: one came from there.
        while !is_first && self.bare > 0 && now() < deadline {
            self.fill_last_bare_group(project);
        }
        if is_first || self.bare == 0 {
            self.append(project, self.blocks(), |height| {
                room -= height;
                room < 0.0 || now() > deadline
            });
        }
        while !self.stale.is_empty() && now() < deadline {
            let next = self.stale.start;
            self.stale.start += 1;
            self.refill(project, next);
        }
        self.bare > 0 || self.painted.len() < self.blocks() || !self.stale.is_empty()
    }

    /// Paints only these marks from now on: in the blocks `near` what is read at once, in the others slice
    /// by slice.
    pub fn show_only(&mut self, project: &Project, only: Shown, near: Range<usize>) {
        self.only = only;
        self.stale = 0..self.painted.len();
        for index in near {
            self.refill(project, index);
        }
    }

    /// Lets the blocks stand that come before those near the first one to be read; answers how
    /// high what is to be painted first is, in CSS pixels, in a window of this height.
    fn stand_bare(&mut self, window: f64) -> f64 {
        let last = self.begin.min(self.blocks() - 1);
        let mut above = 0.0;
        self.bare = last;
        while self.bare > 0 && above < window {
            self.bare -= 1;
            above += self.guessed_height(self.bare);
        }
        // A group that is in sight is as high as what is in it.
        self.bare -= self.bare % GROUP;
        for index in 0..self.bare {
            drop(self.stand(index));
        }
        above + window
    }

    fn fill_last_bare_group(&mut self, project: &Project) {
        let filled = self.bare.saturating_sub(GROUP)..self.bare;
        self.bare = filled.start;
        for index in filled {
            self.refill(project, index);
        }
    }

    /// Paints at least these blocks; answers whether there was something to do.
    pub fn paint_blocks(&mut self, project: &Project, blocks: Range<usize>) -> bool {
        let end = blocks.end.min(self.blocks());
        let is_new = self.painted.len() < end || self.bare > blocks.start;
        self.append(project, end, |_| false);
        while self.bare > blocks.start {
            self.fill_last_bare_group(project);
        }
        is_new
    }

    /// How high a block may be, in CSS pixels.
    fn guessed_height(&self, index: usize) -> f64 {
        self.guessed_lines(index) as f64 * LINE
    }

    /// How many lines a block may have.
    fn guessed_lines(&self, index: usize) -> usize {
        let block = self.document.text.blocks()[index].span();
        block.byte_len() / 66 + 1
    }

    /// Paints the next blocks, at least one, up to `end` or until one is told to be the last by its
    /// guessed height.
    fn append(&mut self, project: &Project, end: usize, mut is_last: impl FnMut(f64) -> bool) {
        while self.painted.len() < end {
            let index = self.painted.len();
            if let Some(element) = self.stand(index) {
                self.fill(&element, project, index);
            }
            if is_last(self.guessed_height(index)) {
                break;
            }
        }
    }

    /// Lets the next block stand, without its words.
    fn stand(&mut self, index: usize) -> Option<Element> {
        self.painted.push(Vec::new());
        let mut group = self.host.clone();
        for size in SIZES.into_iter().filter(|it| *it > 1) {
            group = match index.is_multiple_of(size) {
                true => self.begin_group(&group, index..self.blocks().min(index + size)),
                false => group.last_element_child(),
            }?;
        }
        let element = self.block_element(index)?;
        group.append_child(&element).ok()?;
        Some(element)
    }

    /// A new last group of `parent` for these blocks.
    fn begin_group(&self, parent: &Element, members: Range<usize>) -> Option<Element> {
        let group = self.page.create_element("div").ok()?;
        // What holds everything is never out of sight.
        if members != (0..self.blocks()) {
            group.set_class_name("blocks");
        }
        let lines: usize = members.clone().map(|it| self.guessed_lines(it)).sum();
        if let Some(styled) = wasm_bindgen::JsCast::dyn_ref::<HtmlElement>(&group) {
            set_style(styled, "--lines", &lines.to_string());
            set_style(styled, "--members", &members.len().to_string());
        }
        parent.append_child(&group).ok()?;
        Some(group)
    }

    /// Paints the blocks anew that `span` touches.
    pub fn repaint(&mut self, project: &Project, span: Span) {
        for index in self.document.text.blocks_of(span) {
            self.refill(project, index);
        }
    }

    /// Brings a block up to date, if it was painted.
    fn refill(&mut self, project: &Project, index: usize) {
        if (self.bare..self.painted.len()).contains(&index)
            && let Some(element) = place::block(&self.host, index)
        {
            self.fill(&element, project, index);
        }
    }

    /// Shows which annotation is in focus.
    pub fn focus(&mut self, project: &Project, annotation: Option<AnnotationId>) {
        for mark in found(&self.host, "mark.is-focused") {
            set_focus(&mark.class_list(), false);
        }
        for mark in annotation.iter().flat_map(|id| self.marks_of(project, id)) {
            set_focus(&mark.class_list(), true);
        }
        self.focused = annotation;
    }

    /// The painted segments of an annotation, in text order.
    pub fn marks_of(&self, project: &Project, id: &AnnotationId) -> Vec<Element> {
        let here = project.annotations().get(id);
        let Some(annotation) = here.filter(|it| it.document == self.document.id) else {
            return Vec::new();
        };
        // Ids hold no character that a selector would read as its own.
        let selector = format!("mark[data-annotations~=\"{id}\"]");
        // Parts may stand far from each other, and two of them in one block.
        let blocks = annotation.fragments().iter();
        let blocks = blocks.flat_map(|it| self.document.text.blocks_of(*it));
        let mut blocks: Vec<usize> = blocks.collect();
        blocks.dedup();
        let elements = blocks
            .into_iter()
            .filter_map(|index| place::block(&self.host, index));
        elements.flat_map(|it| found(&it, &selector)).collect()
    }

    fn blocks(&self) -> usize {
        self.document.text.blocks().len()
    }

    fn block_element(&self, index: usize) -> Option<Element> {
        let block = self.document.text.blocks()[index];
        let (tag, class) = match self.document.block_kind(index) {
            BlockKind::Heading(1) => ("h2", "block block-headline"),
            BlockKind::Heading(_) => ("h3", "block block-heading"),
            BlockKind::ListItem => ("p", "block block-item"),
            BlockKind::Quotation => ("p", "block block-quotation"),
            BlockKind::Byline => ("p", "block block-byline"),
            BlockKind::Paragraph if block.continues() => ("p", "block block-continued"),
            BlockKind::Paragraph => ("p", "block"),
        };
        let element = self.page.create_element(tag).ok()?;
        element.set_class_name(class);
        let next = self.document.text.blocks().get(index + 1);
        if next.is_some_and(|it| it.continues()) {
            element.class_list().add_1("block-goes-on").ok()?;
        }
        element.set_attribute(BLOCK, &index.to_string()).ok()?;
        element.set_attribute("dir", "auto").ok()?;
        Some(element)
    }

    /// Brings a block up to date. Segments that stay as they are keep their nodes.
    fn fill(&mut self, element: &Element, project: &Project, index: usize) {
        let block = self.document.text.blocks()[index].span();
        let id: &DocumentId = &self.document.id;
        let annotations = project
            .annotations()
            .overlapping(id, block)
            .filter(|it| self.only.lets(it))
            .map(Arc::as_ref);
        let segments = segments(block, annotations);
        let nodes = element.child_nodes();
        let now = looks(&segments, project);
        let mut before = std::mem::replace(&mut self.painted[index], now);
        // Translators and the like put nodes of their own into pages: then nothing is kept.
        if nodes.length() as usize != before.len() {
            element.set_text_content(None);
            before.clear();
        }
        let now = &self.painted[index];
        let pairs = before.iter().zip(now);
        let first = pairs.take_while(|(before, now)| before == now).count();
        let pairs = before[first..].iter().rev().zip(now[first..].iter().rev());
        let last = pairs.take_while(|(before, now)| before == now).count();
        let stale = before.len() - last;
        let behind = nodes.get(stale as u32);
        // From the end, so that the places of the others stay.
        for place in (first..stale).rev() {
            if let Some(node) = nodes.get(place as u32) {
                drop(element.remove_child(&node));
            }
        }
        let fragment = self.page.create_document_fragment();
        for segment in segments.get(first..segments.len() - last) {
            // The browser makes the text nodes: of each that is made here it would have to keep account.
            let words = self.document.text.slice(segment.span);
            drop(match self.mark(&segment, words, project) {
                Some(mark) => fragment.append_with_node_1(&mark),
                None => fragment.append_with_str_1(words),
            });
        }
        drop(element.insert_before(&fragment, behind.as_ref()));
    }

    /// One `<mark>` for the words of a segment; `None` where nothing is marked. Its first layer is drawn on the
    /// mark itself, each further one on a span within, so that every layer has a line of its own.
    fn mark(&self, segment: &Segment<'_, '_>, words: &str, project: &Project) -> Option<Element> {
        if segment.covering.is_empty() {
            return None;
        }
        let mark = self.page.create_element("mark").ok()?;
        let mut inner = mark.clone();
        for (at, layer) in drawn(segment).enumerate() {
            if at > 0 {
                let next = self.page.create_element("span").ok()?;
                inner.append_child(&next).ok()?;
                inner = next;
            }
            inner.set_class_name(&classes(&layer, project));
            if let Some(part) = part(&layer) {
                inner.set_attribute("data-part", &part).ok()?;
            }
        }
        inner.set_text_content(Some(words));
        mark.set_attribute("data-annotations", &joined(segment, |it| it.id.as_str()))
            .ok()?;
        mark.set_attribute("data-labels", &joined(segment, |it| it.label.as_str()))
            .ok()?;
        let focused = self.focused.as_ref();
        if focused.is_some_and(|id| segment.layers().any(|it| it.annotation.id == *id)) {
            set_focus(&mark.class_list(), true);
        }
        Some(mark)
    }
}

fn found(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| wasm_bindgen::JsCast::dyn_into(found.get(at)?).ok())
        .collect()
}

fn set_focus(classes: &DomTokenList, on: bool) {
    // A class name that is a constant is never refused.
    drop(classes.toggle_with_force("is-focused", on));
}

/// Which set of colours and line styles a label has.
pub fn slot(project: &Project, label: &LabelId) -> usize {
    project.schema().position(label).unwrap_or(0) % LABEL_SLOTS
}
