//! Laws of texts, spans, segments and selectors.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use sourcelight::model::{
    Annotation, Selector, Similarity, Span, Text, TextHash, Timestamp, Unit, segments, snap, trim,
    widen_to_graphemes,
};
use unicode_segmentation::UnicodeSegmentation;

use super::generate::{source, span_at, text};
use super::support::{annotation_id, annotator_id, document_id, label_id};

fn annotation(text: &Text, place: usize, spans: &[(Index, Index)]) -> Annotation {
    let spans: Vec<Span> = spans.iter().map(|&(a, b)| span_at(text, a, b)).collect();
    Annotation::new(
        annotation_id(&format!("a{place}")),
        document_id("d"),
        spans[0],
        label_id("claim"),
        annotator_id("ann"),
        Timestamp(1),
    )
    .with_fragments(spans)
    .expect("there are spans")
}

proptest! {
    #[test]
    fn m1_a_text_has_lf_line_ends_and_is_otherwise_as_it_came(source in source()) {
        if let Ok(text) = Text::new(&source) {
            let without_mark = source.trim_start_matches('\u{feff}');
            let lines: Vec<&str> = without_mark.split("\r\n").flat_map(|it| it.split('\r')).collect();
            prop_assert_eq!(text.as_str(), lines.join("\n"));
            prop_assert_eq!(text.hash(), &TextHash::of(text.as_str()));
            prop_assert_eq!(&Text::new(text.as_str()).expect("has text"), &text);
            let blank: Vec<String> = text.blocks().iter().map(|it| text.slice(it.span()).trim().to_owned()).collect();
            let lines: Vec<&str> = text.as_str().split('\n').map(str::trim).filter(|it| !it.is_empty()).collect();
            prop_assert_eq!(blank, lines);
        }
    }

    #[test]
    fn m2_spans_are_not_empty_and_lie_on_character_bounds(text in text(), start in 0..300_usize, end in 0..300_usize) {
        let content = text.as_str();
        let fits = start < end && end <= content.len() && content.is_char_boundary(start) && content.is_char_boundary(end);
        prop_assert_eq!(text.span(start, end).is_some(), fits);
    }

    #[test]
    fn l4_offsets_survive_a_change_of_unit(text in text(), a: Index, b: Index) {
        let span = span_at(&text, a, b);
        for offset in [span.start(), span.end()] {
            let before = &text.as_str()[..offset.bytes()];
            prop_assert_eq!(text.utf16(offset) as usize, before.encode_utf16().count());
            prop_assert_eq!(text.code_points(offset) as usize, before.chars().count());
            prop_assert_eq!(text.byte_of_utf16(text.utf16(offset)), Some(offset.bytes()));
        }
        let code_points = text.span_of_code_points(text.code_points(span.start()), text.code_points(span.end()));
        prop_assert_eq!(code_points, Some(span));
    }

    #[test]
    fn l3_m6_segments_join_up_to_their_block_and_cover_each_annotation(
        text in text(),
        places in vec(vec(any::<(Index, Index)>(), 1..3), 0..8),
    ) {
        let mut annotations: Vec<Annotation> = places.iter().zip(0..).map(|(spans, place)| annotation(&text, place, spans)).collect();
        annotations.sort_by_key(|it| (it.hull().start(), std::cmp::Reverse(it.hull().end()), it.id.clone()));
        for block in text.blocks() {
            let made = segments(block.span(), &annotations);
            let joined: String = made.iter().map(|it| text.slice(it.span)).collect();
            prop_assert_eq!(joined, text.slice(block.span()));
            for annotation in &annotations {
                let covered: usize = made.iter().filter(|it| it.layers().any(|layer| layer.annotation.id == annotation.id)).map(|it| it.span.byte_len()).sum();
                let within = annotation.fragments().iter().filter_map(|it| it.intersection(block.span()));
                prop_assert_eq!(covered, within.map(Span::byte_len).sum::<usize>());
            }
            for segment in made.iter() {
                for layer in segment.layers() {
                    prop_assert!(layer.annotation.fragments().iter().any(|it| it.contains(segment.span)));
                }
                let mut depths: Vec<u8> = segment.layers().map(|it| it.depth).collect();
                depths.sort_unstable();
                depths.dedup();
                prop_assert_eq!(depths.len(), segment.covering.len(), "two share a line");
            }
        }
    }

    #[test]
    fn a_new_mark_moves_no_other_to_another_line(
        text in text(),
        places in vec((vec(any::<(Index, Index)>(), 1..3), 0..3_u64), 1..8),
    ) {
        let mut annotations = Vec::new();
        for ((spans, created), place) in places.iter().zip(0..) {
            let mut made = annotation(&text, place, spans);
            made.created = Timestamp(*created);
            annotations.push(made);
        }
        let newest = annotations[0].id.clone();
        annotations[0].created = Timestamp(3);
        annotations.sort_by_key(|it| (it.hull().start(), std::cmp::Reverse(it.hull().end()), it.id.clone()));
        let lines = |marks: &[Annotation]| {
            let mut found = BTreeSet::new();
            for block in text.blocks() {
                for segment in segments(block.span(), marks).iter() {
                    let old = segment.layers().filter(|it| it.annotation.id != newest);
                    found.extend(old.map(|it| (block.span().start(), it.annotation.id.clone(), it.fragment, it.depth)));
                }
            }
            found
        };
        let with = lines(&annotations);
        annotations.retain(|it| it.id != newest);
        prop_assert_eq!(with, lines(&annotations));
    }

    #[test]
    fn l8_a_span_is_found_by_its_description(text in text(), a: Index, b: Index) {
        let span = span_at(&text, a, b);
        let found = Selector::of(&text, span).resolve(&text).expect("it is there");
        prop_assert_eq!((found.span, found.similarity), (span, Similarity::Exact));
    }

    #[test]
    fn spans_can_be_made_tidy(text in text(), a: Index, b: Index) {
        let span = span_at(&text, a, b);
        if let Some(trimmed) = trim(&text, span) {
            prop_assert_eq!(text.slice(trimmed), text.slice(span).trim());
        }
        let wide = widen_to_graphemes(&text, span);
        prop_assert!(wide.contains(span));
        let bounds: Vec<usize> = text.as_str().grapheme_indices(true).map(|(at, _)| at).chain([text.as_str().len()]).collect();
        prop_assert!(bounds.contains(&wide.start().bytes()) && bounds.contains(&wide.end().bytes()));
        prop_assert!(snap(&text, span, Unit::Word).contains(span));
    }

    #[test]
    fn fragments_are_sorted_and_apart(text in text(), spans in vec(any::<(Index, Index)>(), 1..6)) {
        let made = annotation(&text, 0, &spans);
        prop_assert!(made.fragments().windows(2).all(|pair| pair[0].end() < pair[1].start()));
        let marked = |byte: usize| made.fragments().iter().any(|it| (it.start().bytes()..it.end().bytes()).contains(&byte));
        let wanted: Vec<Span> = spans.iter().map(|&(a, b)| span_at(&text, a, b)).collect();
        for byte in 0..text.as_str().len() {
            let want = wanted.iter().any(|it| (it.start().bytes()..it.end().bytes()).contains(&byte));
            prop_assert_eq!(marked(byte), want);
        }
    }
}
