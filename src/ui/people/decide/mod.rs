//! Where several marked otherwise, place after place: what was marked there is chosen from, and what is chosen
//! stands in the common version. Here is the way through the places; one of them is in `place`.

mod head;
mod keys;
mod passage;
mod place;
mod row;

use std::sync::Arc;

use leptos::prelude::*;

use super::Sheet;
use super::deciding::{self, Deciding, Disputed, Place};
use crate::analysis::adjudication::Votes;
use crate::model::sorted::SortedMap;
use crate::model::{AnnotationId, AnnotatorId, Decisions, DocumentId, Edit, EditError, Project};
use crate::session::{Derived, Session, Watched};
use crate::ui::dynamic::{dynamic, effect};
use crate::ui::element::{Element, element};
use crate::ui::opening::breathe;
use crate::ui::work::Work;

/// The setting that says how many votes a mark needs to be preselected.
const VOTES: &str = "decide-votes";

/// How many votes that can be, with the share that has to be passed.
const SHARES: [(&str, &str, f64); 4] = [
    ("half", "what more than half marked", 0.5),
    ("two-thirds", "what more than two thirds marked", 2.0 / 3.0),
    ("all", "what all marked, nearly", 0.999),
    ("never", "nothing", f64::INFINITY),
];

/// How many places there are at which people marked otherwise, and how many of them are decided.
type Count = (usize, usize);

/// The way through the places.
#[derive(Clone, Copy)]
pub struct Desk {
    pub sheet: Sheet,
    people: Derived<Vec<AnnotatorId>>,
    articles: Derived<Vec<DocumentId>>,
    open: Watched<Option<DocumentId>>,
    /// The place of the open article that is looked at; none once all are decided.
    pub at: RwSignal<Option<usize>>,
    votes: RwSignal<&'static str>,
    /// What people marked in the open article.
    pub disputed: Derived<Option<Arc<Disputed>>>,
    counts: Watched<SortedMap<DocumentId, Count>>,
    work: Work,
    /// Whether the change that is to come was made here.
    is_own: StoredValue<bool>,
}

/// The page.
pub fn page(sheet: Sheet) -> Element {
    let desk = Desk::new(sheet);
    on_cleanup(move || desk.work.stop());
    desk.follow();
    let content = dynamic(move || match desk.articles.with(Vec::is_empty) {
        true => vec![untrack(|| desk.nobody()).view()],
        false => vec![untrack(|| desk.all()).view()],
    });
    element("div").with(element("div").class("decide").with(content))
}

fn share(name: &str) -> f64 {
    let known = SHARES.iter().find(|it| it.0 == name);
    known.map_or(SHARES[0].2, |it| it.2)
}

fn count(disputed: &Disputed) -> Count {
    let all = disputed.places.iter().filter(|it| it.is_disputed());
    (all.clone().filter(|it| it.is_decided).count(), all.count())
}

impl Desk {
    fn new(sheet: Sheet) -> Self {
        let class = sheet.class;
        let session = class.session;
        let people = Derived::new(move || {
            let me = class.me();
            session.with_marks(|project| deciding::people(project, &me))
        });
        let articles = Derived::new(move || {
            let people = people.get();
            session.with_marks(|project| deciding::articles(project, &people))
        });
        let kept = class.screen.recall(VOTES);
        let votes = SHARES.iter().find(|it| kept.as_deref() == Some(it.0));
        let votes = RwSignal::new(votes.map_or(SHARES[0].0, |it| it.0));
        let here = session.view.open.get_untracked();
        let open = Watched::new(articles.with_untracked(|all| {
            let here = here.filter(|it| all.contains(it));
            here.or_else(|| all.first().cloned())
        }));
        let disputed = Derived::new(move || {
            let votes = Votes {
                threshold: share(votes.get()),
                ..Votes::default()
            };
            let (open, people) = (open.get()?, people.get());
            session
                .with_marks(|project| Disputed::of(project, &open, &people, votes))
                .map(Arc::new)
        });
        let desk = Self {
            sheet,
            people,
            articles,
            open,
            at: RwSignal::new(None),
            votes,
            disputed,
            counts: Watched::new(SortedMap::default()),
            work: Work::new(),
            is_own: StoredValue::new(false),
        };
        desk.at.set(desk.undecided_after(None));
        desk
    }

    pub fn session(self) -> Session {
        self.sheet.class.session
    }

    /// Counts what is decided, in the open article whenever it changes, in the others where it may have.
    fn follow(self) {
        let before = StoredValue::new(None::<Arc<Disputed>>);
        effect(move || {
            let now = self.disputed.get();
            let was = before.get_value();
            before.set_value(now.clone());
            let Some(now) = now else {
                return;
            };
            let told = count(&now);
            self.tell(&now.document, told);
            let was = was.filter(|it| it.document == now.document);
            if !self.is_own.get_value() {
                // What was taken back is looked at once more.
                let reopened = was.and_then(|was| {
                    let mut both = was.places.iter().zip(&now.places);
                    let is_open = |now: &Place| now.is_disputed() && !now.is_decided;
                    both.position(|(was, now)| was.is_decided && is_open(now))
                });
                let is_gone = self
                    .at
                    .get_untracked()
                    .is_some_and(|it| it >= now.places.len());
                match reopened {
                    Some(at) => self.at.set(Some(at)),
                    None if is_gone => self.at.set(untrack(|| self.undecided_after(None))),
                    None => {}
                }
            }
        });
        effect(move || {
            self.session().with_marks(|_| ());
            if !self.is_own.get_value() {
                untrack(|| self.count_others());
            }
            self.is_own.set_value(false);
        });
    }

