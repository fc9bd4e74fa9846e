//! Lines of a concordance: which places fit, and in which order they stand.

use sourcelight::analysis::concordance::{Line, MarkFilter, Order, lines, sort};
use sourcelight::analysis::query::{Query, Wording};
use sourcelight::analysis::{Folded, find};
use sourcelight::model::{
    Answer, AnswerEdit, Attribute, AttributeEdit, AttributeId, AttributeKind, Edit, EditContext,
    Project, plan,
};

use crate::support::{self, label_id};

fn fold(letter: char) -> String {
    letter.to_lowercase().collect()
}

const TEXTS: [(&str, &str); 2] = [
    (
        "one",
        "The ferry [quote:is [opinion:a fine ship] and safe], she said. [claim:A ferry sank] in 1902.",
    ),
    (
        "two",
        "[opinion:No ferry] is safe. The old ferry left; a new ferry came.",
    ),
];

fn filter(label: &str, within: &str) -> MarkFilter {
    let given = |name: &str| (!name.is_empty()).then(|| label_id(name));
    MarkFilter {
        label: given(label),
        within: given(within),
        answer: None,
    }
}

/// The lines for words, or for marks alone, over all texts.
fn found(project: &Project, words: &str, marks: &MarkFilter) -> Vec<Line> {
    let wanted = Folded::new(words, Some(&fold));
    let of = |document: &sourcelight::model::Document| {
        let folded = Folded::new(document.text.as_str(), Some(&fold));
        let spans = find(&document.text, &folded, &wanted, true);
        lines(
            project,
            document,
            (!words.is_empty()).then_some(&spans),
            marks,
        )
    };
    project.documents().iter().flat_map(|it| of(it)).collect()
}

/// Lines as a person reads them: what stands before, the place, what follows.
fn told(project: &Project, lines: &[Line]) -> Vec<String> {
    let told = |line: &Line| {
        let text = &project.document(&line.document).expect("it is here").text;
        let all = text.as_str();
        let (start, end) = (line.span.start().bytes(), line.span.end().bytes());
        let before: String = all[..start].chars().rev().take(8).collect();
        let before: String = before.chars().rev().collect();
        let behind: String = all[end..].chars().take(8).collect();
        format!("{before}<{}>{behind}", text.slice(line.span))
    };
    lines.iter().map(told).collect()
}

#[test]
fn words_and_marks_are_asked_for_together() {
    let project = support::project(&TEXTS);
    for (words, label, within, places) in [
        ("ferry", "", "", 5),
        ("FERRY", "claim", "", 1),
        ("ferry", "opinion", "", 1),
        ("ferry", "quote", "", 0),
        ("fine", "opinion", "quote", 1),
        ("fine", "", "quote", 1),
        ("fine", "quote", "quote", 0),
        ("", "opinion", "", 2),
        ("", "opinion", "quote", 1),
        ("", "", "", 4),
        ("boat", "", "", 0),
    ] {
        let lines = found(&project, words, &filter(label, within));
        let told = told(&project, &lines);
        assert_eq!(lines.len(), places, "{words} {label} {within}: {told:?}");
    }
}

#[test]
fn lines_are_sorted_by_what_stands_beside_them() {
    let project = support::project(&TEXTS);
    let document = |id: &sourcelight::model::DocumentId| project.document(id).map(|it| &**it);
    for (order, sorted) in [
        (
            Order::Text,
            "The <ferry> is a fi|said. A <ferry> sank in|No <ferry> is safe|The old <ferry> left; a|; a new <ferry> came.",
        ),
        (
            Order::Left,
            "said. A <ferry> sank in|; a new <ferry> came.|No <ferry> is safe|The old <ferry> left; a|The <ferry> is a fi",
        ),
        (
            Order::Right,
            "; a new <ferry> came.|The <ferry> is a fi|No <ferry> is safe|The old <ferry> left; a|said. A <ferry> sank in",
        ),
    ] {
        let mut lines = found(&project, "ferry", &filter("", ""));
        sort(&mut lines, order, document, &fold);
        let told = told(&project, &lines);
        let told: Vec<&str> = told.iter().map(|it| it.trim_start()).collect();
        assert_eq!(told.join("|"), sorted, "{order:?}");
    }
}

