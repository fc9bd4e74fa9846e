//! What stands around a place: which article, how much is decided, what is preselected; and what is said where
//! there is nothing to decide, or nothing any more.

use leptos::prelude::*;

use super::{Desk, SHARES, VOTES, count, place};
use crate::model::DocumentId;
use crate::session::{Derived, shorten};
use crate::ui::counted;
use crate::ui::dialogs::leave;
use crate::ui::dynamic::{dynamic, when};
use crate::ui::element::{Element, button, element};
use crate::ui::people::deciding::Disputed;
use crate::ui::people::{Shown, line, note};

impl Desk {
    /// What is said where there is nothing to compare.
    pub(super) fn nobody(self) -> Element {
        let words = match self.people.with(Vec::len) {
            0 | 1 => {
                "Here you decide what stands where several people marked otherwise. Bring in what at least two have \
                 marked."
            }
            _ => {
                "No article was marked by more than one person, so there is nothing to decide between."
            }
        };
        let sheet = self.sheet;
        element("div")
            .class("people-empty")
            .with(element("p").say(words))
            .with(button("Bring in files", move || sheet.go(Shown::BringIn)).class("primary"))
    }

    /// Which article, and how much of all is decided.
    pub(super) fn head(self) -> Element {
        let chooser = dynamic(move || match self.articles.get() {
            all if all.len() > 1 => vec![untrack(|| self.chooser(&all)).view()],
            _ => Vec::new(),
        });
        let sum = Derived::new(move || {
            self.counts.with(|all| {
                all.iter()
                    .fold((0, 0), |sum, it| (sum.0 + it.1.0, sum.1 + it.1.1))
            })
        });
        let told = move || match sum.get() {
            (_, 0) => "All agree everywhere.".to_owned(),
            (done, all) => format!(
                "{done} of {} decided",
                counted(all, "disagreement", "disagreements")
            ),
        };
        let bar = element("progress")
            .set("aria-label", "Decided")
            .follow("max", move || sum.get().1.max(1).to_string())
            .follow("value", move || sum.get().0.to_string());
        let told = element("p")
            .class("decide-sum")
            .with(element("span").set("role", "status").show(told))
            .with(bar);
        element("div").class("decide-head").with(chooser).with(told)
    }

    pub(super) fn chooser(self, all: &[DocumentId]) -> Element {
        let option = |id: &DocumentId| {
            let title = self.session().peek(|project| {
                let document = project.document(id);
                document.map_or_else(String::new, |it| shorten(it.title(), 60))
            });
            let of = id.clone();
            let words = move || {
                let known = self.counts.with(|it| it.get(&of).copied());
                match known {
                    Some((done, all)) => format!("{title} ({done} of {all})"),
                    None => title.clone(),
                }
            };
            let option = element("option")
                .set_to("value", id.to_string())
                .show(words);
            match self.open.with_untracked(|it| it.as_ref() == Some(id)) {
                true => option.set("selected", ""),
                false => option,
            }
        };
        let list = element("select")
            .set("aria-label", "Article")
            .with_all(all.iter().map(option).collect());
        let list = list.typed(move |id| self.open(DocumentId::new(&id)));
        let open = move || {
            self.open
                .get()
                .map_or_else(String::new, |it| it.to_string())
        };
        list.value(open)
    }

    /// What is preselected, and the ways to take all of it.
    pub(super) fn preselecting(self) -> Element {
        let screen = self.sheet.class.screen;
        let options = SHARES.iter().map(|(name, words, _)| {
            let option = element("option").set("value", name).say(words);
            match self.votes.get_untracked() == *name {
                true => option.set("selected", ""),
                false => option,
            }
        });
        let choose = move |name: String| {
            if let Some(it) = SHARES.iter().find(|it| it.0 == name) {
                screen.remember(VOTES, it.0);
                self.votes.set(it.0);
            }
        };
        let list = element("select").typed(choose).with_all(options.collect());
        let amount = move |agreed: bool| {
            Derived::new(move || {
                self.disputed
                    .with(|it| it.as_ref().map_or(0, |it| it.count_preselected(agreed)))
            })
        };
        let take = move |agreed: bool, words: fn(usize) -> String| {
            let amount = amount(agreed);
            let take = move || {
                element("button")
                    .set("type", "button")
                    .press(move || self.take_preselected(agreed))
                    .show(move || words(amount.get()))
                    .view()
            };
            when(move || amount.get() > 0, take)
        };
        let all = element("p")
            .class("ways")
            .with(take(true, |it| {
                format!("Take {} on which all agree", counted(it, "place", "places"))
            }))
            .with(take(false, |it| {
                format!("Take {} as preselected", counted(it, "place", "places"))
            }));
        element("div")
            .class("decide-votes")
            .with(line("Preselect", list))
            .with(all)
    }

    /// What is said where nothing is left to decide in the article.
    pub(super) fn finished(self, disputed: &Disputed) -> Element {
        let (_, all) = count(disputed);
        let words = match all {
            0 => "In this article all who marked it agree.".to_owned(),
            1 => "The one disagreement in this article is decided.".to_owned(),
            _ => format!("All {all} disagreements in this article are decided."),
        };
        let again = button("Look at them once more", move || {
            self.step(true);
            place::focus();
        });
        let way = {
            let (session, id) = (self.session(), disputed.document.clone());
            button("See the article", move || {
                session.go_to_article(&id);
                leave();
            })
        };
        let go_on = when(
            move || self.article_after().is_some(),
            move || {
                let go = move || {
                    self.open(self.article_after());
                    place::focus();
                };
                button("Next article", go).class("primary").view()
            },
        );
        let mut ways = element("p").class("ways").with(go_on);
        if all > 0 {
            ways = ways.with(again);
        }
        element("div")
            .class("people-empty decide-done")
            .set("tabindex", "-1")
            .with(element("p").set("role", "status").say_this(words))
            .with(note(
                "What was decided is marked by Gold, whom you find wherever there are people: in agreement, in \
                 scores, and when you export."
                    .to_owned(),
            ))
            .with(ways.with(way))
    }
}
