//! The relations of the mark in focus as quiet arcs in the margin. A picture for the eye: the list of
//! relations says the same in words. It lies in the article, so that it scrolls with the text.

use leptos::prelude::*;
use web_sys::Element;

use crate::dom;
use crate::dom::{line, place};
use crate::model::{Annotation, AnnotationId, Document};
use crate::session::Session;
use crate::ui::Screen;
use crate::ui::dynamic::effect;
use crate::ui::element::{ElementRef, element};
use crate::ui::reader::Page;

/// Where elements of a drawing belong.
const SVG: &str = "http://www.w3.org/2000/svg";

/// How far the first arc reaches into the margin, and how much further each of the next, in CSS pixels.
const REACH: i32 = 12;
const STEP: i32 = 7;

/// How far an arc keeps from the text and from the edge, in CSS pixels.
const GAP: i32 = 4;

/// An arc: where it begins and ends, in CSS pixels from the top of the article.
struct Arc {
    from: i32,
    to: i32,
}

/// The drawing.
pub fn arcs(session: Session, screen: Screen, page: Page) -> AnyView {
    let place = ElementRef::new();
    effect(move || {
        page.layout.track();
        let draws = screen.desk.with(|it| it.draws);
        let focused = session.view.focused.get();
        session.with_marks(|_| ());
        let Some(host) = place.get() else {
            return;
        };
        host.set_text_content(None);
        if let (true, Some(focused)) = (draws, focused) {
            draw(session, page, &host, &focused);
        }
    });
    element("div")
        .set("id", "arcs")
        .set("aria-hidden", "true")
        .found_by(place)
        .view()
}

fn draw(session: Session, page: Page, host: &Element, focused: &AnnotationId) -> Option<()> {
    let (blocks, document) = page.place()?;
    let article = host.closest("#reader").ok()??.get_bounding_client_rect();
    let height = |mark: &Annotation| height_of(&blocks, &document, mark, article.top());
    let arcs: Vec<Arc> = session.peek(|project| {
        let here = |id: &AnnotationId| {
            let mark = project.annotations().get(id)?;
            (mark.document == document.id)
                .then(|| height(mark))
                .flatten()
        };
        let touching = project.relations().filter(|it| it.touches(focused));
        let arc = |it: crate::model::Relation| {
            Some(Arc {
                from: here(&it.from)?,
                to: here(&it.to)?,
            })
        };
        touching.filter_map(arc).collect()
    });
    if arcs.is_empty() {
        return None;
    }
    let edge = (blocks.get_bounding_client_rect().left() - article.left()).round() as i32 - GAP;
    let svg = made("svg")?;
    for (place, arc) in (0..).zip(&arcs) {
        let reach = (REACH + STEP * place).min(edge - GAP).max(GAP);
        for part in parts(arc, edge, reach) {
            svg.append_child(&part).ok()?;
        }
    }
    host.append_child(&svg).ok()?;
    Some(())
}

/// The middle of the line in which a mark begins. Of a block that is not painted yet, its own.
fn height_of(blocks: &Element, document: &Document, mark: &Annotation, top: f64) -> Option<i32> {
    let text = &document.text;
    let span = mark.hull();
    let spot = line::spot(blocks, text, span).filter(|it| it.y.1 > it.y.0);
    let (above, below) = spot.map(|it| it.y).or_else(|| {
        let block = text.block_at(span.start());
        let area = place::block(blocks, block)?.get_bounding_client_rect();
        Some((area.top(), area.top() + 20.0))
    })?;
    Some((f64::midpoint(above, below) - top).round() as i32)
}

/// The line, a dot where it begins and a tip where it ends.
fn parts(arc: &Arc, edge: i32, reach: i32) -> Vec<Element> {
    let (from, to) = (arc.from, arc.to);
    let out = edge - reach;
    let line = format!("M{edge} {from}C{out} {from} {out} {to} {edge} {to}");
    let tip = format!("M{} {}l5 4l-5 4", edge - 5, to - 4);
    let dot = format!("M{} {from}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0", edge - 2);
    let path = |class: &str, shape: &str| {
        let path = made("path")?;
        path.set_attribute("class", class).ok()?;
        path.set_attribute("d", shape).ok()?;
        Some(path)
    };
    let parts = [path("arc", &line), path("arc", &tip), path("arc-dot", &dot)];
    parts.into_iter().flatten().collect()
}

fn made(name: &str) -> Option<Element> {
    dom::document().create_element_ns(Some(SVG), name).ok()
}
