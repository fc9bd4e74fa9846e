//! What formats do not say is told, and what they show is shown as it is.

use sourcelight::format::exchange::{FORMATS, by_id};
use sourcelight::model::{
    Comment, CommentId, Import, Project, Relation, RelationId, RelationTypeId,
};

use super::written;
use crate::support::{NOW, annotation_id, annotator_id, bare_project, merged, project, read};

#[test]
fn comments_and_relations_out_of_an_article_are_named() {
    let bare = project(&[("a", "[claim:One] two."), ("b", "Three [claim:four].")]);
    let comment = Comment {
        id: CommentId::new("c1").expect("valid"),
        annotation: annotation_id("a-1"),
        annotator: annotator_id("ann"),
        text: "Is it?".into(),
        created: NOW,
        modified: NOW,
        extra: Default::default(),
    };
    let relation = Relation::new(
        RelationId::new("r1").expect("valid"),
        RelationTypeId::new("disputes").expect("valid"),
        annotation_id("a-1"),
        annotation_id("b-1"),
    );
    let import = Import {
        others: vec![comment.into(), relation.into()],
        ..Import::default()
    };
    let said = merged(&bare, import);
    let told = |format, project: &Project| -> Vec<String> {
        let losses = written(format, project).losses.into_iter();
        losses.map(|it| it.message).collect()
    };
    for format in FORMATS.iter().filter(|it| it.is_written()) {
        let mut more = told(format, &said);
        let known = told(format, &bare);
        more.retain(|it| !known.contains(it));
        let expected = [
            "1 comment on marks left out.",
            "1 relation to another article or to the tray, left out.",
        ];
        assert_eq!(more, expected, "{format:?}");
    }
}

#[test]
fn markdown_shows_blocks_that_begin_with_white_space() {
    for (text, shown) in [
        (
            "One.\n\n    [claim:Two] it is.",
            "&#32;&#32;&#32;&#32;<mark",
        ),
        ("One.\n\n\tTwo [claim:it] is.", "&#9;Two <mark"),
        ("One.\n\n[claim:    Two] it is.", "\">    Two</mark>"),
    ] {
        let before = project(&[("a", text)]);
        let format = by_id("markdown").expect("it is in the list");
        let file = written(format, &before).files.remove(0);
        let made = String::from_utf8_lossy(&file.bytes);
        assert!(made.contains(shown), "{made}");
        let back = read(&bare_project(), &file.name, &file.bytes).expect("it opens");
        let words = back.import.documents[0].text.as_str();
        assert!(
            words.contains(" it is.") && words.contains("Two"),
            "{words}"
        );
    }
}