/// The project after an edit.
fn edited(project: &Project, edit: impl Into<Edit>) -> Project {
    let mut cx = EditContext {
        now: support::NOW,
        annotator: support::annotator_id("ann"),
        new_annotation_id: &mut || support::annotation_id("unused"),
    };
    let change = plan(project, edit.into(), &mut cx).expect("it can be done");
    let mut after = project.clone();
    after.apply(&change);
    after
}

#[test]
fn claims_without_evidence_are_found() {
    let text = "[claim:One] and [claim:two] and [quote:three].";
    let project = support::project(&[("one", text)]);
    let id = AttributeId::new("evidence").expect("an id");
    let mut question = Attribute::new(id.clone(), "Evidence", AttributeKind::YesNo);
    question.labels = vec![label_id("claim")];
    let project = edited(&project, AttributeEdit::Add(question));
    let first = project.annotations().all()[0].id.clone();
    let yes = Some(Answer::Flag(true));
    let project = edited(&project, AnswerEdit::Answer(vec![first], id, yes));
    for (is_answered, places) in [(true, "<One>"), (false, "<two>")] {
        let marks = MarkFilter {
            answer: Some(("evidence".to_owned(), is_answered)),
            ..MarkFilter::default()
        };
        let told = told(&project, &found(&project, "", &marks)).join("|");
        assert!(told.contains(places) && !told.contains('|'), "{told}");
        let lines = found(&project, "two", &marks);
        assert_eq!(lines.len(), usize::from(!is_answered), "with words, too");
    }
}

#[test]
fn words_stand_in_one_paragraph_and_a_phrase_in_a_row() {
    let text = "The ferry left the old pier, and a Ferry came.\n\nNo pier, no ferry-man.\n\nThe  ferry sank.";
    let project = support::project(&[("one", text)]);
    let document = &project.documents()[0];
    for (words, wording, exact_case, whole_words, places) in [
        ("ferry", Wording::Words, false, false, 4),
        ("Ferry", Wording::Words, true, false, 1),
        ("ferry pier", Wording::Words, false, false, 3),
        ("pier ferry", Wording::Words, false, false, 2),
        ("ferry  OLD ", Wording::Words, false, false, 2),
        ("ferry old sank", Wording::Words, false, false, 0),
        ("old  pier", Wording::Phrase, false, false, 1),
        ("pier old", Wording::Phrase, false, false, 0),
        ("fer", Wording::Words, false, true, 0),
        ("  ", Wording::Words, false, false, 0),
        ("  ", Wording::Phrase, false, false, 0),
        ("ferry", Wording::Pattern, false, false, 0),
    ] {
        let query = Query {
            words: words.to_owned(),
            wording,
            exact_case,
            whole_words,
            ..Query::default()
        };
        let folded = Folded::new(
            document.text.as_str(),
            (!exact_case).then_some(&fold as &sourcelight::analysis::FoldCase),
        );
        let found = query.wanted(&fold).places(&document.text, &folded);
        assert_eq!(found.len(), places, "{words} as {wording:?}: {found:?}");
    }
}

#[test]
fn queries_come_back_from_what_is_written_of_them() {
    let texts = ["", "ferry & \u{200f}מעבורת", "a=b"];
    let orders = [Order::Text, Order::Time, Order::Left, Order::Right];
    let wordings = [Wording::Words, Wording::Phrase, Wording::Pattern];
    for (at, order) in orders.into_iter().enumerate() {
        let query = Query {
            words: texts[at % 3].to_owned(),
            wording: wordings[at % 3],
            exact_case: at % 2 == 0,
            whole_words: at > 1,
            marks: MarkFilter {
                answer: (at > 0).then(|| ("evidence".to_owned(), at > 1)),
                ..filter(["", "opinion"][at % 2], ["quote", ""][at % 2])
            },
            order,
        };
        let fields = query.fields().into_iter();
        let again = Query::read(fields.map(|it| (it.0.to_owned(), it.1)));
        assert_eq!(again, query);
    }
    assert!(Query::default().fields().is_empty() && Query::default().is_empty());
    let unknown = [("sort", "colour"), ("label", "<b>"), ("x", "y")];
    let unknown = unknown.map(|it| (it.0.to_owned(), it.1.to_owned()));
    assert_eq!(Query::read(unknown), Query::default());
}
