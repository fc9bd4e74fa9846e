//! What people are called on the screen: by their names, or by names that say nothing. Knows no elements.

use leptos::prelude::Get;

use crate::format::decision::GOLD;
use crate::model::sorted::{SortedMap, SortedSet};
use crate::model::{AnnotatorId, DocumentId, Project, Timestamp};
use crate::session::Session;

/// The longest id that is shown where there is no name: longer ones say nothing to people.
const MAX_ID: usize = 24;

/// Somebody who marked something, has been through an article, or of whom there is a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub id: AnnotatorId,
    /// How many marks there are of them, those in the tray too.
    pub marks: usize,
    /// In how many articles; those count, too, that they have been through.
    pub articles: usize,
    /// When the last of them was changed.
    pub changed: Timestamp,
}

/// The ids of those who count though they marked nothing: `me`, and of whom there is a name.
fn known(project: &Project, me: &AnnotatorId) -> SortedSet<AnnotatorId> {
    let named = project.annotators().filter(|it| !it.name.is_empty());
    SortedSet::of_keys([me].into_iter().chain(named.map(|it| &it.id)).cloned())
}

/// The ids of everybody.
fn ids(project: &Project, me: &AnnotatorId) -> SortedSet<AnnotatorId> {
    let known = known(project, me);
    let articles = || project.documents().iter();
    let marks = articles().flat_map(|it| project.annotations().of(&it.id));
    let makers = marks.map(|it| &it.annotator);
    let waiting = project.unplaced().map(|it| &it.annotator);
    let finished = articles().flat_map(|it| &it.finished_by);
    SortedSet::of_few(known.keys().chain(makers).chain(waiting).chain(finished))
}

impl Person {
    /// Whether they count where people are compared: who marked something, or has been through an article. Of
    /// `me` marks alone tell: whoever keeps the articles of others sets them to Done, too.
    pub fn is_compared(&self, me: &AnnotatorId) -> bool {
        self.marks > 0 || (self.articles > 0 && self.id != *me)
    }
}

/// Everybody, by id, with what they marked.
pub fn everybody(project: &Project, me: &AnnotatorId) -> Vec<Person> {
    #[derive(Default)]
    struct Tally(usize, SortedSet<DocumentId>, Timestamp);
    let mut found: SortedMap<AnnotatorId, Tally> = SortedMap::default();
    for id in known(project, me).keys() {
        found.or_default(id.clone());
    }
    let mut add = |who: &AnnotatorId, marks: usize, at: &DocumentId, changed: Timestamp| {
        let tally = found.or_default(who.clone());
        tally.0 += marks;
        tally.1.add(at.clone());
        tally.2 = tally.2.max(changed);
    };
    for document in project.documents() {
        // An article has many marks, of few people.
        let mut here: SortedMap<&AnnotatorId, (usize, Timestamp)> = SortedMap::default();
        for it in project.annotations().of(&document.id) {
            let (marks, changed) = here.or_default(&it.annotator);
            *marks += 1;
            *changed = it.modified.max(*changed);
        }
        for (who, (marks, changed)) in here.iter() {
            add(who, *marks, &document.id, *changed);
        }
    }
    for it in project.unplaced() {
        add(&it.annotator, 1, &it.document, it.modified);
    }
    for document in project.documents() {
        for it in &document.finished_by {
            found.or_default(it.clone()).1.add(document.id.clone());
        }
    }
    let person = |(id, tally): &(AnnotatorId, Tally)| Person {
        id: id.clone(),
        marks: tally.0,
        articles: tally.1.keys().count(),
        changed: tally.2,
    };
    found.iter().map(person).collect()
}

/// The name somebody gave; empty where there is none.
pub fn own_name(project: &Project, id: &AnnotatorId) -> String {
    let mut all = project.annotators();
    let known = all.find(|it| it.id == *id);
    known.map_or_else(String::new, |it| it.name.clone())
}

/// What people are called on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Names(SortedMap<AnnotatorId, String>);

impl Names {
    /// The names of everybody; where they are hidden, `Person 1` and so on by id.
    pub fn of(project: &Project, me: AnnotatorId, hides: bool) -> Self {
        let all = ids(project, &me);
        let called = |(person, place): (&AnnotatorId, usize)| {
            let name = own_name(project, person);
            let id = person.as_str();
            let name = match (hides, *person == me) {
                // It is nobody whose name could be hidden.
                (true, _) if id == GOLD && !name.is_empty() => name,
                (true, _) => format!("Person {place}"),
                (false, true) if name.is_empty() => "You".to_owned(),
                (false, true) => format!("{name} (you)"),
                (false, false) if !name.is_empty() => name,
                (false, false) if id.chars().count() <= MAX_ID => id.to_owned(),
                (false, false) => format!("Person {place}"),
            };
            (person.clone(), name)
        };
        let people = all.keys().zip(1..).map(called);
        Self(SortedMap::of(people.collect()))
    }

    /// The names now; follows them, and the choice to hide them.
    pub fn now(session: Session) -> Self {
        let hides = session.view.hides_names.get();
        session.with_marks(|it| Self::of(it, session.annotator(), hides))
    }

    /// What somebody is called, where that is known.
    pub fn known(&self, id: &AnnotatorId) -> Option<String> {
        self.0.get(id).cloned()
    }

    /// What somebody is called.
    pub fn get(&self, id: &AnnotatorId) -> String {
        self.known(id).unwrap_or_else(|| id.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Annotator, Record, RecordChange, no_extra};

    fn id(name: &str) -> AnnotatorId {
        AnnotatorId::new(name).expect("it is an id")
    }

    #[test]
    fn people_are_called_by_their_names_or_by_none() {
        let mut project = Project::default();
        let named = |of: &str, name: &str| {
            RecordChange::added(Record::Annotator(Annotator {
                id: id(of),
                name: name.to_owned(),
                extra: no_extra(),
            }))
        };
        project.apply(&crate::model::Change {
            name: "load".into(),
            records: vec![named("b", "Ben"), named("a", "Ann"), named(GOLD, "Gold")],
            at: Timestamp::default(),
            merge_key: None,
        });
        let called = |hides| {
            let names = Names::of(&project, id("c"), hides);
            ["a", "b", "c", "x", GOLD].map(|it| names.get(&id(it)))
        };
        assert_eq!(called(false), ["Ann", "Ben", "You", "x", "Gold"]);
        assert_eq!(
            called(true),
            ["Person 1", "Person 2", "Person 3", "x", "Gold"]
        );
    }
}
