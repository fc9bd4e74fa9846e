//! The lines: each place with the words around it, so that the places stand below each other. Only those
//! near the view are in the page.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::Search;
use crate::analysis::concordance::{Line, beside};
use crate::dom;
use crate::dom::paint::slot;
use crate::model::{Document, Project};
use crate::session::{Derived, shorten};
use crate::ui::accounts::facts;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, element, tick_box};
use crate::ui::long_list::long_list;
use crate::ui::places::OPENING;
use crate::ui::reader::Scroll;

/// How many characters are shown before and behind a place, on a narrow screen so many; and of a long
/// place itself.
const AROUND: usize = 110;
const AROUND_ON_NARROW: usize = 52;
const LONGEST: usize = 160;

/// Where the lines are no table any more.
const NARROW: &str = "(max-width: 47.5rem)";

/// All lines.
pub fn list(search: Search) -> Element {
    let keys = move || {
        let run = search.run.get();
        let found = search.found.get_untracked();
        let lines = 0..found.map_or(0, |it| it.lines.len());
        lines.map(|at| format!("{run}.{at}").into()).collect()
    };
    let list = element("ol")
        .set("id", "search-lines")
        .set("aria-label", "Places")
        .class("long-list");
    let list = long_list(list, keys, || None, move |key| row(search, &key));
    element("div").class("search-area").with(list)
}

/// Gives the focus back to the line that was gone to.
pub fn focus_last() {
    request_animation_frame(|| {
        let line = dom::find("#search-lines .line[aria-current] .line-go");
        if let Some(line) = line.or_else(|| dom::find("#search-words")) {
            drop(line.focus());
        }
    });
}

fn row(search: Search, key: &str) -> AnyView {
    let at = key.split_once('.').map_or("", |it| it.1).parse();
    let at: usize = at.unwrap_or(usize::MAX);
    let found = search.found.get_untracked();
    let line = found.and_then(|it| it.lines.get(at).cloned());
    let session = search.desk.session;
    let document = line
        .as_ref()
        .and_then(|line| session.peek(|project| project.document(&line.document).cloned()));
    let (Some(line), Some(document)) = (line, document) else {
        return element("li").view();
    };
    let outlet = facts::outlet(&document);
    let place = shorten(document.text.slice(line.span), 40);
    let is_on = move || search.ticks.with(|ticks| ticks.get(at) == Some(&true));
    let box_ = tick_box(is_on, move |on| search.tick(at, on))
        .set_to("aria-label", format!("Tick “{place}” in {outlet}"));
    let line = Arc::new(line);
    let is_open = {
        let line = line.clone();
        Derived::new(move || search.is_at(&line))
    };
    let go = line.clone();
    let button = element("button")
        .class("line-go")
        .press(move || search.go(&go))
        .on("keydown", move |event| search.press(at, &event))
        .with(
            element("span")
                .class("line-source")
                .set("dir", "auto")
                .say_this(outlet),
        )
        .say(" ")
        .with(words(&document, &line))
        .say(" ")
        .with(marks(search, line));
    element("li")
        .class("line")
        .set_to("data-document", document.id.to_string())
        .follow_maybe("aria-current", move || {
            is_open.get().then(|| "true".to_owned())
        })
        .with(element("label").class("tick").with(box_))
        .with(button)
        .view()
}

/// The place between the words around it.
fn words(document: &Document, line: &Line) -> Element {
    let text = &document.text;
    let (before, behind) = beside(text, line.span);
    let most = if dom::prefers(NARROW) {
        AROUND_ON_NARROW
    } else {
        AROUND
    };
    let from_the_right =
        is_from_the_right(text.slice(text.blocks()[text.block_at(line.span.start())].span()));
    let key = element("b")
        .class("line-place")
        .say_this(shorten(text.slice(line.span), LONGEST));
    let before = element("span")
        .class("line-before")
        .with(element("span").say_this(end_of(before, most)));
    let behind = element("span")
        .class("line-behind")
        .with(key)
        .say_this(begin_of(behind, most));
    element("span")
        .class("line-words")
        .set("dir", if from_the_right { "rtl" } else { "ltr" })
        .in_language(document.meta.language_code().map(str::to_owned))
        .with(before)
        .with(behind)
}

/// The last words of what stands before a place.
fn end_of(text: &str, most: usize) -> String {
    let from = text.char_indices().rev().nth(most);
    // Where there is no blank it is cut within a word.
    let cut = from.map(|it| &text[it.0..]);
    let cut = cut.map(|it| it.split_once(' ').map_or(it, |it| it.1));
    on_one_line(&cut.map_or_else(|| text.to_owned(), |it| format!("…{it}")))
}

/// The first words of what stands behind it.
fn begin_of(text: &str, most: usize) -> String {
    let to = text.char_indices().nth(most);
    let cut = to.map(|it| &text[..it.0]);
    let cut = cut.map(|it| it.rsplit_once(' ').map_or(it, |it| it.0));
    on_one_line(&cut.map_or_else(|| text.to_owned(), |it| format!("{it}…")))
}

