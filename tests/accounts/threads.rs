//! Threads of quotations.

use proptest::prelude::*;
use sourcelight::analysis::{ENOUGH, TextIndex, Version, VersionKind, thread};

use crate::made::Maker;
use crate::practice::{Place, Practice, document, others};

/// A thread of the key: its versions with the form that is given to them.
type Expected = Vec<(Place, String)>;

fn expected(practice: &Practice) -> Vec<Expected> {
    let threads = practice.key["threads"].as_array().expect("threads");
    let versions = |it: &serde_json::Value| {
        let versions = it["versions"].as_array().expect("versions").iter();
        let version = |it: &serde_json::Value| {
            (
                practice.span(&it["span"]),
                it["form"].as_str().expect("a form").to_owned(),
            )
        };
        versions.map(version).collect()
    };
    threads.iter().map(versions).collect()
}

#[test]
fn threads_of_the_key_are_found_and_nothing_else() {
    let practice = Practice::read();
    let mut documents = practice.documents.clone();
    documents.extend(others());
    let index = TextIndex::of(&documents);
    let threads = expected(&practice);
    let (mut wanted, mut found, mut given, mut right, mut kinds) = (0, 0, 0, 0, 0);
    let quotes = practice.spans().filter(|it| it.1["label"] == "quote");
    for (article, span) in quotes {
        let place = practice.place(article, span);
        let own: Vec<&Expected> = threads
            .iter()
            .filter(|it| {
                it.iter()
                    .any(|it| it.0.0 == place.0 && it.0.1.overlaps(place.1))
            })
            .collect();
        let thread = thread(&index, &place.0, place.1, ENOUGH);
        println!("{}: {}", span["id"], practice.slice(&place));
        let is_it =
            |version: &Version, it: &Place| version.document == it.0 && version.span.overlaps(it.1);
        for version in &thread.versions {
            given += 1;
            let all = own.iter().flat_map(|it| it.iter());
            let hit = all.clone().find(|it| is_it(version, &it.0));
            right += usize::from(hit.is_some());
            let words = documents
                .iter()
                .find(|it| it.id == version.document)
                .expect("known");
            println!(
                "   {} {:.2} {} ({}) {}",
                if hit.is_some() { "+" } else { "!" },
                version.score,
                version.kind.name(),
                hit.map_or("", |it| &it.1),
                words.text.slice(version.span),
            );
        }
        for thread_of_key in own.iter().filter(|it| it[0].0 == place) {
            for (other, form) in &thread_of_key[1..] {
                wanted += 1;
                let hit = thread.versions.iter().find(|it| is_it(it, other));
                found += usize::from(hit.is_some());
                kinds += usize::from(hit.is_some_and(|it| it.kind.name() == form));
                if hit.is_none() {
                    println!("   - {form} {}", practice.slice(other));
                }
            }
        }
    }
    println!("recall {found} of {wanted}, precision {right} of {given}, kinds {kinds} of {found}");
    assert!(found * 100 >= wanted * 95, "{found} of {wanted} are found");
    assert!(right * 100 >= given * 95, "{right} of {given} are right");
}

/// A quotation of `length` words in one article, and with `edits` of its words replaced, left out or
/// followed by another in a second one.
fn planted(seed: u64, length: usize, edits: usize) -> (TextIndex, Place, Place) {
    let mut maker = Maker::new(seed);
    let words = maker.words(length);
    let mut twin = words.clone();
    for _ in 0..edits {
        let at = maker.below(twin.len());
        match maker.below(3) {
            0 => twin[at] = maker.word(),
            1 => drop(twin.remove(at)),
            _ => twin.insert(at, maker.word()),
        }
    }
    let mut documents = Vec::new();
    let mut put = |words: &[String], name: &str| {
        let (head, tail) = (maker.article(2_000), maker.article(2_000));
        let quote = format!("“{}”", words.join(" "));
        let document = document(name, &format!("{head}{quote} {tail}"));
        let span = document.text.span(head.len(), head.len() + quote.len());
        documents.push(document.clone());
        (document.id.clone(), span.expect("a span"))
    };
    let places = (put(&words, "first"), put(&twin, "second"));
    documents.push(document("third", &maker.article(4_000)));
    (TextIndex::of(&documents), places.0, places.1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// The stated distance: of eight words or more, every fourth one.
    #[test]
    fn a_thread_finds_every_planted_edit(seed in any::<u64>(), length in 8..60_usize, share in 0..=25_usize) {
        let (index, base, twin) = planted(seed, length, length * share / 100);
        let found = thread(&index, &base.0, base.1, ENOUGH);
        let hit = found.versions.iter().find(|it| it.document == twin.0);
        prop_assert!(hit.is_some_and(|it| it.span.overlaps(twin.1)), "{:?}", found);
        let hit = hit.expect("just seen");
        if length * share / 100 == 0 {
            prop_assert_eq!((hit.kind, hit.span), (VersionKind::Exact, twin.1));
        }
    }
}

#[test]
fn unrelated_articles_have_no_version() {
    let mut wrong = 0;
    for seed in 0..200 {
        let (index, base, _) = planted(seed, 8 + seed as usize % 50, 0);
        let found = thread(&index, &base.0, base.1, ENOUGH);
        wrong += found
            .versions
            .iter()
            .filter(|it| it.document.as_str() != "second")
            .count();
    }
    assert!(wrong <= 2, "{wrong} of 200 threads");
}

#[test]
fn each_kind_of_version_is_told() {
    let base = "The committee said: “We saw the crack in April, we wrote a letter to the owner, and nobody answered it before the summer.”";
    for (name, text) in [
        (
            "exact",
            "It said “We saw the crack in April, we wrote a letter to the owner, and nobody answered it before the summer.”",
        ),
        (
            "trimmed",
            "They “wrote a letter to the owner, and nobody answered it”, she said.",
        ),
        (
            "bracketed",
            "“[They] saw the crack in April, [and] wrote a letter to the owner,” he said.",
        ),
        (
            "joined",
            "“We saw the crack in April … and nobody answered it before the summer.”",
        ),
        (
            "joined",
            "“We saw the crack in April, we wrote a letter to the owner,” she said, “and nobody answered it before the summer.”",
        ),
        (
            "joined",
            "“We saw the crack in April, and nobody answered it before the summer.”",
        ),
        (
            "reordered",
            "“We wrote a letter to the owner, we saw the crack in April, and nobody answered it before the summer.”",
        ),
        (
            "paraphrased",
            "They had seen the crack by April; a letter went to its owner, who did not answer before summer.",
        ),
    ] {
        let filler = Maker::new(7).article(20_000);
        let documents = [
            document("a", base),
            document("b", text),
            document("c", &filler),
        ];
        let start = base.find('“').expect("a mark");
        let span = documents[0].text.span(start, base.len()).expect("a span");
        let found = thread(&TextIndex::of(&documents), &documents[0].id, span, ENOUGH);
        let kinds: Vec<&str> = found.versions.iter().map(|it| it.kind.name()).collect();
        assert_eq!(kinds, [name], "{text}");
        assert_eq!(found.not_found, [documents[2].id.clone()]);
    }
}
