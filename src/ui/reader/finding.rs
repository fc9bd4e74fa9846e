//! Finding words in the open article, and labelling them without a drag.
//!
//! All matches in sight are tinted; one of them is the current one, and Enter makes it the draft.
//! What is out of sight is not tinted: a single letter has a hundred thousand places in a long
//! article. What counts as a match is said in `analysis`.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::page::{Page, Scroll};
use crate::analysis::find;
use crate::dom;
use crate::model::{Document, LabelId, Span, trim};
use crate::session::{Command, Derived, Session, Watched};
use crate::ui::dynamic::{effect, when};
use crate::ui::element::{Element, ElementRef, button, element, tick_box};
use crate::ui::palette::label_buttons_that;
use crate::ui::{Dialog, Same, compared, context, search_for};

/// What is looked for, and where one is.
struct Finding {
    session: Session,
    page: Page,
    shown: RwSignal<bool>,
    words: RwSignal<String>,
    exact_case: RwSignal<bool>,
    whole_words: RwSignal<bool>,
    found: Found,
    /// The byte where one is: the first match from there on is the current one.
    at: Watched<usize>,
    /// Whether the current match has been the draft, so that Enter goes on to the next.
    chosen: RwSignal<bool>,
    /// Whether words were typed before the field was here, and more may follow.
    goes_on: StoredValue<bool>,
    /// What had the focus before.
    before: StoredValue<Option<HtmlElement>, LocalStorage>,
}

/// What was found in the open article, in text order.
pub(super) type Found = Derived<Arc<Vec<Span>>>;

/// The bar above the article, which is nothing until it is asked for, and what is found by it.
pub(super) fn find_bar(page: Page) -> (AnyView, Found) {
    // It lives as long as the page.
    let finding: &Finding = Box::leak(Box::new(Finding::new(page)));
    let field = ElementRef::new();
    finding.follow_requests(field);
    effect(move || finding.tint());
    let bar = when(move || finding.shown.get(), move || finding.bar(field));
    (bar, finding.found)
}

impl Finding {
    fn new(page: Page) -> Self {
        let (session, _) = context();
        let [shown, exact_case, whole_words, chosen] = [false; 4].map(RwSignal::new);
        let words = RwSignal::new(String::new());
        // The article in the form in which it is compared is made once, not at each key.
        let form = Derived::new(move || {
            let open = session.view.open.get().filter(|_| shown.get())?;
            let document = session.peek(|project| project.document(&open).cloned())?;
            let form = compared(document.text.as_str(), exact_case.get());
            Some((document, Arc::new(form)))
        });
        let found = Derived::new(move || {
            let words = compared(&words.get(), exact_case.get());
            let found = form.with(|form| {
                let (document, form) = form.as_ref()?;
                Some(find(&document.text, form, &words, whole_words.get()))
            });
            Arc::new(found.unwrap_or_default())
        });
        Self {
            session,
            page,
            shown,
            words,
            exact_case,
            whole_words,
            found,
            at: Watched::new(0),
            chosen,
            goes_on: StoredValue::new(false),
            before: StoredValue::new_local(None),
        }
    }

    /// Opens the bar whenever that is asked for, and gives its field the focus.
    fn follow_requests(&'static self, field: ElementRef) {
        let (_, screen) = context();
        effect(move || {
            if screen.find.get() > 0 && !self.shown.get_untracked() {
                self.open();
            }
        });
        let begin = move |words: &str| {
            let field = field.get_untracked().and_then(|it| it.dyn_into().ok());
            if let Some(field) = field.filter(|it: &HtmlInputElement| it.is_connected()) {
                drop(field.focus());
                let holds = field.value();
                let is_untouched = holds.is_empty() || holds == words;
                if is_untouched && !self.goes_on.get_value() {
                    // The view sets it too, but quick fingers may be quicker, and their letters would be added.
                    field.set_value(words);
                    field.select();
                }
            }
        };
        effect(move || {
            screen.find.track();
            let is_here = field.get().is_some();
            // At once, or a key that follows quickly would be a command. And again when the field holds
            // the words of the last search, to be typed over; unless somebody has typed by then.
            let words = self.words.get_untracked();
            begin(&words);
            let begin = move || {
                begin(&words);
                if is_here {
                    self.goes_on.set_value(false);
                }
            };
            set_timeout(begin, Duration::ZERO);
        });
    }