/// Ends of lines within a paragraph are blanks here.
fn on_one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// Whether a paragraph is read from the right, by its first letter.
fn is_from_the_right(text: &str) -> bool {
    let first = text.chars().find(|it| it.is_alphabetic());
    first.is_some_and(|it| {
        matches!(it, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
    })
}

/// The labels of the marks that the place lies in.
fn marks(search: Search, line: Arc<Line>) -> Element {
    let found = Derived::new(move || {
        search
            .desk
            .session
            .with_marks(|project| labels(project, &line))
    });
    let shown = dynamic(move || {
        let found = found.get().into_iter();
        let shown = found.flat_map(|(slot, name)| {
            let label = element("span")
                .set_to("class", format!("line-label label-{slot}"))
                .say_this(name);
            [label.view(), " ".into_any()]
        });
        shown.collect()
    });
    element("span").class("line-marks").with(shown)
}

/// Their slots and names, each once.
fn labels(project: &Project, line: &Line) -> Vec<(usize, String)> {
    let near = project.annotations().overlapping(&line.document, line.span);
    let around = near.filter(|it| it.hull().contains(line.span));
    let mut found: Vec<(usize, String)> = Vec::new();
    for mark in around {
        let name = project.schema().get(&mark.label);
        let name = name.map_or_else(|| mark.label.to_string(), |it| it.name.clone());
        let label = (slot(project, &mark.label), name);
        if !found.contains(&label) {
            found.push(label);
        }
    }
    found
}

impl Search {
    /// Whether one is at the place of a line: it is selected, or its mark in focus. Follows it.
    fn is_at(self, line: &Line) -> bool {
        let view = self.desk.session.view;
        let is_here = view.open.with(|it| it.as_ref() == Some(&line.document));
        match &line.mark {
            Some(mark) => view.focused.with(|it| it.as_ref() == Some(mark)),
            None => is_here && view.draft.get() == Some(line.span),
        }
    }

    /// Goes to the place, in the text below; on a narrow screen that comes over the lines.
    fn go(self, line: &Line) {
        let view = self.desk.session.view;
        let is_open = view
            .open
            .with_untracked(|it| it.as_ref() == Some(&line.document));
        view.open(line.document.clone());
        let line = line.clone();
        let show = move || {
            let open = self.desk.page.place();
            if open.is_none_or(|it| it.1.id != line.document) {
                return;
            }
            let session = self.desk.session;
            match &line.mark {
                Some(mark) if session.peek(|it| it.annotations().get(mark).is_some()) => {
                    view.show(mark.clone());
                }
                _ => {
                    self.desk.page.bring_into_sight(line.span, Scroll::ToMiddle);
                    view.select(Some(line.span));
                }
            }
        };
        let is_narrow = dom::prefers(NARROW);
        if is_narrow {
            self.is_aside.set(true);
        }
        match is_open && !is_narrow {
            true => show(),
            // The text has its place only then.
            false => set_timeout(show, OPENING),
        }
        if is_narrow {
            set_timeout(move || self.desk.page.take_focus(), OPENING);
        }
    }

    /// The keys of a line: arrows lead from line to line and tick with Shift, a label's key marks.
    fn press(self, at: usize, event: &web_sys::Event) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let is_plain = !(event.ctrl_key() || event.alt_key() || event.meta_key());
        let forward = match event.key().as_str() {
            "ArrowDown" if is_plain => Some(true),
            "ArrowUp" if is_plain => Some(false),
            _ => None,
        };
        if let Some(forward) = forward {
            event.prevent_default();
            event.stop_propagation();
            if event.shift_key() {
                self.tick(at, true);
            }
            if let Some((next, button)) = next_line(event, forward) {
                if event.shift_key() {
                    self.tick(next, true);
                }
                drop(button.focus());
            }
            return;
        }
        if let Some(label) = self.label_by_key(event) {
            event.prevent_default();
            event.stop_propagation();
            self.mark(Some(at), &label);
        }
    }
}

/// The number of the line below or above, from 0, and its button.
fn next_line(event: &KeyboardEvent, forward: bool) -> Option<(usize, HtmlElement)> {
    let here: web_sys::Element = event.current_target()?.dyn_into().ok()?;
    let row = here.closest("li").ok()??;
    let next = match forward {
        true => row.next_element_sibling(),
        false => row.previous_element_sibling(),
    }?;
    let place: usize = next.get_attribute("aria-posinset")?.parse().ok()?;
    let button = next.query_selector(".line-go").ok()??.dyn_into().ok()?;
    Some((place.checked_sub(1)?, button))
}

#[cfg(test)]
mod tests {
    use super::{begin_of, end_of, is_from_the_right};

    #[test]
    fn what_stands_beside_is_cut_between_words() {
        assert_eq!(end_of("One two\nthree ", 20), "One two three ");
        assert_eq!(end_of("One two three ", 9), "…three ");
        assert_eq!(end_of("Öööööööööö", 3), "…öööö");
        assert_eq!(begin_of(" one two three.", 9), " one two…");
        assert_eq!(begin_of(" one.", 9), " one.");
    }

    #[test]
    fn the_first_letter_tells_from_where_one_reads() {
        assert!(is_from_the_right("“בנמל” was said"));
        assert!(!is_from_the_right("12 “was” בנמל"));
        assert!(!is_from_the_right(""));
    }
}
