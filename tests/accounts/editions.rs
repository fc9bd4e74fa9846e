//! Marks on a later text of their article: one step, after which nothing is lost.

use std::sync::Arc;

use sourcelight::analysis::{Carried, CarryOver, Edition, Fate, Landing, compare};
use sourcelight::format::render_all;
use sourcelight::model::{
    Annotation, Change, Comment, CommentId, Details, Document, Edit, EditContext, EditError,
    FirstLabel, Project, Record, RecordChange, Relation, RelationId, RelationTypeId, Text, Value,
    examine, plan,
};

use crate::support::{
    NOW, annotation_id, annotator_id, document_id, label_id, project, read_marked, show,
};

/// The project after the marks of `d` went to `later`, the step, and what became of each mark.
fn carried(here: &Project, later: &Document) -> (Project, Change, Vec<Carried>) {
    let earlier = here
        .document(&document_id("d"))
        .expect("it is there")
        .clone();
    let edition = Edition::of(&earlier.text, &later.text);
    let marks = |it: &Document| here.annotations().of(&it.id).to_vec();
    let carried = edition.carry_all(&marks(&earlier), &marks(later));
    let mut count = 0;
    let mut new_id = || {
        count += 1;
        format!("new-{count}")
    };
    let ids = (&earlier.id, later);
    let step = CarryOver::new(here, &edition, ids, &carried, NOW, &mut new_id);
    let mut cx = EditContext {
        now: NOW,
        annotator: annotator_id("ben"),
        new_annotation_id: &mut || annotation_id("unused"),
    };
    let change = plan(here, Edit::Other(Box::new(step)), &mut cx).expect("it can be done");
    let mut after = here.clone();
    after.apply(&change);
    let mut before = after.clone();
    before.apply(&change.inverse());
    assert_eq!(
        render_all(&before),
        render_all(here),
        "undo brings everything back"
    );
    (after, change, carried)
}

fn new(text: &str) -> Document {
    let text = Text::new(text).expect("has text");
    Document::new(document_id("later"), "Later", Arc::new(text))
}

fn shown(project: &Project, id: &str) -> String {
    let id = document_id(id);
    let document = project.document(&id).expect("it is there");
    show(&document.text, project.annotations().of(&id))
}

#[test]
fn marks_of_an_article_stand_in_its_later_text() {
    let earlier = "[claim:The ferry is safe], [quote:“[opinion:we never] doubted it”], she said. \
                   [claim:Nine people were aboard.] [opinion:Nobody cares any more.]";
    let here = project(&[("d", earlier), ("e", "Another [claim:article].")]);
    let later =
        new("New: The ferry is safe, “we never doubted it”, she said. Twelve people were aboard.");
    let (after, change, all) = carried(&here, &later);
    assert_eq!(change.name, "carry marks over");
    assert_eq!(shown(&after, "d"), shown(&here, "d"));
    assert_eq!(shown(&after, "e"), shown(&here, "e"));
    assert_eq!(
        shown(&after, "later"),
        "New: [claim:The ferry is safe], [quote:“[opinion:we never] doubted it”], she said. \
         [claim:Twelve people were aboard.]"
    );
    let fates: Vec<Fate> = all.iter().map(|it| it.fate).collect();
    let same = Fate::Lands(Landing::Same);
    let edges = Fate::Lands(Landing::Edges);
    assert_eq!(fates, [same, same, same, edges, Fate::Lost]);
    let lost: Vec<_> = after
        .unplaced()
        .map(|it| it.quotes[0].0.exact.clone())
        .collect();
    assert_eq!(lost, ["Nobody cares any more."]);
    let said = after.document(&document_id("later")).expect("it is there");
    assert_eq!(said.version_of, Some(document_id("d")));
    assert!(examine(&after).is_empty());
    // Once more nothing comes, not even to the tray.
    let marks = |it: &Document| after.annotations().of(&it.id).to_vec();
    let earlier = after.document(&document_id("d")).expect("there");
    let edition = Edition::of(&earlier.text, &said.text);
    let all = edition.carry_all(&marks(earlier), &marks(said));
    let fates: Vec<Fate> = all.iter().map(|it| it.fate).collect();
    assert_eq!(
        fates,
        [Fate::Here, Fate::Here, Fate::Here, Fate::Here, Fate::Lost]
    );
    assert_eq!(again(&after), Err(EditError::NoChange));
}

/// What comes of carrying all marks of `d` to `later` once more.
fn again(here: &Project) -> Result<Change, EditError> {
    let [earlier, later] = ["d", "later"].map(|id| here.document(&document_id(id)).expect("there"));
    let edition = Edition::of(&earlier.text, &later.text);
    let marks = |it: &Document| here.annotations().of(&it.id).to_vec();
    let all = edition.carry_all(&marks(earlier), &marks(later));
    let mut count = 0;
    let mut new_id = || {
        count += 1;
        format!("other-{count}")
    };
    let ids = (&earlier.id, &**later);
    let step = CarryOver::new(here, &edition, ids, &all, NOW, &mut new_id);
    let mut cx = EditContext {
        now: NOW,
        annotator: annotator_id("ben"),
        new_annotation_id: &mut || annotation_id("unused"),
    };
    plan(here, Edit::Other(Box::new(step)), &mut cx)
}