    fn open(&'static self) {
        let focused = dom::document().active_element();
        self.before
            .set_value(focused.and_then(|it| it.dyn_into().ok()));
        let view = self.session.view;
        let draft = view.draft.get_untracked();
        let mark = self.session.focused().map(|it| it.hull());
        // A selection of the page would come back as the draft in the middle of the search.
        dom::selection::collapse();
        if let Some((_, document)) = self.page.place() {
            // What is selected or marked is behind one already: Enter goes on from there.
            self.chosen.set(draft.or(mark).is_some());
            self.at.set(self.page.working_place(&document).bytes());
            if let Some(words) = draft.map(|it| document.text.slice(it))
                && words.len() < 100
            {
                self.words.set(words.to_owned());
            }
        }
        self.shown.set(true);
        self.take_typed_ahead();
    }

    /// Searches for what was typed before there was a field for it.
    fn take_typed_ahead(&'static self) {
        let (_, screen) = context();
        let words = screen.typed_ahead.get_untracked();
        if !words.is_empty() {
            screen.typed_ahead.set(String::new());
            self.words.set(words);
            self.goes_on.set_value(true);
            self.search_anew();
        }
    }

    /// Gives the focus back to where it was.
    fn close(&'static self) {
        self.shown.set(false);
        // What had the focus may be hidden by now, and refuses it then.
        self.page.take_focus();
        if let Some(before) = self.before.get_value() {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            drop(before.focus_with_options(&options));
        }
    }

    /// The current match and its place among all, from 0.
    fn current(&'static self) -> Option<(usize, Span)> {
        let at = self.at.get();
        self.found.with(|found| {
            let next = found.partition_point(|it| it.start().bytes() < at);
            let next = if next < found.len() { next } else { 0 };
            found.get(next).map(|span| (next, *span))
        })
    }

    /// Another search: what was chosen is no longer meant.
    fn search_anew(&'static self) {
        self.chosen.set(false);
        self.bring_into_sight();
    }

    /// Makes the current match the draft, or the one after or before it.
    fn choose(&'static self, step: Option<bool>) {
        let count = self.found.with_untracked(|it| it.len());
        let Some((place, span)) = untrack(|| self.current()) else {
            return;
        };
        let place = match step {
            None => place,
            Some(true) => (place + 1) % count,
            Some(false) => (place + count - 1) % count,
        };
        let span = self
            .found
            .with_untracked(|it| it.get(place).copied().unwrap_or(span));
        self.at.set(span.start().bytes());
        self.bring_into_sight();
        let draft = self.place().and_then(|it| trim(&it.1.text, span));
        self.session.view.select(draft);
        self.chosen.set(true);
    }

    /// Marks the current match and goes on to the next.
    fn mark(&'static self, label: &LabelId) {
        let view = self.session.view;
        if view.draft.with_untracked(Option::is_none) {
            self.choose(None);
        }
        if view.draft.with_untracked(Option::is_some) {
            Command::Label(label.clone()).run(self.session);
            // What could not be marked stays the draft, and a notice says why.
            if view.draft.with_untracked(Option::is_none) {
                self.choose(Some(true));
            }
        }
    }

    fn bring_into_sight(&'static self) {
        if let (Some((_, span)), Some(_)) = (untrack(|| self.current()), self.place()) {
            self.page.bring_into_sight(span, Scroll::ToMiddle);
        }
    }

    /// The article on the page, where it is the one that was searched.
    fn place(&'static self) -> Option<(web_sys::Element, Arc<Document>)> {
        let open = self.session.view.open.get_untracked();
        let place = self.page.place()?;
        (open.as_ref() == Some(&place.1.id)).then_some(place)
    }

