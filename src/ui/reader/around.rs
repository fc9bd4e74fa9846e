//! What stands around the article and is not needed to read and mark. It comes with the second file.

use leptos::prelude::*;
use leptos::task::spawn_local;

use web_sys::Range;

use super::Page;
use super::finding::find_bar;
use super::overview::overview;
use super::parts::ranges_of;
use super::shown::shown_line;
use crate::dom;
use crate::session::{Picked, Session};
use crate::ui::dynamic::effect;
use crate::ui::{Screen, context, later};

/// Who wants to find words before that part of the program is here waits for it.
pub(super) fn await_finding(session: Session, screen: Screen) {
    effect(move || {
        if screen.find.get() == 0 || later::is_here() {
            return;
        }
        spawn_local(async move {
            if let Err(sentence) = later::parts().await {
                screen.forget_finding();
                session.view.warn(sentence);
            }
        });
    });
}

/// What stands around the article and is not needed to read and mark: the bar for finding words, and
/// the strip beside the scroll bar, and the line that says what alone is shown. With them comes what shows in the text which marks are picked,
/// and the lesson one is in.
pub fn around(page: Page) -> AnyView {
    follow_picked(page);
    let (bar, found) = find_bar(page);
    let people = later::people_view(move |people| (people.around)(page));
    vec![bar, people, overview(page, found), shown_line()].into_any()
}

/// Shows which marks in sight are picked.
fn follow_picked(page: Page) {
    let (session, _) = context();
    effect(move || {
        let picked = session.view.picked.get().filter(|it| !it.is_empty());
        let ranges = picked.map_or_else(Vec::new, |picked| {
            page.layout.track();
            page.scrolled.track();
            picked_in_sight(session, page, &picked)
        });
        dom::highlight::set("picked", &ranges);
    });
}

fn picked_in_sight(session: Session, page: Page, picked: &Picked) -> Vec<Range> {
    let Some((_, document)) = page.place() else {
        return Vec::new();
    };
    let blocks = page.blocks_in_sight(0.5);
    let blocks = blocks.and_then(|it| document.text.blocks().get(it));
    let ends = blocks.and_then(|it| Some((it.first()?.span(), it.last()?.span())));
    let Some((first, last)) = ends else {
        return Vec::new();
    };
    session.peek(|project| {
        let marks = project.annotations();
        let near = marks.overlapping(&document.id, first.hull(last));
        let shown = near.filter(|it| picked.contains(&it.id) && session.view.is_shown(it));
        shown.flat_map(|it| ranges_of(page, it)).collect()
    })
}
