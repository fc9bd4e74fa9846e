//! What marks were first taken for, where somebody wants that to be kept.

use sourcelight::format::record::{self, StoredRecord};
use sourcelight::model::{
    AnnotationId, Change, Edit, EditContext, FirstLabel, ForgetFirstLabels, History, Project,
    RecordChange, plan,
};

use super::support::{NOW, annotation_id, annotator_id, document_id, label_id, project, render};

/// Does what is wished as somebody who wants first labels to be kept.
fn done(project: &mut Project, who: &str, edit: Edit) -> Change {
    let mut cx = EditContext {
        now: NOW,
        annotator: annotator_id(who),
        new_annotation_id: &mut || annotation_id("new"),
    };
    let mut change = plan(project, edit, &mut cx).expect("it can be done");
    change.keep_first_labels(project, &annotator_id(who));
    project.apply(&change);
    change
}

fn relabel(id: &AnnotationId, label: &str) -> Edit {
    Edit::Relabel(vec![id.clone()], label_id(label))
}

/// What is kept: `claim → opinion`, the label at first and that of now.
fn kept(project: &Project) -> Vec<String> {
    let kept = project.entries().filter_map(|it| FirstLabel::of(it));
    kept.map(|it| {
        let now = project.annotations().get(&it.annotation);
        let now = now.map_or("gone", |it| it.label.as_str());
        format!("{} → {now}", it.label)
    })
    .collect()
}

fn sample() -> (Project, AnnotationId, String) {
    let project = project(&[("d", "[claim:It rained], she said.")]);
    let mark = project
        .annotations()
        .of(&document_id("d"))
        .first()
        .expect("there is one");
    let (id, who) = (mark.id.clone(), mark.annotator.to_string());
    (project, id, who)
}

#[test]
fn the_first_label_is_kept_once_and_taken_back_with_the_relabelling() {
    let (mut here, mark, who) = sample();
    let before = here.clone();
    let change = done(&mut here, &who, relabel(&mark, "opinion"));
    assert_eq!(kept(&here), ["claim → opinion"]);
    done(&mut here, &who, relabel(&mark, "quote"));
    assert_eq!(kept(&here), ["claim → quote"]);

    let mut undone = before.clone();
    let mut history = History::default();
    undone.apply(&change);
    history.push(change);
    undone.apply(&history.undo().expect("there is a step"));
    assert_eq!(kept(&undone), [""; 0]);
    assert_eq!(render(&undone), render(&before));
}

#[test]
fn marks_of_others_are_theirs() {
    let (mut here, mark, _) = sample();
    done(&mut here, "somebody", relabel(&mark, "opinion"));
    assert_eq!(kept(&here), [""; 0]);
}

#[test]
fn it_goes_with_its_mark_and_when_it_is_to_be_forgotten() {
    let (mut here, mark, who) = sample();
    done(&mut here, &who, relabel(&mark, "opinion"));
    let mut forgotten = here.clone();
    done(&mut forgotten, &who, ForgetFirstLabels.into());
    assert_eq!(kept(&forgotten), [""; 0]);
    let change = done(&mut here, &who, Edit::Remove(vec![mark]));
    assert_eq!(kept(&here), [""; 0]);
    here.apply(&change.inverse());
    assert_eq!(kept(&here), ["claim → opinion"]);
}

#[test]
fn no_file_says_it_and_the_store_does() {
    let (mut here, mark, who) = sample();
    let change = done(&mut here, &who, relabel(&mark, "opinion"));
    let mut plain = here.clone();
    done(&mut plain, &who, ForgetFirstLabels.into());
    assert_eq!(render(&here), render(&plain));

    let mut entries = change.records.iter().filter_map(|it| it.after.clone());
    let entry = entries.next_back().expect("it is kept");
    let json = record::encode::whole(&entry).expect("it can be stored");
    let StoredRecord::Whole(back) = record::decode(&json).expect("it is understood") else {
        panic!("it is complete by itself: {json}");
    };
    let mut again = plain.clone();
    again.apply(&Change {
        records: vec![RecordChange::added(*back)],
        ..change
    });
    assert_eq!(kept(&again), ["claim → opinion"]);
}