    /// Tints the matches in sight.
    fn tint(&'static self) {
        let (mut others, mut one) = (Vec::new(), None);
        if self.shown.get() {
            self.page.layout.track();
            self.page.scrolled.track();
            let current = self.current().map(|it| it.1);
            if let (Some((host, document)), Some(sight)) =
                (self.place(), self.page.blocks_in_sight(0.5))
            {
                let text = &document.text;
                let blocks = text.blocks().get(sight).unwrap_or_default();
                let range_of = |span: &Span| dom::place::range_of(&host, text, *span);
                self.found.with(|found| {
                    let from = blocks.first().map(|it| it.span().start());
                    let to = blocks.last().map(|it| it.span().end());
                    let first = found.partition_point(|it| Some(it.end()) <= from);
                    let near = found[first..].iter().take_while(|it| Some(it.start()) < to);
                    let near = near.filter(|it| Some(**it) != current);
                    others.extend(near.filter_map(range_of));
                });
                one = current.as_ref().and_then(range_of);
            }
        }
        dom::highlight::set("found", &others);
        dom::highlight::set("current", one.as_slice());
    }

    fn bar(&'static self, field: ElementRef) -> AnyView {
        let (_, screen) = context();
        let typed = move |words| {
            self.words.set(words);
            self.search_anew();
        };
        let words = element("input")
            .set("id", "find-words")
            .set("type", "search")
            .set("dir", "auto")
            .set("autocomplete", "off")
            .set("spellcheck", "false")
            .found_by(field)
            .value(move || self.words.get())
            .typed(typed)
            .on("keydown", move |event| self.go_on(&event));
        let name = element("label").set("for", "find-words").say("Find");
        let tally = element("span")
            .set("id", "find-tally")
            .set("role", "status")
            .show(move || self.tally());
        let labels = element("span")
            .class("find-labels")
            .set("role", "group")
            .set("aria-label", "Mark this one")
            .with(label_buttons_that(
                self.session,
                |_| false,
                |id| self.mark(id),
            ));
        let all = move || {
            screen.open(Dialog::MarkAll(Same {
                words: self.words.get_untracked(),
                label: None,
                exact_case: self.exact_case.get_untracked(),
                whole_words: self.whole_words.get_untracked(),
            }))
        };
        let everywhere = move || {
            let words = dom::route::written(&[("words", self.words.get_untracked())]);
            self.shown.set(false);
            search_for(self.session, screen, format!("as=phrase&{words}"));
        };
        let none = move || self.found.with(|it| it.is_empty());
        let step = |name, forward| {
            button(name, move || self.choose(Some(forward))).follow_if("disabled", none)
        };
        element("div")
            .set("id", "find-bar")
            .set("role", "search")
            .set("aria-label", "Find in the article")
            .on("keydown", move |event| {
                if dom::keys::is_escape(&event) {
                    event.prevent_default();
                    self.close();
                }
            })
            .with(name)
            .with(words)
            .with(tally)
            .with(step("Previous", false))
            .with(step("Next", true))
            .with(self.switch("Exact case", self.exact_case))
            .with(self.switch("Whole words", self.whole_words))
            .with(labels)
            .with(button("Mark all…", all).follow_if("disabled", none))
            .with(button("In all articles", everywhere))
            .with(button("Close", move || self.close()).class("quiet"))
            .view()
    }

    fn switch(&'static self, name: &'static str, rule: RwSignal<bool>) -> Element {
        let set = move |on| {
            rule.set(on);
            self.search_anew();
        };
        let field = tick_box(move || rule.get(), set);
        element("label").class("switch").with(field).say(name)
    }

    /// Enter selects the current match, then the one after it; with Shift the one before.
    fn go_on(&'static self, event: &web_sys::Event) {
        if key(event) == "Enter" {
            event.prevent_default();
            let back = event.dyn_ref().is_some_and(KeyboardEvent::shift_key);
            let on = back || self.chosen.get_untracked();
            self.choose(on.then_some(!back));
        }
    }

    fn tally(&'static self) -> String {
        match self.current() {
            Some((place, _)) => format!("{} of {}", place + 1, self.found.with(|it| it.len())),
            None if self.words.with(String::is_empty) => String::new(),
            None => "No match".to_owned(),
        }
    }
}

/// The key that was pressed, unless it goes to an input method.
fn key(event: &web_sys::Event) -> String {
    let event = event.dyn_ref::<KeyboardEvent>();
    let event = event.filter(|it| !it.is_composing());
    event.map_or(String::new(), KeyboardEvent::key)
}
