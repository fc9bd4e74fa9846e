//! Passages that two articles share.

use sourcelight::analysis::{Matrix, TextIndex, shared};
use sourcelight::model::{Document, Span};
use std::sync::Arc;

use crate::made::Maker;
use crate::practice::{Place, Practice, document, others};

fn covers(found: &[Span], wanted: Span) -> bool {
    let within = found.iter().filter_map(|it| it.intersection(wanted));
    let covered: usize = within.map(Span::byte_len).sum();
    covered * 10 >= wanted.byte_len() * 6
}

/// Plants passages of `length` words, of which `changed` percent are changed, each in two articles.
fn planted(length: usize, changed: usize) -> (usize, usize, usize) {
    let mut maker = Maker::new((length * 100 + changed) as u64);
    let (mut documents, mut places): (Vec<Arc<Document>>, Vec<[Place; 2]>) =
        (Vec::new(), Vec::new());
    for pair in 0..100 {
        let words = maker.words(length);
        let twin = maker.changed(&words, length * changed / 100);
        let mut put = |words: &[String], name: &str| {
            let (head, tail) = (maker.article(800), maker.article(800));
            let passage = words.join(" ");
            let text = format!("{head}{passage} {tail}");
            let document = document(&format!("{name}{pair}"), &text);
            let span = document
                .text
                .span(head.len(), head.len() + passage.len())
                .expect("a span");
            documents.push(document.clone());
            (document.id.clone(), span)
        };
        places.push([put(&words, "a"), put(&twin, "b")]);
    }
    let found = shared(&TextIndex::of(&documents));
    let is_pair =
        |of: &[Place; 2], places: &[Place; 2]| of[0].0 == places[0].0 && of[1].0 == places[1].0;
    let hits = places.iter().filter(|wanted| {
        let spans: Vec<Span> = found
            .iter()
            .filter(|it| is_pair(wanted, &it.places))
            .map(|it| it.places[1].1)
            .collect();
        covers(&spans, wanted[1].1)
    });
    let false_pairs = found
        .iter()
        .filter(|it| !places.iter().any(|wanted| is_pair(wanted, &it.places)));
    (hits.count(), places.len(), false_pairs.count())
}

#[test]
fn planted_passages_are_found_down_to_twelve_words_with_a_fifth_changed() {
    let (mut all_found, mut all) = (0, 0);
    for length in [12, 15, 20, 40, 100] {
        for changed in [0, 10, 20] {
            let (found, wanted, wrong) = planted(length, changed);
            println!("{length} words, {changed} % changed: {found} of {wanted}, {wrong} wrong");
            assert!(
                found * 100 >= wanted * 95,
                "{length} words, {changed} %: {found} of {wanted}"
            );
            assert_eq!(wrong, 0);
            (all_found, all) = (all_found + found, all + wanted);
        }
    }
    println!("{all_found} of {all}");
}

#[test]
fn accounts_of_one_event_share_what_the_key_says() {
    let practice = Practice::read();
    let mut documents = practice.documents.clone();
    documents.extend(others());
    let index = TextIndex::of(&documents);
    let found = shared(&index);
    let wanted: Vec<Vec<Place>> = practice.key["shared_passages"]
        .as_array()
        .expect("passages")
        .iter()
        .map(|it| {
            it["places"]
                .as_array()
                .expect("places")
                .iter()
                .map(|it| practice.place(&it["article"], it))
                .collect()
        })
        .collect();
    let mut hits = vec![false; wanted.len()];
    for passage in &found {
        let [one, other] = &passage.places;
        println!(
            "{passage:?}\n  {}\n  {}",
            practice.slice(one),
            practice.slice(other)
        );
        let hit = wanted.iter().position(|it| {
            it.iter().all(|it| {
                passage
                    .places
                    .iter()
                    .any(|found| found.0 == it.0 && covers(&[found.1], it.1))
            })
        });
        match hit {
            Some(at) => hits[at] = true,
            None => assert!(passage.is_quotation, "not in the key"),
        }
    }
    assert!(hits.iter().all(|it| *it), "{hits:?}");
    let number = |id: &str| {
        documents
            .iter()
            .position(|it| it.id.as_str() == id)
            .expect("known")
    };
    let matrix = Matrix::new(&index, &found, false);
    assert!(matrix.words(number("wire-report"), number("press-rewrite")) > 25);
    assert_eq!(
        matrix.words(number("newsletter"), number("wire-report")),
        0,
        "the notice at the end is no passage"
    );
}

#[test]
fn a_notice_is_no_passage() {
    const LINE: &str =
        "Printed and published by the harbour office, who keeps all rights in these pages.";
    for (articles, place, passages) in [
        (3, "end", 0),
        (5, "end", 0),
        (2, "end", 1),
        (3, "middle", 3),
    ] {
        let mut maker = Maker::new(articles as u64);
        let document = |at: usize| {
            let (head, tail) = (maker.article(600), maker.article(600));
            let text = match place {
                "end" => format!("{head}\n\n{LINE}\n"),
                _ => format!("{head}\n\n{LINE}\n\n{tail}"),
            };
            document(&format!("d{at}"), &text)
        };
        let documents: Vec<Arc<Document>> = (0..articles).map(document).collect();
        let found = shared(&TextIndex::of(&documents));
        assert_eq!(found.len(), passages, "{articles} articles, at the {place}");
    }
}
