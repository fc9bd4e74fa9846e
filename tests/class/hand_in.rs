//! What people hand in, merged: every file counts whatever the others are, the order does not matter, nor
//! whether one comes twice.

use proptest::prelude::*;
use sourcelight::analysis::agreement::{Choice, Study};
use sourcelight::format::hand_in::{self, Collecting, Fate, HandIn, Keep, Report};
use sourcelight::model::{Change, EditContext, EditError, HandIns, Project, plan};

use crate::made::{File, Made, finished, project, project_of, sheet_of};
use crate::support::{
    NOW, annotation_id, annotator_id, document_id, merged as taken_over, read, render,
};

/// The articles that a teacher has: two texts of 30 words.
pub(crate) fn articles() -> Project {
    project(&[(30, vec![]), (30, vec![])])
}

/// What somebody hands in who has marked these words of the first article, and of the second.
fn handed_in(who: &str, name: &str, at: u64, marks: [&[(usize, usize, &str)]; 2]) -> File {
    handed_in_done(who, name, at, marks, &[])
}

/// The same of somebody who is done with these articles.
fn handed_in_done(
    who: &str,
    name: &str,
    at: u64,
    marks: [&[(usize, usize, &str)]; 2],
    done: &[usize],
) -> File {
    let made = marks.map(|it| {
        it.iter()
            .map(|it| (who, it.0, it.1, it.2))
            .collect::<Vec<Made<'_>>>()
    });
    let [one, other] = made;
    let own = project_of("w", at, &[(30, one), (30, other)]);
    let own = finished(&own, done.iter().map(|&it| (who, it)));
    sheet_of(&own, who, name, at)
}

fn collected(project: &Project, files: &[File], keep: Keep) -> (HandIns, Report) {
    let mut collecting = Collecting::new(project);
    for (name, bytes) in files {
        collecting.add(name, bytes, NOW);
    }
    collecting.finish(keep)
}

fn planned(project: &Project, wish: HandIns) -> Result<Change, EditError> {
    let mut cx = EditContext {
        now: NOW,
        annotator: annotator_id("teacher"),
        new_annotation_id: &mut || annotation_id("unused"),
    };
    plan(project, wish.into(), &mut cx)
}

/// The project after these files, with what is told of them.
pub(crate) fn merged(project: &Project, files: &[File], keep: Keep) -> (Project, Report) {
    let (wish, report) = collected(project, files, keep);
    let mut after = project.clone();
    match planned(project, wish) {
        Ok(change) => after.apply(&change),
        Err(error) => assert_eq!(error, EditError::NoChange),
    }
    (after, report)
}

/// Who marked what: sorted, so that it can be compared.
pub(crate) fn marks(project: &Project) -> Vec<String> {
    let show = |it: &std::sync::Arc<sourcelight::model::Annotation>| {
        let text = &project.document(&it.document).expect("it is here").text;
        format!(
            "{} {} {} {}",
            it.document,
            it.annotator,
            it.label,
            it.words(text, " ")
        )
    };
    let mut all: Vec<String> = project.annotations().all().iter().map(show).collect();
    all.sort();
    all
}

fn fates(report: &Report) -> Vec<(&str, &Fate)> {
    report
        .files
        .iter()
        .map(|it| (it.file.as_str(), &it.fate))
        .collect()
}

#[test]
fn what_a_class_hands_in_becomes_one_step() {
    let here = articles();
    let files = [
        handed_in("p1", "Ann", 10, [&[(0, 3, "claim")], &[]]),
        handed_in("p2", "Ben", 20, [&[(1, 3, "quote")], &[(4, 5, "claim")]]),
    ];
    let text = String::from_utf8(files[0].1.clone()).expect("it is text");
    assert!(
        !text.contains("w29") && text.contains("sha256"),
        "the article is not in it"
    );
    let (wish, report) = collected(&here, &files, Keep::Latest);
    let change = planned(&here, wish).expect("something came");
    let mut after = here.clone();
    after.apply(&change);
    assert_eq!(
        marks(&after),
        [
            "d0 p1 claim w0 w1 w2",
            "d0 p2 quote w1 w2",
            "d1 p2 claim w1x4"
        ]
    );
    assert_eq!(report.questions, []);
    let [ann, ben] = report.files.as_slice() else {
        panic!("two files are told of: {report:?}");
    };
    assert_eq!(
        (&ann.fate, ann.marks, ann.lesson.as_str()),
        (&Fate::Taken, [1, 0, 0, 0], "lesson-1")
    );
    assert_eq!(ben.people, [(annotator_id("p2"), "Ben".to_owned())]);
    after.apply(&change.inverse());
    assert_eq!(after, here, "one undo takes all back");
}