    fn tell(self, article: &DocumentId, told: Count) {
        self.counts.update(|all| {
            all.insert(article.clone(), told);
        });
    }

    /// Counts what is decided in the other articles, one after the other.
    fn count_others(self) {
        let (session, people) = (self.session(), self.people.get());
        let (articles, open) = (self.articles.get(), self.open.get());
        self.work.begin(move |turn| async move {
            for id in articles.iter().filter(|it| Some(*it) != open.as_ref()) {
                breathe().await;
                if !turn.is_wanted() {
                    return;
                }
                let votes = Votes::default();
                let found = session.peek(|it| Disputed::of(it, id, &people, votes));
                if let Some(found) = found {
                    let told = count(&found);
                    self.tell(id, told);
                }
            }
        });
    }

    fn all(self) -> Element {
        let sheet = self.sheet;
        let place = dynamic(move || {
            let Some(disputed) = self.disputed.get() else {
                return Vec::new();
            };
            let at = self.at.get();
            vec![untrack(|| {
                match at.filter(|it| *it < disputed.places.len()) {
                    Some(at) => place::place(self, disputed, at).view(),
                    None => self.finished(&disputed).view(),
                }
            })]
        });
        let keys = move |event: web_sys::Event| {
            if super::is_undo(&event) {
                event.prevent_default();
                sheet.undo();
                place::focus();
            }
        };
        element("div")
            .on("keydown", keys)
            .with(self.head())
            .with(self.preselecting())
            .with(place)
    }

    /// Looks at an article, at the first place that is not decided.
    fn open(self, id: Option<DocumentId>) {
        self.open.set(id);
        self.at.set(untrack(|| self.undecided_after(None)));
    }

    /// The next article in which something is not decided, as far as that is counted.
    fn article_after(self) -> Option<DocumentId> {
        let open = self.open.get();
        let all = self.articles.get();
        let from = all.iter().position(|it| Some(it) == open.as_ref())?;
        let others = all.iter().skip(from + 1).chain(all.iter().take(from));
        self.counts.with(|counts| {
            let is_left = |it: &&DocumentId| counts.get(*it).is_some_and(|it| it.0 < it.1);
            others.into_iter().find(is_left).cloned()
        })
    }

    /// The next place that is not decided, from the beginning again after the last; none where there is none.
    fn undecided_after(self, at: Option<usize>) -> Option<usize> {
        self.disputed.with(|it| {
            let places = &it.as_ref()?.places;
            let from = at.map_or(0, |it| it + 1).min(places.len());
            let order = (from..places.len()).chain(0..from);
            let is_open = |it: &usize| places[*it].is_disputed() && !places[*it].is_decided;
            order.into_iter().find(is_open)
        })
    }

    /// Goes to the next place that is not decided.
    pub fn next_undecided(self) {
        self.at.set(untrack(|| self.undecided_after(self.at.get())));
        place::focus();
    }

    /// Goes to the disputed place after this one, or before it.
    pub fn step(self, forward: bool) {
        let found = self.disputed.with_untracked(|it| {
            let places = &it.as_ref()?.places;
            let is_it = |it: &usize| places[*it].is_disputed();
            match (self.at.get_untracked(), forward) {
                (Some(at), true) => (at + 1..places.len()).find(is_it),
                (Some(at), false) => (0..at).rev().find(is_it),
                (None, _) => (0..places.len()).find(is_it),
            }
        });
        if found.is_some() {
            self.at.set(found);
            place::focus();
        }
    }

    fn take_preselected(self, agreed: bool) {
        self.decide(move |disputed, project, by| disputed.take_preselected(project, agreed, by));
        self.next_undecided();
    }

    /// Does what was decided, as one step.
    pub fn decide(self, make: impl FnOnce(&Disputed, &Project, &Deciding<'_>) -> Decisions) {
        let session = self.session();
        let Some(disputed) = self.disputed.get_untracked() else {
            return;
        };
        let new_id =
            || AnnotationId::new(&session.new_id()).expect("fresh ids are made to be valid");
        let by = Deciding {
            by: self.sheet.class.me(),
            at: session.now(),
            new_id: &new_id,
        };
        let wish = session.peek(|project| make(&disputed, project, &by));
        let name = wish.name.clone();
        self.is_own.set_value(true);
        let done = session.dispatch(Edit::from(wish));
        self.is_own.set_value(done.is_ok());
        let told = match done {
            Ok(_) if name == deciding::step_name(1) => String::new(),
            Ok(_) => format!("{name}. One undo takes them back."),
            Err(EditError::NoChange) => String::new(),
            Err(error) => error.to_string(),
        };
        self.sheet.told.set(told);
    }
}
