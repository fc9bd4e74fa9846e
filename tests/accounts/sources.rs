//! Who speaks where, and what stands behind a headline.

use std::sync::Arc;

use sourcelight::analysis::{TextIndex, common_speakers, headline, ledger};
use sourcelight::format::schema_file::{self, BUILT_IN, adopt, rows};
use sourcelight::model::*;

use crate::practice::{Practice, document};
use crate::support::{NOW, annotation_id, annotator_id, project};

const ONE: &str = "“[quote:It broke],” said Bo Ram. “[quote:It was [quote:old and tired]],” he said. [quote:It was nobody’s fault], one heard.";
const TWO: &str = "[quote:It did not break at all], Bo Ram wrote. A neighbour said “[quote:no]”.";

fn done(project: &mut Project, edit: impl Into<Edit>) {
    let mut cx = EditContext {
        now: NOW,
        annotator: annotator_id("me"),
        new_annotation_id: &mut || annotation_id("fresh"),
    };
    let change = plan(project, edit.into(), &mut cx).expect("it can be granted");
    project.apply(&change);
}

fn says(project: &mut Project, speaker: &str, words: &[&str]) {
    let documents = project.documents().to_vec();
    let all = project.annotations().all().into_iter();
    let marks = all.filter(|mark| {
        let text = documents
            .iter()
            .find(|it| it.id == mark.document)
            .expect("it is there");
        words.contains(&text.text.slice(mark.hull()))
    });
    let marks = marks.map(|it| it.id.clone()).collect();
    let question = AttributeId::new("speaker").expect("valid");
    done(
        project,
        AnswerEdit::Answer(marks, question, Some(Answer::Text(speaker.into()))),
    );
}

#[test]
fn the_ledger_tells_who_speaks_in_which_article_and_how_much() {
    let mut project = project(&[("one", ONE), ("two", TWO)]);
    let file = schema_file::read("s.json", BUILT_IN[0]).expect("it opens");
    let rows = rows(&project, &file);
    let edit = adopt(&project, &file, &rows);
    done(&mut project, edit);
    let id = |it: &str| SpeakerId::new(it).expect("valid");
    done(
        &mut project,
        CastEdit::Add(Speaker::new(id("bo"), "Bo Ram")),
    );
    let mut neighbour = Speaker::new(id("neighbour"), "a neighbour");
    neighbour.kind = SpeakerKind::Unnamed;
    done(&mut project, CastEdit::Add(neighbour));
    says(
        &mut project,
        "bo",
        &[
            "It broke",
            "It was old and tired",
            "old and tired",
            "It did not break at all",
        ],
    );
    says(&mut project, "neighbour", &["no"]);
    let rows = ledger(&project);
    let told: Vec<_> = rows
        .iter()
        .map(|it| {
            let who = it.speaker.as_ref().map_or("", SpeakerId::as_str);
            (
                it.document.as_str(),
                who,
                it.is_named,
                it.marks.len(),
                it.words,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("one", "bo", true, 3, 7),
            ("one", "", false, 1, 4),
            ("two", "bo", true, 1, 6),
            ("two", "neighbour", false, 1, 1),
        ]
    );
    assert_eq!(
        rows[0].places.len(),
        2,
        "words that two marks share are counted once"
    );
    let common = common_speakers(&rows);
    assert_eq!(common.len(), 1);
    assert_eq!((common[0].0.as_str(), common[0].1.len()), ("bo", 2));
}

#[test]
fn the_sentence_behind_a_headline_is_found_with_what_makes_it_weaker() {
    let body = "Harbour Closed After Oil Spill\n\nShips waited outside on Monday.\n\nThe harbour was closed after what officials said could be an oil spill.\n\nIt rained.";
    let mut article = Document::clone(&document("a", body));
    article.meta.title = "Harbour Closed After Oil Spill".to_owned();
    let article = Arc::new(article);
    let index = TextIndex::of([&article]);
    let found = headline(&index, &article).expect("there is one");
    assert!(
        article
            .text
            .slice(found.nearest)
            .starts_with("The harbour was closed")
    );
    assert!(found.share > 0.99);
    let weaker: Vec<&str> = found
        .weaker
        .iter()
        .map(|it| article.text.slice(*it))
        .collect();
    assert_eq!(weaker, ["said", "could"]);
    let mut other = Document::clone(&article);
    other.meta.title = "Xylophones".to_owned();
    assert_eq!(headline(&index, &other), None);
}

#[test]
fn each_headline_of_the_practice_set_leads_to_its_sentence() {
    let practice = Practice::read();
    let index = TextIndex::of(&practice.documents);
    for (id, words) in [
        (
            "wire-report",
            "suspend the licence of the Varrow chain ferry",
        ),
        ("advocacy-piece", "\"Knew its chain would break\""),
    ] {
        let article = practice.document(id);
        let found = headline(&index, article).expect("there is one");
        let sentence = article.text.slice(found.nearest);
        assert!(sentence.contains(words), "{id}: {sentence}");
    }
}
