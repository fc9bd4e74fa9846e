//! A column for one article: what is known of it, and its text, quietly. Whoever marks there does so with
//! the real reader, which comes to the column at the same place: a press that ends in a column is taken
//! over by it, with the words that were selected or the mark that was clicked.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use web_sys::PointerEvent;

use super::column_head::{head, shown_head};
use super::desk::{Comparing, Panel};
use super::facts;
use super::passages::Shared;
use super::thread::Threads;
use super::work::Work;
use crate::dom;
use crate::model::{DocumentId, Project};
use crate::session::{Derived, Session, Watched};
use crate::ui::dynamic::{dynamic, effect, on_window, when};
use crate::ui::element::{Element, ElementRef, button, element};
use crate::ui::reader::{self, Page};
use crate::ui::{Screen, context};

/// So many columns there are at most.
pub const MOST: usize = 4;

/// A press that moves less than this is a click, in CSS pixels.
const STILL: i32 = 4;

/// What the columns and the panels below them share.
#[derive(Clone, Copy)]
pub struct Desk {
    pub session: Session,
    pub screen: Screen,
    /// The real reader.
    pub page: Page,
    pub slots: [Slot; MOST],
    /// What is being worked out for the panel that is open.
    pub work: Work,
    /// What is looked for in all articles, and what was found.
    pub threads: Threads,
    /// The passages that were found.
    pub shared: Watched<Option<Arc<Shared>>>,
    /// Whether shared passages are tinted in the texts.
    pub paints: RwSignal<bool>,
}

thread_local! {
    static DESK: Cell<Option<Desk>> = const { Cell::new(None) };
}

impl Desk {
    /// The one desk of the page.
    pub fn of(page: Page) -> Self {
        if let Some(desk) = DESK.get() {
            return desk;
        }
        let (session, screen) = context();
        let desk = Self {
            session,
            screen,
            page,
            slots: std::array::from_fn(|place| Slot::new(session, screen, place)),
            work: Work::new(),
            threads: Threads::new(),
            shared: Watched::new(None),
            paints: RwSignal::new(false),
        };
        DESK.set(Some(desk));
        desk
    }

    /// Changes which accounts stand beside each other, or what is shown below them.
    pub fn change(self, change: impl FnOnce(&mut Comparing)) {
        let before = self.screen.comparing.get_untracked();
        let after = before.clone().map(|mut it| {
            change(&mut it);
            it
        });
        if after != before {
            self.screen.comparing.set(after);
        }
    }

    /// Shows something below the columns, or nothing.
    pub fn show(self, panel: Option<Panel>) {
        self.change(|it| it.panel = panel);
    }

    /// The event, as the articles call it; follows it.
    pub fn event(self) -> String {
        let comparing = self.screen.comparing;
        comparing.with(|it| it.as_ref().map_or_else(String::new, |it| it.event.clone()))
    }
}

/// A column.
#[derive(Clone, Copy)]
pub struct Slot {
    session: Session,
    /// The article as it is painted here.
    pub page: Page,
    host: ElementRef,
    scroller: ElementRef,
    /// The article that belongs here.
    pub shows: Derived<Option<DocumentId>>,
    /// Whether the real reader is here.
    pub is_worked: Derived<bool>,
    /// Where a press began, while it lasts.
    press: StoredValue<Option<(i32, i32)>>,
}

impl Slot {
    fn new(session: Session, screen: Screen, place: usize) -> Self {
        let (host, scroller) = (ElementRef::new(), ElementRef::new());
        let shows = Derived::new(move || {
            let of = |it: &Option<Comparing>| it.as_ref()?.columns.get(place).cloned();
            screen.comparing.with(of)
        });
        let is_worked = Derived::new(move || {
            let shown = shows.get();
            shown.is_some() && session.view.open.get() == shown
        });
        Self {
            session,
            page: Page::new(session, host, scroller),
            host,
            scroller,
            shows,
            is_worked,
            press: StoredValue::new(None),
        }
    }

    /// Keeps what is painted here in step with what belongs here.
    pub fn follow(self, desk: Desk) {
        let session = self.session;
        effect(move || {
            if self.host.get().is_some() {
                self.page.follow_size();
            }
        });
        effect(move || {
            let shown = self.shows.get();
            let (Some(host), Some(_)) = (self.host.get(), self.scroller.get()) else {
                return;
            };
            if let Some((painted, before)) = self.page.place() {
                // Columns that are shown again are other elements.
                let is_here = painted.is_same_node(Some(&host));
                if is_here && Some(&before.id) == shown.as_ref() {
                    return;
                }
                if session.view.open.get_untracked().as_ref() != Some(&before.id) {
                    desk.page
                        .leave(before.id.clone(), self.page.reading_place());
                }
            }
            let document = shown.and_then(|id| session.peek(|it| it.document(&id).cloned()));
            let left = document.as_ref().and_then(|it| desk.page.left_at(&it.id));
            let has_text = document.is_some();
            self.page.begin(document, left);
            if has_text {
                reader::paint_on(self.page, true);
                self.page.return_to(left);
            }
        });
        // The real reader has gone to another column: its text stands here where it stood there.
        let was_worked = StoredValue::new(false);
        effect(move || {
            let is_worked = self.is_worked.get();
            if was_worked.get_value() && !is_worked {
                let shown = self.shows.get_untracked();
                self.page
                    .return_to(shown.and_then(|id| desk.page.left_at(&id)));
            }
            was_worked.set_value(is_worked);
        });
        reader::follow_shown(session, self.page);
        let up = on_window("pointerup", move |event| self.release(desk, event));
        let cancel = on_window("pointercancel", move |_: web_sys::Event| {
            self.press.set_value(None)
        });
        on_cleanup(move || {
            up.remove();
            cancel.remove();
        });
    }

