//! What is typed and chosen: the words, how they are meant, which marks count.

use leptos::prelude::*;

use super::Search;
use crate::analysis::query::Wording;
use crate::model::{LabelId, Subject};
use crate::session::Derived;
use crate::ui::dynamic::dynamic;
use crate::ui::element::{Element, ElementRef, element, form, tick_box};

/// How words may be meant, by what a choice is known by and called.
const WORDINGS: [(Wording, &str, &str); 3] = [
    (Wording::Words, "words", "All of these words"),
    (Wording::Phrase, "phrase", "These words in a row"),
    (Wording::Pattern, "pattern", "A regular expression"),
];

/// What may be chosen, by what it is known by and called.
type Options = Vec<(String, String)>;

impl Search {
    /// The field for words with all that is chosen beside it. To send it looks once more.
    pub fn form(self, field: ElementRef) -> Element {
        let again = move || {
            let searching = self.desk.screen.searching;
            searching.set(searching.get_untracked());
        };
        let words = element("input")
            .set("id", "search-words")
            .set("type", "search")
            .set("dir", "auto")
            .set("autocomplete", "off")
            .set("autocapitalize", "off")
            .set("spellcheck", "false")
            .found_by(field)
            .value(move || self.query.with(|it| it.words.clone()))
            .typed(move |words| self.change(|it| it.words = words));
        let name = element("label")
            .class("visually-hidden")
            .set("for", "search-words")
            .say("Look for");
        let typed = element("div")
            .class("search-typed")
            .with(name)
            .with(words)
            .with(self.wording());
        form(again)
            .set("id", "search-form")
            .set("role", "search")
            .set("aria-label", "Search all articles")
            .with(typed)
            .with(self.filters())
    }

    fn wording(self) -> Element {
        let options = WORDINGS.map(|it| (it.1.to_owned(), it.2.to_owned()));
        let now = move || {
            let now = self.query.with(|it| it.wording);
            let found = WORDINGS.iter().find(|it| it.0 == now);
            found.map_or("", |it| it.1).to_owned()
        };
        let choose = move |id: String| {
            let found = WORDINGS.iter().find(|it| it.1 == id);
            self.change(|it| it.wording = found.map_or(Wording::Words, |it| it.0));
        };
        select(options.to_vec(), now, choose).set("aria-label", "How the words are meant")
    }

    /// Which marks count, and how letters are compared.
    fn filters(self) -> Element {
        let session = self.desk.session;
        let labels = Derived::new(move || {
            session.with_marks(|project| {
                let labels = project.schema().labels().iter();
                let labels = labels.map(|it| (it.id.to_string(), it.name.clone()));
                labels.collect::<Options>()
            })
        });
        let questions = Derived::new(move || {
            session.with_marks(|project| {
                let all = project.schema().attributes().into_iter();
                let all = all.filter(|it| it.subject == Subject::Annotation);
                all.flat_map(|it| {
                    let option =
                        |how: &str| (format!("{how}:{}", it.id), format!("{how} “{}”", it.name));
                    [option("with"), option("without")]
                })
                .collect::<Options>()
            })
        });
        let marked = move || {
            let label = self.query.with(|it| it.marks.label.clone());
            label.map_or_else(String::new, |it| it.to_string())
        };
        let within = move || {
            let label = self.query.with(|it| it.marks.within.clone());
            label.map_or_else(String::new, |it| it.to_string())
        };
        let answer = move || match self.query.with(|it| it.marks.answer.clone()) {
            Some((id, true)) => format!("with:{id}"),
            Some((id, false)) => format!("without:{id}"),
            None => String::new(),
        };
        let choose_answer = move |chosen: String| {
            self.change(|it| {
                let parts = chosen.split_once(':');
                it.marks.answer = parts.map(|(how, id)| (id.to_owned(), how == "with"));
            });
        };
        let choose_label = move |id: String| self.change(|it| it.marks.label = LabelId::new(&id));
        let choose_within = move |id: String| self.change(|it| it.marks.within = LabelId::new(&id));
        element("div")
            .class("search-filters")
            .with(filter(
                "Marked as",
                "anything",
                labels,
                marked,
                choose_label,
            ))
            .with(filter("Within", "anything", labels, within, choose_within))
            .with(filter(
                "Question",
                "any answer or none",
                questions,
                answer,
                choose_answer,
            ))
            .with(self.switch(
                "Exact case",
                move || self.query.with(|it| it.exact_case),
                |it, on| it.exact_case = on,
            ))
            .with(self.switch(
                "Whole words",
                move || self.query.with(|it| it.whole_words),
                |it, on| it.whole_words = on,
            ))
    }

    fn switch(
        self,
        name: &'static str,
        is_on: impl Fn() -> bool + Send + Sync + 'static,
        set: fn(&mut crate::analysis::query::Query, bool),
    ) -> Element {
        let field = tick_box(is_on, move |on| self.change(|it| set(it, on)));
        element("label").class("switch").with(field).say(name)
    }
}

/// A choice with its name before it; `none` is what it is called where nothing is chosen.
fn filter(
    name: &'static str,
    none: &'static str,
    options: Derived<Options>,
    now: impl Fn() -> String + Copy + Send + Sync + 'static,
    choose: impl Fn(String) + Copy + Send + Sync + 'static,
) -> Element {
    // Made anew where there are others to choose from: the one that is chosen may be among them only then.
    let list = dynamic(move || {
        let first = (String::new(), none.to_owned());
        let options = [vec![first], options.get()].concat();
        vec![untrack(|| select(options, now, choose).view())]
    });
    element("label")
        .class("search-filter")
        .with(element("span").say(name))
        .with(list)
}

fn select(
    options: Options,
    now: impl Fn() -> String + Send + Sync + 'static,
    choose: impl FnMut(String) + 'static,
) -> Element {
    let option = |(id, name)| element("option").set_to("value", id).say_this(name);
    element("select")
        .with_all(options.into_iter().map(option).collect())
        .value(now)
        .typed(choose)
}
