//! The project that all formats are tried on: marks that counting in the wrong unit, or cutting at
//! the wrong place, would show, with notes, attributes and a relation.

use sourcelight::model::{
    Annotation, Annotator, Answer, Details, DocumentMeta, Import, Project, Relation, RelationId,
    RelationTypeId,
};

use crate::support::{annotation_id, annotator_id, document_id, merged, read_marked};

const NASTY: &str = "[claim:Tram 🚋 stops] at Zoe\u{301}’s — say [1:quote:“We [2:claim:pay 20%1] of it,2]” said Ana 👩\u{200d}🚒 Kel.\n\
\n\
قال العمدة [opinion:مرحبا بالعالم] ثم ذهب، [claim:漢字、ひらがな]。\n\
\n\
“[3:quote:No more,3]” she wrote, “[3:quote:not one!3]” [claim:[claim:[opinion:Sad & <bold>]]] = \"odd\"; [opinion:a\\b|c_d]\n\
Last line ends [4:opinion:on [5:claim:🇫🇷👍🏽4]\n\nand goes on5] to the [opinion:end";

/// Three articles: the nasty one, one without marks, and a short one.
pub fn project() -> Project {
    let mut import = Import::default();
    let texts = [
        ("nasty", format!("{NASTY}]")),
        ("bare", "Nothing is marked here.\nNot a word.".to_owned()),
        ("short", "[claim:It rained.] So it was said.".to_owned()),
    ];
    for (name, marked) in texts {
        let (mut document, annotations) = read_marked(name, &marked);
        document.meta = DocumentMeta {
            title: format!("An article, “{name}”"),
            outlet: "The Kel Post".to_owned(),
            url: format!("https://example.org/{name}"),
            date: "2031-05-03".to_owned(),
            ..DocumentMeta::default()
        };
        import.documents.push(document);
        import.annotations.extend(annotations);
    }
    for annotation in &mut import.annotations {
        say_more(annotation);
    }
    let relation = Relation::new(
        RelationId::new("r1").expect("valid"),
        RelationTypeId::new("disputes").expect("valid"),
        annotation_id("nasty-5"),
        annotation_id("nasty-1"),
    );
    import.others = vec![relation.into()];
    import.annotators = vec![Annotator {
        id: annotator_id("ben"),
        name: "Ben Øst".to_owned(),
        extra: Default::default(),
    }];
    let project = merged(&Project::default(), import);
    assert_eq!(project.annotations().of(&document_id("nasty")).len(), 13);
    project
}

fn say_more(annotation: &mut Annotation) {
    let mut answered = |given: &[(&str, &str)]| {
        let mut details = Details::default();
        for (question, answer) in given {
            let answer = Answer::Text((*answer).to_owned());
            details.answers.set(question, Some(answer));
        }
        annotation.details = details.kept();
    };
    match annotation.id.as_str() {
        "nasty-2" => answered(&[("speaker", "Ana 👩‍🚒 Kel"), ("verified", "yes")]),
        "nasty-4" => annotation.note = "See “line 4”;\tit's <odd> & = \"so\", NA".into(),
        "nasty-5" => {
            answered(&[("stance", "negative")]);
            annotation.annotator = annotator_id("ben");
        }
        "nasty-8" => annotation.note = "=1+1".into(),
        _ => {}
    }
}
