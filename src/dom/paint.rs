//! Paints an article: one element per block, a `<mark>` per segment that is covered.
//!
//! Opening is cut into slices so that the first screen stands at once and the page answers while
//! the rest is made; a change repaints the blocks it touches and nothing else. Article text becomes
//! text nodes and nothing else. Knows no signal and no gesture.

use std::sync::Arc;

use web_sys::{Document as Page, DomTokenList, Element};

use super::place::BLOCK;
use super::{document, window};
use crate::model::{
    Annotation, AnnotationId, BlockKind, Document, DocumentId, LabelId, Project, Segment, Span,
    segments,
};

/// How many labels have colours and line styles of their own; further ones begin anew.
pub const LABEL_SLOTS: usize = 12;

/// How many layers of a segment are drawn. More lines than these nobody can tell apart, and their
/// elements would cost more than the text.
const DRAWN: usize = 6;

/// How long one slice of opening may take, in milliseconds: well under a frame.
const SLICE: f64 = 8.0;

/// The painted article.
pub struct Painter {
    host: Element,
    page: Page,
    document: Arc<Document>,
    /// How many blocks are painted; the others follow.
    painted: usize,
    focused: Option<AnnotationId>,
}

impl Painter {
    /// Empties `host` and begins to paint `document` in it.
    pub fn new(host: Element, document: Arc<Document>) -> Self {
        host.set_text_content(None);
        Self {
            host,
            page: self::document(),
            document,
            painted: 0,
            focused: None,
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

    /// The element whose children are the blocks.
    pub fn host(&self) -> &Element {
        &self.host
    }

    /// Paints blocks until the time is up; answers whether some are left.
    pub fn paint_slice(&mut self, project: &Project) -> bool {
        let clock = window().performance();
        let now = || clock.as_ref().map_or(0.0, web_sys::Performance::now);
        let deadline = now() + SLICE;
        while self.painted < self.blocks() {
            let batch = (self.painted + 16).min(self.blocks());
            self.paint_until(project, batch);
            if now() > deadline {
                break;
            }
        }
        self.painted < self.blocks()
    }

    /// Paints at least the blocks before `end`.
    pub fn paint_until(&mut self, project: &Project, end: usize) {
        if end <= self.painted {
            return;
        }
        let fragment = self.page.create_document_fragment();
        for index in self.painted..end.min(self.blocks()) {
            if let Some(element) = self.block_element(index) {
                self.fill(&element, project, index);
                // Appending cannot fail: the fragment takes any element.
                drop(fragment.append_child(&element));
            }
        }
        drop(self.host.append_child(&fragment));
        self.painted = end.min(self.blocks());
    }

    /// Paints the blocks anew that `span` touches.
    pub fn repaint(&mut self, project: &Project, span: Span) {
        for index in self.document.text.blocks_of(span) {
            if index < self.painted
                && let Some(element) = self.host.children().item(index as u32)
            {
                element.set_text_content(None);
                self.fill(&element, project, index);
            }
        }
    }

    /// Shows which annotation is in focus.
    pub fn focus(&mut self, annotation: Option<AnnotationId>) {
        for (id, on) in [(self.focused.take(), false), (annotation.clone(), true)] {
            for mark in id.iter().flat_map(|id| self.marks_of(id)) {
                set_focus(&mark.class_list(), on);
            }
        }
        self.focused = annotation;
    }

    /// The painted segments of an annotation, in text order.
    pub fn marks_of(&self, id: &AnnotationId) -> Vec<Element> {
        // Ids hold no character that a selector would read as its own.
        let found = self
            .host
            .query_selector_all(&format!("mark[data-annotations~=\"{id}\"]"));
        let Ok(found) = found else {
            return Vec::new();
        };
        (0..found.length())
            .filter_map(|at| wasm_bindgen::JsCast::dyn_into(found.get(at)?).ok())
            .collect()
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
        element.set_attribute(BLOCK, &index.to_string()).ok()?;
        element.set_attribute("dir", "auto").ok()?;
        element
            .set_attribute("data-lines", lines_step(block.span()))
            .ok()?;
        Some(element)
    }

    fn fill(&self, element: &Element, project: &Project, index: usize) {
        let block = self.document.text.blocks()[index].span();
        let id: &DocumentId = &self.document.id;
        let annotations = project
            .annotations()
            .overlapping(id, block)
            .map(Arc::as_ref);
        for segment in segments(block, annotations) {
            let text = self
                .page
                .create_text_node(self.document.text.slice(segment.span));
            let node: Option<web_sys::Node> = if segment.layers.is_empty() {
                Some(text.into())
            } else {
                self.mark(&segment, &text, project).map(Into::into)
            };
            if let Some(node) = node {
                drop(element.append_child(&node));
            }
        }
    }

    /// One `<mark>` for the segment. Its first layer is drawn on the mark itself, each further one
    /// on a span within, so that every layer has a line of its own.
    fn mark(
        &self,
        segment: &Segment<'_>,
        text: &web_sys::Text,
        project: &Project,
    ) -> Option<Element> {
        let mark = self.page.create_element("mark").ok()?;
        let mut inner = mark.clone();
        for (at, layer) in segment.layers.iter().take(DRAWN).enumerate() {
            if at > 0 {
                let next = self.page.create_element("span").ok()?;
                inner.append_child(&next).ok()?;
                inner = next;
            }
            let mut class = format!(
                "layer label-{} depth-{}",
                slot(project, &layer.annotation.label),
                layer.depth.min(7)
            );
            if layer.starts {
                class.push_str(" starts");
            }
            if layer.ends {
                class.push_str(" ends");
            }
            inner.set_class_name(&class);
        }
        inner.append_child(text).ok()?;
        mark.set_attribute("data-annotations", &joined(segment, |it| it.id.as_str()))
            .ok()?;
        mark.set_attribute("data-labels", &joined(segment, |it| it.label.as_str()))
            .ok()?;
        let focused = self.focused.as_ref();
        if focused.is_some_and(|id| segment.layers.iter().any(|it| it.annotation.id == *id)) {
            set_focus(&mark.class_list(), true);
        }
        Some(mark)
    }
}

fn set_focus(classes: &DomTokenList, on: bool) {
    // A class name that is a constant is never refused.
    drop(classes.toggle_with_force("is-focused", on));
}

fn joined(segment: &Segment<'_>, name: impl Fn(&Annotation) -> &str) -> String {
    let mut names = String::new();
    for layer in &segment.layers {
        if !names.is_empty() {
            names.push(' ');
        }
        names.push_str(name(layer.annotation));
    }
    names
}

/// Which set of colours and line styles a label has.
pub fn slot(project: &Project, label: &LabelId) -> usize {
    project.schema().position(label).unwrap_or(0) % LABEL_SLOTS
}

/// A rough number of lines, in steps that the style sheet has heights for: the scroll bar is then
/// about right before a block has been laid out.
fn lines_step(span: Span) -> &'static str {
    match span.byte_len() / 66 {
        0 => "1",
        1 => "2",
        2..4 => "3",
        4..7 => "5",
        7..12 => "9",
        12..24 => "18",
        24..50 => "36",
        _ => "80",
    }
}