#[test]
fn who_is_done_with_an_article_has_been_at_it_though_nothing_is_marked_there() {
    let here = finished(&articles(), [("teacher", 0)]);
    let files = [
        handed_in_done("p1", "Ann", 10, [&[(0, 3, "claim")], &[]], &[0, 1]),
        handed_in("p2", "Ben", 20, [&[(0, 3, "claim")], &[(4, 5, "claim")]]),
        // Of one browser with Ann, so that they get another id.
        handed_in_done("p1", "Cem", 30, [&[], &[]], &[1]),
        handed_in("p4", "Dora", 40, [&[(0, 3, "claim")], &[]]),
    ];
    let (after, report) = merged(&here, &files, Keep::Latest);
    assert_eq!(report.mistaken.len(), 1);
    let study = Study::of(&after, &Choice::default());
    let present: Vec<usize> = study
        .articles
        .iter()
        .map(|it| it.present().count())
        .collect();
    assert_eq!(
        present,
        [4, 3],
        "Ann, Ben, Dora and the teacher; Ann, Ben and Cem"
    );
    let without = Choice {
        left_out: vec![annotator_id("p1")],
        ..Choice::default()
    };
    let study = Study::of(&after, &without);
    assert_eq!(study.articles[1].present().count(), 2);
    // What is known of it goes on with files of the whole.
    let reading = read(&Project::default(), "all.json", render(&after).as_bytes());
    let again = taken_over(&Project::default(), reading.expect("it opens").import);
    let of = |it: &Project, at: usize| it.documents().get(at).map(|it| it.finished_by.len());
    assert_eq!((of(&after, 1), of(&again, 1)), (Some(2), Some(2)));
    assert_eq!((of(&after, 0), of(&again, 0)), (Some(2), Some(2)));
}

#[test]
fn articles_may_come_with_the_files() {
    let here = Project::default();
    let file = |who: &'static str| {
        let own = project(&[(30, vec![(who, 0, 2, "claim")])]);
        (format!("{who}.json"), render(&own).into_bytes())
    };
    let (after, _) = merged(&here, &[file("p1"), file("p2")], Keep::Latest);
    assert_eq!(after.documents().len(), 1);
    assert_eq!(marks(&after), ["d0 p1 claim w0 w1", "d0 p2 claim w0 w1"]);
}

#[test]
fn the_later_file_of_a_person_counts_if_that_is_the_choice() {
    let here = articles();
    let early = handed_in(
        "p1",
        "Ann",
        10,
        [&[(0, 3, "claim"), (8, 9, "quote"), (7, 9, "claim")], &[]],
    );
    // The second mark was moved, the third is gone.
    let late = handed_in("p1", "Ann", 30, [&[(0, 3, "claim"), (5, 6, "quote")], &[]]);
    let files = [late.clone(), early.clone()];
    let (after, report) = merged(&here, &files, Keep::Latest);
    assert_eq!(marks(&after), ["d0 p1 claim w0 w1 w2", "d0 p1 quote w5"]);
    let question = &report.questions[0];
    assert_eq!((question.name.as_str(), question.files.len()), ("Ann", 2));
    assert_eq!(
        fates(&report),
        [
            ("Ann-10.json", &Fate::Earlier(Some("Ann-30.json".into()))),
            ("Ann-30.json", &Fate::Taken)
        ]
    );
    let (all, _) = merged(&here, &files, Keep::All);
    assert_eq!(marks(&all).len(), 3);
    // One after the other it is the same, in either order.
    let (first, _) = merged(&here, std::slice::from_ref(&early), Keep::Latest);
    let (then, report) = merged(&first, std::slice::from_ref(&late), Keep::Latest);
    assert_eq!(marks(&then), marks(&after));
    assert_eq!((report.questions[0].here, report.questions[0].gone), (3, 1));
    let (kept, report) = merged(&after, &[early], Keep::Latest);
    assert_eq!(marks(&kept), marks(&after));
    assert_eq!(report.files[0].fate, Fate::Earlier(None));
}

#[test]
fn words_that_change_their_mark_are_kept() {
    let here = articles();
    // What the first mark of the early file says is the second mark of the late one, and the first has been
    // moved behind it.
    let early = handed_in("p1", "Ann", 10, [&[(2, 4, "claim")], &[]]);
    let late = handed_in("p1", "Ann", 30, [&[(8, 9, "claim"), (2, 4, "claim")], &[]]);
    let (after, _) = merged(&here, &[early, late], Keep::All);
    assert_eq!(marks(&after), ["d0 p1 claim w2 w3", "d0 p1 claim w8"]);
}

#[test]
fn two_people_of_one_browser_stay_two() {
    let here = articles();
    let files = [
        handed_in("p1", "Ben", 20, [&[(0, 3, "claim")], &[]]),
        handed_in("p1", "Ann", 10, [&[(0, 3, "claim")], &[]]),
    ];
    let (after, report) = merged(&here, &files, Keep::Latest);
    assert_eq!(after.annotations().len(), 2);
    assert_eq!(report.mistaken, [["Ann".to_owned(), "Ben".to_owned()]]);
    assert_eq!(report.questions, []);
    let (again, _) = merged(&after, &files, Keep::Latest);
    assert_eq!(again, after);
}

