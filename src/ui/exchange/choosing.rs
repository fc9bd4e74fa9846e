//! Which articles go out: the same choice for files and for links.

use leptos::prelude::*;

use crate::model::{AnnotationId, DocumentId, Progress, Project};
use crate::session::{Session, Value, Watched};
use crate::ui::dynamic::when;
use crate::ui::element::{Element, element, radio, tick_box};

/// Which articles go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    All,
    Open,
    /// Those that are done.
    Finished,
    Chosen,
    /// Of the articles in which marks are picked only these marks.
    Picked,
}

/// What is chosen.
#[derive(Clone, Copy)]
pub(super) struct Choosing {
    session: Session,
    pub(super) scope: Watched<Scope>,
    chosen: Watched<Vec<DocumentId>>,
    /// The marks that are picked where it is asked for.
    pub(super) picked: Watched<Vec<AnnotationId>>,
}

impl Choosing {
    /// The choice, which begins with this one.
    pub(super) fn new(session: Session, scope: Scope) -> Self {
        let open = session.view.open.get_untracked();
        Self {
            session,
            scope: Watched::new(scope),
            chosen: Watched::new(open.into_iter().collect()),
            picked: Watched::new(untrack(|| session.picked())),
        }
    }

    /// Follows the choice.
    pub(super) fn track(self) {
        self.scope.track();
        self.chosen.track();
    }

    /// The chosen articles, in the order of the list. Follows the choice.
    pub(super) fn articles(self, project: &Project) -> Vec<DocumentId> {
        let (scope, open) = (self.scope.get(), self.session.view.open.get_untracked());
        let chosen = self.chosen.get();
        let picked = self.picked.get();
        let documents = project.documents().iter().filter(|it| match scope {
            Scope::All => true,
            Scope::Open => Some(&it.id) == open.as_ref(),
            Scope::Finished => it.progress == Progress::Done,
            Scope::Chosen => chosen.contains(&it.id),
            Scope::Picked => {
                let mut marks = project.annotations().of(&it.id).iter();
                marks.any(|mark| picked.contains(&mark.id))
            }
        });
        documents.map(|it| it.id.clone()).collect()
    }

    /// Does something with the project, or with the picked marks alone.
    pub(super) fn with_project<T>(self, work: impl FnOnce(&Project) -> T) -> T {
        match self.scope.get() {
            Scope::Picked => {
                let picked = self.picked.get();
                let excerpt = self.session.peek(|it| it.excerpt(&picked));
                work(&excerpt)
            }
            _ => self.session.peek(work),
        }
    }

    /// What there is to choose from, under this heading.
    pub(super) fn scopes(self, heading: &'static str) -> Element {
        let has_picked = self.picked.with_untracked(|it| !it.is_empty());
        let has_finished = self.session.peek(|project| {
            let mut documents = project.documents().iter();
            documents.any(|it| it.progress == Progress::Done)
        });
        let mut choices = element("fieldset")
            .class("choices-in-row")
            .with(element("legend").say(heading));
        for (choice, name, is_there) in [
            (Scope::All, "All articles", true),
            (Scope::Open, "This article", true),
            (Scope::Finished, "Finished articles", has_finished),
            (Scope::Chosen, "Chosen articles", true),
            (Scope::Picked, "Selected marks", has_picked),
        ] {
            if is_there {
                let is_on = move || self.scope.get() == choice;
                let is_other = choice != Scope::All && untrack(is_on);
                let mut radio = radio("scope", is_on, move || self.scope.set(choice));
                if is_other {
                    // A dialog of its own accord gives the focus to what comes first in it.
                    radio = radio.set("autofocus", "");
                }
                choices = choices.with(line().with(radio).say(name));
            }
        }
        choices
    }

    /// A box to tick for each article.
    pub(super) fn chooser(self) -> AnyView {
        let titles = self.session.peek(|project| {
            let documents = project.documents().iter();
            let known = documents.map(|it| (it.id.clone(), it.title().to_owned()));
            known.collect::<Vec<(DocumentId, String)>>()
        });
        let chosen = self.chosen;
        when(
            move || self.scope.get() == Scope::Chosen,
            move || {
                let mut boxes = element("fieldset")
                    .class("chooser")
                    .with(element("legend").say("Articles"));
                for (id, title) in titles.clone() {
                    boxes = boxes.with(member(chosen, id, title, true));
                }
                boxes.view()
            },
        )
    }
}

/// A line with a box or a radio button and its words.
pub(super) fn line() -> Element {
    element("label").class("choice-line")
}

/// A box to tick for one of a set; ticked where its being among the `members` is `wanted`.
pub(super) fn member<T: Value>(
    members: Watched<Vec<T>>,
    one: T,
    name: String,
    wanted: bool,
) -> Element {
    let is_on = {
        let one = one.clone();
        move || members.with(|it| it.contains(&one)) == wanted
    };
    let toggle = move |on: bool| {
        members.update(|it| {
            it.retain(|it| *it != one);
            if on == wanted {
                it.push(one.clone());
            }
        });
    };
    line().with(tick_box(is_on, toggle)).say_this(name)
}
