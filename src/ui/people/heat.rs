//! Tints words by how many marked them, over the text alone: the marks themselves are out of sight meanwhile.

use leptos::prelude::*;
use web_sys::Range;

use super::class::Class;
use super::judging;
use crate::analysis::agreement::{Choice, Run, Study, runs};
use crate::dom;
use crate::model::{Document, Span};
use crate::session::{Derived, Watched};
use crate::ui::counted;
use crate::ui::dynamic::{effect, when};
use crate::ui::element::{Element, button, element};
use crate::ui::reader::Page;

/// The tints, from few to all who marked.
const TINTS: [&str; 5] = ["heat-1", "heat-2", "heat-3", "heat-4", "heat-5"];

/// How many of so many people have each tint: the last is for all of them.
fn tint(marked: usize, people: usize) -> Option<usize> {
    match (marked, people) {
        (0, _) | (_, 0) => None,
        _ if marked >= people => Some(TINTS.len() - 1),
        _ => Some((marked * (TINTS.len() - 1) / people).min(TINTS.len() - 2)),
    }
}

/// Runs of the open article with their places.
#[derive(Debug, Clone, PartialEq, Default)]
struct Heat {
    runs: Vec<(Span, usize)>,
    people: usize,
}

impl Class {
    /// Shows the tints for what was chosen, with the marks out of sight; or the marks again.
    pub fn show_heat(self, choice: Option<Choice>) {
        let view = self.session.view;
        view.focused.set(None);
        view.plain.set(choice.is_some());
        self.heat.set(choice);
    }
}

/// Follows what is to be tinted, and says above the text what the tints mean.
pub fn around(class: Class, page: Page) -> AnyView {
    let session = class.session;
    let heat = Watched::new(Heat::default());
    effect(move || {
        let choice = class.heat.get();
        let open = session.view.open.get();
        let choice = choice.zip(open).map(|(choice, open)| Choice {
            documents: vec![open],
            ..choice
        });
        // What is marked or undone meanwhile counts.
        session.with_marks(|_| ());
        let found = choice
            .map(|it| heat_of(&session.peek(|project| judging::study(project, &it, &class.me()))));
        heat.set(found.unwrap_or_default());
    });
    effect(move || {
        page.layout.track();
        page.scrolled.track();
        heat.with(|heat| paint(page, heat));
    });
    // Who shows the marks again does not want the tints any more.
    effect(move || {
        let is_plain = session.view.plain.get();
        if !is_plain && class.heat.with_untracked(Option::is_some) {
            class.heat.set(None);
        }
    });
    let people = Derived::new(move || heat.with(|it| it.people));
    when(
        move || class.heat.with(Option::is_some),
        move || legend(class, people).view(),
    )
}

fn heat_of(study: &Study) -> Heat {
    let Some(article) = study.articles.first() else {
        return Heat::default();
    };
    let people = article.present().count();
    let place = |it: &Run| Some((article.places.span(&it.words)?, tint(it.marked, people)?));
    Heat {
        runs: runs(study, article).iter().filter_map(place).collect(),
        people,
    }
}

/// Tints what is in sight, and a little around it.
fn paint(page: Page, heat: &Heat) {
    let mut ranges: [Vec<Range>; 5] = Default::default();
    if let (false, Some((host, document))) = (heat.runs.is_empty(), page.place()) {
        let seen = seen(page, &document);
        for (span, tint) in &heat.runs {
            if seen.is_some_and(|it| it.overlaps(*span)) {
                ranges[*tint].extend(dom::place::range_of(&host, &document.text, *span));
            }
        }
    }
    for (name, ranges) in TINTS.iter().zip(&ranges) {
        dom::highlight::set(name, ranges);
    }
}

/// From the first to the last block in sight.
fn seen(page: Page, document: &Document) -> Option<Span> {
    let blocks = page.blocks_in_sight(0.5)?;
    let blocks = document.text.blocks().get(blocks)?;
    Some(blocks.first()?.span().hull(blocks.last()?.span()))
}

fn legend(class: Class, people: Derived<usize>) -> Element {
    let swatches = (1..=TINTS.len()).map(|it| {
        let swatch = element("span").set_to("data-heat", it.to_string());
        swatch.set("aria-hidden", "true")
    });
    let told = move || match people.get() {
        0 => "Nobody has marked anything here.".to_owned(),
        count => format!(
            "few to all of {} marked it",
            counted(count, "person", "people")
        ),
    };
    element("section")
        .set("id", "heat-bar")
        .set("aria-label", "How many marked each word")
        .with(element("p").with_all(swatches.collect()))
        .with(element("p").set("role", "status").show(told))
        .with(button("Show the marks again", move || class.show_heat(None)).class("quiet"))
}

#[cfg(test)]
mod tests {
    use super::tint;

    #[test]
    fn the_darkest_tint_is_for_all() {
        let tints = |people| (0..=people).map(|it| tint(it, people)).collect::<Vec<_>>();
        assert_eq!(tints(2), [None, Some(2), Some(4)]);
        assert_eq!(
            tints(5),
            [None, Some(0), Some(1), Some(2), Some(3), Some(4)]
        );
        assert_eq!(tint(1, 30), Some(0));
        assert_eq!(tint(29, 30), Some(3));
    }
}