#[test]
fn bad_files_are_named_with_their_reason_and_the_others_count() {
    let here = articles();
    let good = handed_in("p1", "Ann", 10, [&[(0, 3, "claim")], &[]]);
    let text = String::from_utf8(good.1.clone()).expect("it is text");
    let other = project_of("zebra", 1, &[(12, vec![("p9", 0, 2, "claim")])]);
    let said = HandIn::default();
    let foreign = hand_in::render(
        &other,
        &[document_id("d0")],
        &annotator_id("p9"),
        &said,
        false,
    );
    let deep = "[".repeat(100_000);
    let bad = [
        ("a.txt", "Just some text.", "no file that was handed in"),
        (
            "b.json",
            "{\"format\": \"sourcelight-reading-set\"}",
            "no file that was handed in",
        ),
        ("c.json", &text[..text.len() / 2], "cut off"),
        ("d.json", &text.replace("\"1.1\"", "\"2.0\""), "newer page"),
        ("e.json", "", "is empty"),
        ("f.json", &deep, "no file that was handed in"),
        ("g.json", &format!("{{\"a\": {deep}"), "deep"),
        (
            "h.json",
            &text.replace("\"documents\"", "\"__proto__\""),
            "documents",
        ),
        (
            "i.json",
            "{\"format\": \"span-annotations\", \"version\": \"1.0\", \"documents\": []}",
            "nothing marked",
        ),
        ("j.json", &foreign, "other texts"),
    ];
    let mut files: Vec<File> = vec![("z.bin".into(), vec![0xff, 0xfe, 0, 1, 0xd8, 0])];
    files.extend(
        bad.iter()
            .map(|it| (it.0.to_owned(), it.1.as_bytes().to_vec())),
    );
    files.push(good);
    let (after, report) = merged(&here, &files, Keep::Latest);
    assert_eq!(marks(&after), ["d0 p1 claim w0 w1 w2"]);
    assert_eq!(report.files.len(), files.len());
    for (name, _, reason) in bad {
        let told = report
            .files
            .iter()
            .find(|it| it.file == name)
            .expect("it is told of");
        match &told.fate {
            Fate::Unread(problem) => {
                assert!(problem.to_string().contains(reason), "{name}: {problem}");
                assert!(problem.to_string().starts_with(name), "{name}: {problem}");
            }
            fate => panic!("{name}: {fate:?}"),
        }
    }
}

#[test]
fn positions_that_are_none_cost_their_mark_alone() {
    let here = articles();
    let (name, bytes) = handed_in("p1", "Ann", 10, [&[(0, 3, "claim"), (5, 7, "quote")], &[]]);
    let text = String::from_utf8(bytes).expect("it is text");
    for (from, to) in [
        ("\"start\":0", "\"start\":-1"),
        ("\"start\":0", "\"start\":99999999999"),
        ("\"start\":0", "\"start\":null"),
    ] {
        let file = (name.clone(), text.replacen(from, to, 1).into_bytes());
        let (after, report) = merged(&here, &[file], Keep::Latest);
        // Its words say where it stands.
        assert_eq!(
            marks(&after),
            ["d0 p1 claim w0 w1 w2", "d0 p1 quote w5 w6"],
            "{to}"
        );
        assert_eq!(report.files[0].marks, [1, 1, 0, 0], "{to}");
        assert_eq!(report.files[0].problems.len(), 1, "{to}");
    }
}

fn own_marks() -> impl Strategy<Value = Vec<(usize, usize, &'static str)>> {
    let mark = (
        0_usize..28,
        1_usize..4,
        prop::sample::select(&["claim", "quote"]),
    );
    let mark = mark.prop_map(|(from, length, label)| (from, (from + length).min(30), label));
    prop::collection::vec(mark, 0..4)
}

fn files() -> impl Strategy<Value = Vec<File>> {
    let who = prop::sample::select(&[
        ("p1", "Ann"),
        ("p1", "Zoë"),
        ("p2", "Ben"),
        ("p3", "Ben"),
        ("p4", ""),
    ]);
    let done = prop::sample::subsequence(vec![0, 1], 0..=2);
    let file = (who, 1_u64..4, own_marks(), own_marks(), done);
    let file = file.prop_map(|((who, name), at, one, other, done)| {
        handed_in_done(who, name, at, [&one, &other], &done)
    });
    prop::collection::vec(file, 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_order_of_files_does_not_matter(files in files(), order: prop::sample::Index, latest: bool) {
        let keep = if latest { Keep::Latest } else { Keep::All };
        let mut other = files.clone();
        other.reverse();
        if !other.is_empty() {
            let by = order.index(other.len());
            other.rotate_left(by);
        }
        let here = articles();
        let (one, told) = merged(&here, &files, keep);
        let (two, told_too) = merged(&here, &other, keep);
        prop_assert_eq!(render(&one), render(&two));
        prop_assert_eq!(told.questions, told_too.questions);
    }

    #[test]
    fn what_is_merged_once_more_changes_nothing(files in files(), latest: bool) {
        let keep = if latest { Keep::Latest } else { Keep::All };
        let here = articles();
        let (once, _) = merged(&here, &files, keep);
        let (twice, _) = merged(&once, &files, keep);
        prop_assert_eq!(render(&once), render(&twice));
        let doubled: Vec<File> = files.iter().chain(&files).cloned().collect();
        let (both, _) = merged(&here, &doubled, keep);
        prop_assert_eq!(render(&once), render(&both));
    }
}
