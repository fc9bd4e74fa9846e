//! Where the marks of the article are, as a strip along the scroll bar. For the eye and the mouse
//! alone: the list of marks says the same to everybody.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlCanvasElement, PointerEvent, ResizeObserver};

use super::Page;
use super::finding::Found;
use super::page::Scroll;
use crate::dom;
use crate::dom::paint::{LABEL_SLOTS, slot};
use crate::dom::strip::{self, Rows, Strip};
use crate::model::{Annotation, Document, Project, Span};
use crate::session::Session;
use crate::ui::context;
use crate::ui::dynamic::{after_painting, effect};
use crate::ui::element::{ElementRef, element};

/// How near to a tick a click means its mark, in CSS pixels.
const NEAR: f64 = 3.0;

/// What the strip is made of.
#[derive(Clone, Copy)]
struct Overview {
    session: Session,
    page: Page,
    found: Found,
    canvas: ElementRef,
    /// Counts changes of its size and of the system's colours.
    changed: RwSignal<u32>,
    /// Whether it will be drawn after the next frame.
    is_due: StoredValue<bool>,
}

/// The strip.
pub(super) fn overview(page: Page, found: Found) -> AnyView {
    let (session, screen) = context();
    let overview = Overview {
        session,
        page,
        found,
        canvas: ElementRef::new(),
        changed: RwSignal::new(0),
        is_due: StoredValue::new(false),
    };
    overview.follow_size();
    effect(move || {
        let view = session.view;
        session.with_marks(|_| ());
        view.open.track();
        view.focused.track();
        view.plain.track();
        view.only.track();
        screen.look.track();
        found.with(|_| ());
        overview.changed.track();
        overview.draw_soon();
    });
    let colors = (0..LABEL_SLOTS).map(|at| element("i").set_to("class", format!("label-{at}")));
    element("canvas")
        .set("id", "overview")
        .set("aria-hidden", "true")
        .found_by(overview.canvas)
        .pointer("pointerdown", move |event| overview.go(&event))
        .with_all(colors.collect())
        .with(element("i").class("found"))
        .view()
}

impl Overview {
    fn follow_size(self) {
        let changed = Closure::<dyn FnMut()>::new(move || self.changed.update(|it| *it += 1));
        // The strip lives as long as the page.
        let changed = changed.into_js_value();
        for query in ["(prefers-color-scheme: dark)", "(forced-colors: active)"] {
            if let Ok(Some(query)) = dom::window().match_media(query) {
                // The browser keeps what it tells for as long as the page lives.
                query.set_onchange(Some(changed.unchecked_ref()));
            }
        }
        effect(move || {
            let observer = ResizeObserver::new(changed.unchecked_ref());
            if let (Some(canvas), Ok(observer)) = (self.canvas.get(), observer) {
                observer.observe(&canvas);
            }
        });
    }

    /// However much changes at once, it is drawn once, and after the text.
    fn draw_soon(self) {
        if !self.is_due.get_value() {
            self.is_due.set_value(true);
            after_painting(move || {
                self.is_due.set_value(false);
                self.draw();
            });
        }
    }

    fn canvas(self) -> Option<HtmlCanvasElement> {
        let canvas = self.canvas.get_untracked()?;
        canvas.dyn_ref::<HtmlCanvasElement>().cloned()
    }

    fn document(self) -> Option<Arc<Document>> {
        let open = self.session.view.open.get_untracked()?;
        self.session
            .peek(|project| project.document(&open).cloned())
    }

    /// The marks that are not hidden.
    fn shown<'a>(
        self,
        project: &'a Project,
        document: &Document,
    ) -> impl Iterator<Item = &'a Arc<Annotation>> {
        let marks = project.annotations().of(&document.id).iter();
        marks.filter(move |it| self.session.view.is_shown(it))
    }

    /// Draws it, where it is shown.
    fn draw(self) -> Option<()> {
        let canvas = self.canvas()?;
        let height = strip::size(&canvas).1 as usize;
        if height == 0 {
            return None;
        }
        // Beside the scroll bar, whose width only the browser knows.
        let bar = self.page.scroll_bar()?;
        dom::set_style(&canvas, "inset-inline-end", &format!("{bar}px"));
        strip::draw(&canvas, &self.strip(height))
    }

    fn strip(self, height: usize) -> Strip {
        let mut strip = Strip {
            marks: Rows::new(height),
            found: Rows::new(height),
            focus: None,
        };
        let Some(document) = self.document() else {
            return strip;
        };
        let length = document.text.as_str().len();
        let rows =
            |span: Span| strip::rows(span.start().bytes()..span.end().bytes(), length, height);
        self.found.with_untracked(|found| {
            for span in found.iter() {
                strip.found.add(rows(*span), 0);
            }
        });
        let view = self.session.view;
        if !view.plain.get_untracked() {
            self.session.peek(|project| {
                for mark in self.shown(project, &document) {
                    let slot = slot(project, &mark.label);
                    for span in mark.fragments() {
                        strip.marks.add(rows(*span), slot);
                    }
                }
            });
        }
        let focused = self.session.focused();
        strip.focus = focused
            .filter(|it| it.document == document.id)
            .map(|it| rows(it.hull()));
        strip
    }

    /// Goes to the mark at a press, or to the words that stand there.
    fn go(self, event: &PointerEvent) {
        // Selection and focus stay where they are.
        event.prevent_default();
        if let Some(span) = self.span_at(event) {
            self.page.bring_into_sight(span, Scroll::ToMiddle);
        }
    }

    fn span_at(self, event: &PointerEvent) -> Option<Span> {
        let (canvas, document) = (self.canvas()?, self.document()?);
        let area = canvas.get_bounding_client_rect();
        let row = f64::from(event.client_y()) - area.top();
        let content = document.text.as_str();
        let byte = |row| strip::byte_at(row, content.len(), area.height());
        let (first, at, last) = (byte(row - NEAR), byte(row), byte(row + NEAR));
        let near = self.session.peek(|project| {
            let marks = self.shown(project, &document).map(|it| it.hull());
            let near = marks.filter(|it| (first..=last).contains(&it.start().bytes()));
            near.min_by_key(|it| it.start().bytes().abs_diff(at))
        });
        let at = content.floor_char_boundary(at);
        let letter = content[at..].chars().next()?;
        near.or_else(|| document.text.span(at, at + letter.len_utf8()))
    }
}