/// A mark that is lost is lost once, with what was said about it; and what it was first taken for is not said
/// of another.
#[test]
fn what_leans_on_lost_marks_comes_once() {
    let mut here = linked();
    let first = FirstLabel {
        annotation: annotation_id("d-1"),
        label: label_id("opinion"),
        changed: NOW,
    };
    here.apply(&Change {
        name: "first".into(),
        records: vec![RecordChange::added(first.into())],
        at: NOW,
        merge_key: None,
    });
    let (after, ..) = carried(&here, &new("Indeed: It is safe, nobody wrote."));
    assert_eq!(after.unplaced().count(), 1);
    assert_eq!(
        after.comments().count(),
        2,
        "of the mark, and of the lost one"
    );
    assert_eq!(again(&after), Err(EditError::NoChange));
}

/// A project with a relation, a comment and answers that name a mark and words of the text.
fn linked() -> Project {
    let mut here = project(&[
        ("d", "[claim:It is safe], [quote:she said] today."),
        ("e", "[claim:Other] words."),
    ]);
    let mut details = Details::default();
    let words = here
        .document(&document_id("d"))
        .and_then(|it| it.text.span(12, 15));
    let words = Value::List(vec![Value::Span(words.expect("a word"))]);
    details.answers.set("cue", Some(words));
    details.answers.set("evidence", Some(Value::list(["d-2"])));
    let before = here
        .annotations()
        .get(&annotation_id("d-1"))
        .expect("there")
        .clone();
    let mut after = Annotation::clone(&before);
    (after.details, after.note) = (details.kept(), "why".into());
    let relation = |id: &str, from: &str, to: &str| {
        let kind = RelationTypeId::new("supports").expect("an id");
        let id = RelationId::new(id).expect("an id");
        Record::from(Relation::new(
            id,
            kind,
            annotation_id(from),
            annotation_id(to),
        ))
    };
    let comment = Comment {
        id: CommentId::new("c").expect("an id"),
        annotation: annotation_id("d-2"),
        annotator: annotator_id("ann"),
        text: "Who?".into(),
        created: NOW,
        modified: NOW,
        extra: Default::default(),
    };
    let records = vec![
        RecordChange::replaced(
            Record::Annotation(before),
            Record::Annotation(Arc::new(after)),
        ),
        RecordChange::added(relation("r", "d-1", "d-2")),
        RecordChange::added(relation("s", "d-2", "e-1")),
        RecordChange::added(comment.into()),
    ];
    here.apply(&Change {
        name: "elsewhere".into(),
        records,
        at: NOW,
        merge_key: None,
    });
    here
}

#[test]
fn what_leans_on_marks_comes_with_them() {
    let here = linked();
    let (after, ..) = carried(&here, &new("Indeed: It is safe, she said today."));
    let marks = after.annotations().of(&document_id("later"));
    let [one, two] = marks else {
        panic!("two marks")
    };
    assert_eq!(&*one.note, "why");
    let answers = &one.details.as_ref().expect("answers").answers;
    let text = &after.document(&document_id("later")).expect("there").text;
    let cue = answers.get("cue").and_then(|it| it.spans().next());
    assert_eq!(cue.map(|it| text.slice(it)), Some("she"));
    let new: Vec<(String, String)> = after
        .relations()
        .filter(|it| {
            here.record(&sourcelight::model::RecordId::Relation(it.id.clone()))
                .is_none()
        })
        .map(|it| (it.from.to_string(), it.to.to_string()))
        .collect();
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let (one, two) = (one.id.as_str(), two.id.as_str());
    assert_eq!(new, [pair(one, two), pair(two, "e-1")]);
    let said: Vec<String> = after
        .comments()
        .map(|it| it.annotation.to_string())
        .collect();
    assert!(
        said.contains(&two.to_owned()) && said.len() == 2,
        "{said:?}"
    );
}

#[test]
fn an_article_that_is_here_can_be_the_later_text() {
    let here = project(&[
        ("d", "[claim:It is safe], she said."),
        ("later", "Oh: [claim:It is safe], she [opinion:said again]."),
    ]);
    let later = here.document(&document_id("later")).expect("there").clone();
    let (after, _, all) = carried(&here, &later);
    assert_eq!(all[0].fate, Fate::Here);
    assert_eq!(shown(&after, "later"), shown(&here, "later"));
    let later = after.document(&document_id("later")).expect("there");
    assert_eq!(later.version_of, Some(document_id("d")));
}

#[test]
fn two_marks_do_not_become_one() {
    let here = project(&[("d", "They [1:claim:sang [2:claim:all night1] long2] there.")]);
    let (after, _, all) = carried(&here, &new("They sang all night there."));
    let placed = all.iter().filter(|it| it.fate != Fate::Lost).count();
    assert_eq!(placed + after.unplaced().count(), 2);
    assert!(examine(&after).is_empty());
}

#[test]
fn a_long_article_is_compared_quickly() {
    let text = |changed: bool| {
        let sentence = |at: usize| match at % 50 {
            25 if changed => format!("Sentence {at} says another thing altogether. "),
            _ => format!("Sentence number {at} of the story says the same as ever. "),
        };
        (0..4_000).map(sentence).collect::<String>()
    };
    let (one, _) = read_marked("d", &text(false));
    let (other, _) = read_marked("e", &text(true));
    let begun = std::time::Instant::now();
    let edition = Edition::of(&one.text, &other.text);
    let changed = edition.rewritten((&Default::default(), &Default::default()), compare);
    assert_eq!(changed.len(), 80);
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}
