//! Articles and marks within an address.

use miniz_oxide::deflate::compress_to_vec;
use sourcelight::format::share::{self, Part, ShareError};
use sourcelight::format::withheld;
use sourcelight::model::{DocumentId, Project};

use crate::made::project;
use crate::support::{merged, with_context};

fn ids(project: &Project) -> Vec<DocumentId> {
    project.documents().iter().map(|it| it.id.clone()).collect()
}

/// What comes out of a link that is made of a whole project.
fn there_and_back(project: &Project, part: Part) -> Vec<u8> {
    let content = share::content(project, &ids(project), part).expect("it is small");
    let link = share::write(&compress_to_vec(content.as_bytes(), 6)).expect("it is short");
    let read = share::read(&format!("#{link}")).expect("it is whole");
    assert_eq!(read, content.as_bytes());
    read
}

#[test]
fn a_link_brings_articles_and_marks() {
    let marked = project(&[
        (40, vec![("ann", 3, 6, "claim"), ("ben", 20, 39, "quote")]),
        (30, vec![]),
    ]);
    let file = there_and_back(&marked, Part::Whole);
    let reading =
        crate::support::read(&Project::default(), "link", &file).expect("it is a project");
    assert_eq!(reading.problems, []);
    let after = merged(&Project::default(), reading.import);
    assert_eq!(after.annotations(), marked.annotations());

    let file = there_and_back(&marked, Part::Marks);
    let bare = project(&[(40, vec![]), (30, vec![])]);
    let reading = with_context(&bare, |cx| withheld::read("link", &file, cx));
    let after = merged(&bare, reading.expect("the texts are here").import);
    assert_eq!(after.annotations(), marked.annotations());
}

#[test]
fn what_is_much_too_much_is_not_written_first() {
    let long = project(&[(100_000, vec![("ann", 3, 6, "claim")])]);
    let all = ids(&long);
    assert_eq!(
        share::content(&long, &all, Part::Whole),
        Err(ShareError::TooLarge)
    );
    assert!(share::content(&long, &all, Part::Marks).is_ok());
    assert!(share::content(&long, &[], Part::Whole).is_ok());
}
