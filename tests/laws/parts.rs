//! Laws of marks of several parts, and of marks within each other.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use sourcelight::model::{
    AnnotationId, Edit, EditContext, EditError, Layer, Offset, Project, Span, Timestamp, plan,
    segments, touches, widen_to_graphemes,
};

use super::editing::{Wish, edit, grant};
use super::generate::project;
use super::support::{annotation_id, annotator_id};

/// What an edit that needs no new ids makes of a project.
fn done(project: &Project, edit: Edit) -> Result<Project, EditError> {
    let mut cx = EditContext {
        now: Timestamp(6),
        annotator: annotator_id("ann"),
        new_annotation_id: &mut || annotation_id("none"),
    };
    let change = plan(project, edit, &mut cx)?;
    let mut now = project.clone();
    now.apply(&change);
    Ok(now)
}

fn fragments(project: &Project, id: &AnnotationId) -> Vec<Span> {
    let mark = project.annotations().get(id);
    mark.expect("it stays").fragments().to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_mark_has_the_words_that_were_added_and_no_others(
        project in project(),
        (place, a, b) in any::<(Index, Index, Index)>(),
    ) {
        let wish = Wish::AddFragment(place, a, b);
        let Some(Edit::AddFragment(id, span)) = edit(&project, &wish) else { return Ok(()) };
        let mut now = project.clone();
        let is_refused = grant(&mut now, &[wish]).is_empty();
        let (before, after) = (fragments(&project, &id), fragments(&now, &id));
        let document = &now.annotations().get(&id).expect("it stays").document;
        let text = &now.document(document).expect("it has an article").text;
        let whole = widen_to_graphemes(text, span);
        let is_in = |spans: &[Span], at: usize| {
            spans.iter().any(|it| (it.start().bytes()..it.end().bytes()).contains(&at))
        };
        for (at, letter) in text.as_str().char_indices().filter(|it| !it.1.is_whitespace()) {
            let asked = is_in(&before, at) || is_in(&[span], at);
            let is_marked = is_in(&after, at);
            prop_assert!(is_marked || !asked, "{letter:?} at {at} is not marked");
            let may_be = asked || is_in(&[whole], at);
            prop_assert!(may_be || !is_marked, "{letter:?} at {at} was not added");
        }
        for pair in after.windows(2) {
            prop_assert!(pair[0].end() < pair[1].start(), "fragments touch");
        }
        if !is_refused && !before.iter().any(|it| touches(text, *it, whole)) {
            let added = after.iter().position(|it| it.overlaps(span)).expect("it was added");
            let without = done(&now, Edit::RemoveFragment(id.clone(), added));
            let without = without.expect("there are others");
            prop_assert_eq!(fragments(&without, &id), before, "it can be taken away again");
        }
    }

    #[test]
    fn every_part_says_once_where_it_begins_and_where_it_goes_on(project in project()) {
        for document in project.documents() {
            let marks = project.annotations().of(&document.id);
            let blocks = document.text.blocks().iter();
            let painted: Vec<_> = blocks
                .map(|it| segments(it.span(), marks.iter().map(Arc::as_ref)))
                .collect();
            for mark in marks {
                let mut layers = Vec::new();
                for segment in painted.iter().flat_map(|it| it.iter()) {
                    layers.extend(segment.layers().filter(|it| it.annotation.id == mark.id));
                }
                // A part that begins or ends between two blocks has no place there to say so.
                let in_block = |at: Offset| {
                    let blocks = document.text.blocks().iter();
                    let (mut starts, mut ends) = (false, false);
                    for block in blocks.map(|it| it.span()) {
                        starts |= block.start() <= at && at < block.end();
                        ends |= block.start() < at && at <= block.end();
                    }
                    (starts, ends)
                };
                for (place, part) in mark.fragments().iter().enumerate() {
                    let says = |what: fn(&Layer<'_>) -> bool| {
                        layers.iter().filter(|it| it.fragment == place && what(it)).count()
                    };
                    let resumes = place > 0 && in_block(part.start()).0;
                    let continues = place + 1 < mark.fragments().len() && in_block(part.end()).1;
                    prop_assert_eq!(says(|it| it.resumes), usize::from(resumes));
                    prop_assert_eq!(says(|it| it.continues), usize::from(continues));
                }
            }
        }
    }

    #[test]
    fn marks_that_change_places_twice_are_where_they_were(
        project in project(),
        (a, b) in any::<(Index, Index)>(),
    ) {
        let Some(Edit::Swap(one, other)) = edit(&project, &Wish::Swap(a, b)) else { return Ok(()) };
        let places = |project: &Project| [&one, &other].map(|id| fragments(project, id));
        let [first, second] = places(&project);
        match done(&project, Edit::Swap(one.clone(), other.clone())) {
            Err(error) => {
                prop_assert_eq!(error, EditError::SameWords);
                prop_assert_eq!(first, second);
            }
            Ok(now) => {
                prop_assert_eq!(places(&now), [second, first]);
                let back = done(&now, Edit::Swap(one.clone(), other.clone()));
                prop_assert_eq!(places(&back.expect("they are nested")), places(&project));
            }
        }
    }
}