    /// The column.
    pub fn view(self, desk: Desk) -> AnyView {
        let is_shown = move || self.shows.with(Option::is_some);
        let name = move || self.title().unwrap_or_default();
        let text = element("div")
            .class("column-words")
            .follow_maybe("lang", move || self.language())
            .found_by(self.host);
        let article = element("article")
            .class("reader")
            .set("tabindex", "0")
            .follow("aria-label", move || format!("Text of “{}”", name()))
            .class_if("is-plain", move || self.session.view.plain.get())
            .pointer("pointerdown", move |event| self.begin_press(&event))
            .with(text);
        let scroller = element("div")
            .class("column-text")
            .found_by(self.scroller)
            .on("scroll", move |_| self.page.note_scroll())
            .with(article);
        element("section")
            .class("column")
            .class_if("is-shown", is_shown)
            .class_if("is-worked", move || self.is_worked.get())
            .follow_maybe("data-document", move || {
                self.shows.get().map(|it| it.to_string())
            })
            .follow_maybe("aria-current", move || {
                self.is_worked.get().then(|| "true".to_owned())
            })
            .follow_maybe("aria-owns", move || {
                self.is_worked.get().then(|| "reading".to_owned())
            })
            .follow("aria-label", name)
            .with(self.head(desk))
            .with(scroller)
            .view()
    }

    fn title(self) -> Option<String> {
        let id = self.shows.get()?;
        self.session
            .with_documents(|it| Some(it.document(&id)?.title().to_owned()))
    }

    fn language(self) -> Option<String> {
        let id = self.shows.get()?;
        let code = |it: &Project| it.document(&id)?.meta.language_code().map(str::to_owned);
        self.session.with_documents(code)
    }

    /// What stands above the text: headline, source, length, what is marked, and what can be done.
    fn head(self, desk: Desk) -> Element {
        let session = self.session;
        let words = Derived::new(move || {
            let id = self.shows.get();
            session
                .with_documents(|it| id.and_then(|id| it.document(&id).map(|it| facts::words(it))))
        });
        let facts = Derived::new(move || {
            let id = self.shows.get()?;
            let words = words.get().unwrap_or(0);
            session.with_marks(|project| head(project, &id, words))
        });
        let told = move || facts.get().map_or_else(Vec::new, shown_head);
        let is_alone = move || {
            let columns = desk
                .screen
                .comparing
                .with(|it| it.as_ref().map_or(0, |it| it.columns.len()));
            columns < 2
        };
        let work = move || button("Work here", move || self.work_here(desk)).view();
        let away = move || {
            button("Take away", move || self.take_away(desk))
                .class("quiet")
                .view()
        };
        let here = || {
            element("span")
                .class("column-here")
                .say("You work here")
                .view()
        };
        let is_worked = move || self.is_worked.get();
        let tools = element("p")
            .class("column-tools")
            .with(when(is_worked, here))
            .with(when(move || !is_worked(), work))
            .with(when(move || !is_alone(), away));
        element("header")
            .class("column-head")
            .with(dynamic(told))
            .with(tools)
    }

    /// Lets the real reader come here, to the place one sees.
    pub fn work_here(self, desk: Desk) {
        let Some(id) = self.shows.get_untracked() else {
            return;
        };
        if !self.is_worked.get_untracked() {
            desk.page.leave(id.clone(), self.page.reading_place());
            self.session.view.open(id);
        }
        desk.page.take_focus();
    }

    fn take_away(self, desk: Desk) {
        let Some(id) = self.shows.get_untracked() else {
            return;
        };
        desk.change(|it| it.columns.retain(|column| *column != id));
        let next = desk
            .screen
            .comparing
            .with_untracked(|it| it.as_ref()?.columns.first().cloned());
        let is_open = self
            .session
            .view
            .open
            .with_untracked(|it| it.as_ref() == Some(&id));
        if let Some(next) = next.filter(|_| is_open) {
            self.session.view.open(next);
        }
        desk.page.take_focus();
    }

    fn begin_press(self, event: &PointerEvent) {
        if event.button() == 0 {
            self.press
                .set_value(Some((event.client_x(), event.client_y())));
        }
    }

    fn release(self, desk: Desk, event: PointerEvent) {
        let Some((x, y)) = self.press.get_value() else {
            return;
        };
        self.press.set_value(None);
        let moved = (event.client_x() - x).abs() > STILL || (event.client_y() - y).abs() > STILL;
        match moved {
            true => self.take_over(desk, &event, true),
            // What a click does to the selection the browser does after the event. The second press of a
            // double click, where it has begun by then, goes on with it.
            false => {
                let take_over = move || {
                    if self.press.get_value().is_none() {
                        self.take_over(desk, &event, false);
                    }
                };
                set_timeout(take_over, Duration::ZERO);
            }
        }
    }

    /// Lets the real reader go on with what was selected or clicked here.
    fn take_over(self, desk: Desk, event: &PointerEvent, moved: bool) {
        let Some((host, document)) = self.page.place() else {
            return;
        };
        // A drag that selected nothing was a swipe.
        let selected = dom::selection::read(&host, &document.text);
        if moved && selected.is_none() {
            return;
        }
        let mark = reader::mark_at(event).and_then(|it| reader::next_at(self.session, &it));
        let (x, y) = (event.client_x() as f32, event.client_y() as f32);
        let at = dom::selection::offset_at_point(&host, &document.text, x, y);
        self.work_here(desk);
        dom::selection::collapse();
        match selected {
            Some(span) => reader::take(self.session, &document.text, span, moved),
            None => self.session.view.focus_at(mark, at),
        }
    }
}
