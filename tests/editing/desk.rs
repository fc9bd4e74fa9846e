//! A reader at a desk: a session with one article, and what can be asked of it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use sourcelight::model::{Project, Record, Timestamp};
use sourcelight::session::{Command, Origin, Outside, Session};

use crate::support::{self, annotator_id, read_marked};

/// A session with one article, and what was written ahead in it.
pub struct Desk {
    pub session: Session,
    pub written: Rc<RefCell<Vec<String>>>,
    pub clock: Rc<Cell<u64>>,
}

impl Desk {
    /// The article with its marks; an owner must be there.
    pub fn with(marked: &str) -> Desk {
        let written = Rc::new(RefCell::new(Vec::new()));
        let clock = Rc::new(Cell::new(1_000));
        let (log, time, count) = (written.clone(), clock.clone(), Cell::new(0));
        let outside = Outside {
            now: Rc::new(move || Timestamp(time.get())),
            new_id: Rc::new(move || {
                count.set(count.get() + 1);
                format!("new-{}", count.get())
            }),
            record: Rc::new(move |change, _| log.borrow_mut().push(change.name.clone())),
        };
        let session = Session::new(outside, annotator_id("reader"));
        let (document, annotations) = read_marked("story", marked);
        let id = document.id.clone();
        let mut records = vec![Record::Document(document.into())];
        records.extend(
            annotations
                .into_iter()
                .map(|it| Record::Annotation(it.into())),
        );
        session.receive(records, Origin::Stored);
        session.view.open(id);
        Desk {
            session,
            written,
            clock,
        }
    }

    /// Selects `words` as a drag would.
    pub fn select(&self, words: &str) -> &Self {
        let span = self.session.peek(|project| {
            let text = &project.documents()[0].text;
            let start = text
                .as_str()
                .find(words)
                .expect("the words are in the text");
            text.span(start, start + words.len())
                .expect("words make a span")
        });
        self.session.view.draft.set(Some(span));
        self
    }

    pub fn run(&self, command: Command) -> &Self {
        self.clock.set(self.clock.get() + 5_000);
        command.run(self.session);
        self
    }

    /// Gives the focus to the mark at this place of the list.
    pub fn focus(&self, place: usize) -> &Self {
        let id = self
            .session
            .peek(|project| project.annotations().all()[place].id.clone());
        self.session.view.show(id);
        self
    }

    /// The text with its marks written into it.
    pub fn shown(&self) -> String {
        self.session.peek(|project| {
            let document = &project.documents()[0];
            support::show(&document.text, project.annotations().of(&document.id))
        })
    }

    /// What was said last.
    pub fn said(&self) -> String {
        let notices = self.session.view.notices.get_untracked();
        notices.last().map_or(String::new(), |it| it.text.clone())
    }

    /// Every mark as `label:words`, in text order.
    pub fn marks(&self) -> Vec<String> {
        self.session.peek(|project: &Project| {
            let document = &project.documents()[0];
            let all = project.annotations().of(&document.id).iter();
            all.map(|it| format!("{}:{}", it.label, document.text.slice(it.hull())))
                .collect()
        })
    }
}

/// Runs a story with the signals' owner in place.
pub fn story(tell: impl FnOnce()) {
    Owner::new().with(tell);
}
