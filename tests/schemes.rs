//! A project in each schema that comes with the page, in `tests/fixtures/schemes/`: it opens without a fault
//! and is written again to the letter. And what of a schema is said in words: words of the text as answers,
//! guidelines, how far relations reach, and how a file is taken over.

mod support;

use sourcelight::format::schema_file::{self, BUILT_IN, SchemaFile, Taking, adopt, rows};
use sourcelight::model::*;
use support::*;

/// What stands in the project of each schema, in their order: an invented text with its marks.
const TEXTS: [(&str, &str); 6] = [
    (
        "claim-quote-opinion",
        "The ferry of Lake Orm lay idle for a week.\n\n[claim:Nine crossings were cancelled], and [opinion:the farce cost the town its market day]. “[quote:The pump gave up]”, admitted Ida Brandt, who keeps the pier.",
    ),
    (
        "polnear",
        "[source:The harbour office] [cue:claims] that [content:the pump was new].",
    ),
    (
        "basil",
        "The [lexical:stubborn] keeper would not say why. [informational:Her licence was up for renewal].",
    ),
    (
        "check-worthiness",
        "[check-worthy:Nine of ten boats were late.] [unimportant:The keeper has a dog.] [non-factual:What a week!]",
    ),
    (
        "propaganda-techniques",
        "[loaded-language:A shameful mess]. [doubt:Can such people run a ferry?] [slogans:Orm first!]",
    ),
    (
        "ner",
        "[person:Ida Brandt] of the [organisation:Orm Ferry Board] came to [place:Sund] on [date:3 May].",
    ),
];

fn planned(project: &Project, edit: impl Into<Edit>) -> Result<Change, EditError> {
    let mut cx = EditContext {
        now: NOW,
        annotator: annotator_id("ann"),
        new_annotation_id: &mut || annotation_id("fresh"),
    };
    plan(project, edit.into(), &mut cx)
}

/// Does it, and checks that one step takes it back.
fn done(project: &mut Project, edit: impl Into<Edit>) {
    let change = planned(project, edit).expect("it can be granted");
    let before = project.clone();
    project.apply(&change);
    let mut back = project.clone();
    back.apply(&change.inverse());
    assert!(back == before, "one step takes back {}", change.name);
}

fn taken(project: &mut Project, file: &SchemaFile) {
    let rows = rows(project, file);
    done(project, adopt(project, file, &rows));
}

fn question(id: &str) -> AttributeId {
    AttributeId::new(id).expect("valid")
}

/// A project in a schema, with every question answered that its marks are asked.
fn made(schema: &str, name: &str, marked: &str) -> Project {
    let file = schema_file::read("s.json", schema).expect("it opens");
    let mut here = bare_project();
    taken(&mut here, &file);
    let (document, annotations) = read_marked(name, marked);
    let import = Import {
        documents: vec![document],
        annotations,
        ..Import::default()
    };
    let mut here = merged(&here, import);
    let ida = Speaker::new(SpeakerId::new("ida").expect("valid"), "Ida Brandt");
    done(&mut here, CastEdit::Add(ida));
    let marks = here.annotations().all();
    for asked in here.schema().attributes() {
        if asked.subject == Subject::Document {
            let edit = AnswerEdit::AnswerDocument(
                document_id(name),
                asked.id.clone(),
                answer(&asked, &marks[0]),
            );
            done(&mut here, edit);
        }
        for mark in marks.iter().filter(|it| asked.is_for(&it.label)) {
            let edit = AnswerEdit::Answer(
                vec![mark.id.clone()],
                asked.id.clone(),
                answer(&asked, mark),
            );
            done(&mut here, edit);
        }
    }
    if let [a, b, ..] = marks.as_slice() {
        let kinds = here.schema().relation_types();
        let fitting = kinds
            .into_iter()
            .find(|it| it.allows(&a.label, &b.label) || it.allows(&b.label, &a.label));
        if let Some(kind) = fitting {
            let (from, to) = match kind.allows(&a.label, &b.label) {
                true => (a, b),
                false => (b, a),
            };
            let id = RelationId::new("r").expect("valid");
            done(
                &mut here,
                RelationEdit::Add(id.clone(), kind.id, from.id.clone(), to.id.clone()),
            );
            done(
                &mut here,
                RelationEdit::SetNote(id, "It says so itself.".into()),
            );
        }
    }
    done(
        &mut here,
        GuidelinesEdit("# How we mark\n\n- Whole sentences first.".into()),
    );
    here
}

fn answer(asked: &Attribute, mark: &Annotation) -> Option<Answer> {
    Some(match &asked.kind {
        AttributeKind::Choice(all) => Answer::Text(all[0].value.clone()),
        AttributeKind::Choices(all) => Answer::list([all[0].value.clone()]),
        AttributeKind::YesNo => Answer::Flag(true),
        AttributeKind::Scale(from, _) => Answer::Number(from.to_string()),
        AttributeKind::Number => Answer::Number("9".into()),
        AttributeKind::Text => Answer::Text("the pier".into()),
        AttributeKind::Speaker => Answer::Text("ida".into()),
        AttributeKind::Spans => Answer::List(Vec::new()),
        AttributeKind::Words => Answer::List(vec![Value::Span(mark.hull())]),
    })
}

/// Regenerate with `UPDATE_FIXTURES=1 cargo test --test schemes`.
#[test]
fn a_project_in_each_schema_opens_without_fault_and_is_written_again() {
    for (schema, (name, marked)) in BUILT_IN.iter().zip(TEXTS) {
        let path = format!(
            "{}/tests/fixtures/schemes/{name}.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let written = render(&made(schema, name, marked));
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            std::fs::write(&path, &written).expect("it can be written");
        }
        let kept = std::fs::read_to_string(&path).expect("it is committed");
        assert_eq!(
            written, kept,
            "{name}: run the tests once with UPDATE_FIXTURES=1"
        );
        let reading = read(&bare_project(), "p.json", kept.as_bytes()).expect("it opens");
        assert_eq!(
            (&reading.problems[..], &reading.notices[..]),
            (&[][..], &[][..]),
            "{name}"
        );
        let here = merged(&bare_project(), reading.import);
        let findings: Vec<String> = examine(&here).into_iter().map(|it| it.sentence).collect();
        assert_eq!(findings, [""; 0], "{name}");
        assert_eq!(render(&here), kept, "{name}");
        let alone = schema_file::render(here.schema(), name);
        let again = schema_file::read("s.json", &alone).expect("it opens");
        assert_eq!(again.problems, [], "{name}");
        assert!(rows(&here, &again).iter().all(|it| it.is_same), "{name}");
    }
}

#[test]
fn words_of_the_text_are_an_answer_that_files_name_by_code_points() {
    let mut here = project(&[("news", "🚲 “[quote:No]”, admitted Ida.")]);
    taken(
        &mut here,
        &schema_file::read("s.json", BUILT_IN[0]).expect("it opens"),
    );
    let text = here.documents()[0].text.clone();
    let at = text.as_str().find("admitted").expect("it is there");
    let cue = text.span(at, at + 8).expect("a word");
    let says = |span| Some(Answer::List(vec![Value::Span(span)]));
    let id = annotation_id("news-1");
    done(
        &mut here,
        AnswerEdit::Answer(vec![id.clone()], question("cue"), says(cue)),
    );
    let file = render(&here);
    assert!(
        file.contains("{\"start\":8,\"end\":16,\"exact\":\"admitted\"}"),
        "{file}"
    );
    let outside = Text::new(&"x".repeat(200)).expect("a text");
    let outside = outside.span(180, 190).expect("a span");
    let wrong = AnswerEdit::Answer(vec![id], question("cue"), says(outside));
    let refused = planned(&here, wrong).expect_err("it is not there");
    assert_eq!(refused.to_string(), "Those words are not in the article.");
    let changed = file.replace("🚲 “", "Today 🚲 “");
    let moved = read(&bare_project(), "p.json", changed.as_bytes()).expect("it opens");
    let moved = render(&merged(&bare_project(), moved.import));
    assert!(
        moved.contains("{\"start\":14,\"end\":22,\"exact\":\"admitted\"}"),
        "{moved}"
    );
}

#[test]
fn guidelines_are_written_taken_back_and_taken_over() {
    let mut here = project(&[("news", "One [claim:two].")]);
    done(&mut here, GuidelinesEdit("# Mark\n".into()));
    assert_eq!(here.schema().guidelines(), "# Mark");
    let again = planned(&here, GuidelinesEdit("# Mark\n\n".into()));
    assert_eq!(again.expect_err("the same"), EditError::NoChange);
    let file = schema_file::render(here.schema(), "Ours");
    let file = schema_file::read("s.json", &file).expect("it opens");
    let mut other = project(&[]);
    taken(&mut other, &file);
    assert_eq!(other.schema().guidelines(), "# Mark");
    done(&mut other, GuidelinesEdit("Mine".into()));
    taken_over(&mut other, &file, RecordId::Guidelines);
    assert_eq!(other.schema().guidelines(), "# Mark");
    done(&mut here, GuidelinesEdit(String::new()));
    assert_eq!(here.schema().guidelines(), "");
}

/// Takes a file over, and one thing as the file has it.
fn taken_over(project: &mut Project, file: &SchemaFile, id: RecordId) {
    let mut rows = rows(project, file);
    let row = rows
        .iter_mut()
        .find(|it| it.id == id)
        .expect("it is in the file");
    row.taking = Taking::Take(id);
    done(project, adopt(project, file, &rows));
}

#[test]
fn relations_reach_as_far_as_their_kind_says() {
    let mut here = project(&[("a", "[claim:One] [claim:two]"), ("b", "[claim:Three]")]);
    let kind = |reach| RelationType {
        reach,
        ..RelationType::new(RelationTypeId::new("k").expect("valid"), "repeats")
    };
    done(&mut here, RelationTypeEdit::Add(kind(Reach::Within)));
    let relate = |to: &str| {
        let (id, kind) = (
            RelationId::new("r").expect("valid"),
            RelationTypeId::new("k").expect("valid"),
        );
        RelationEdit::Add(id, kind, annotation_id("a-1"), annotation_id(to))
    };
    let refused = planned(&here, relate("b-1")).expect_err("it is elsewhere");
    assert_eq!(refused.to_string(), "“repeats” links marks of one article.");
    done(&mut here, RelationTypeEdit::Change(kind(Reach::Across)));
    let refused = planned(&here, relate("a-2")).expect_err("it is here");
    assert_eq!(
        refused.to_string(),
        "“repeats” links marks of two articles."
    );
    done(&mut here, relate("b-1"));
    let file = render(&here);
    let back = read(&bare_project(), "p.json", file.as_bytes()).expect("it opens");
    assert_eq!(render(&merged(&bare_project(), back.import)), file);
}

/// Labels and questions of a file are those that people call alike here, whatever their ids are.
#[test]
fn a_schema_is_taken_over_by_name_where_the_ids_differ() {
    let text = "{\"format\": \"sourcelight-schema\", \"version\": \"1.0\", \"name\": \"Theirs\",
        \"labels\": [{\"id\": \"c1\", \"name\": \"claim\", \"color\": \"#123456\"},
        {\"id\": \"c2\", \"name\": \"Rumour\", \"color\": \"#654321\", \"parent\": \"c1\"},
        {\"id\": \"quote\", \"name\": \"Noise\", \"color\": \"#222222\"}],
        \"attributes\": [{\"id\": \"q1\", \"name\": \"Heard from\", \"type\": \"speaker\", \"labels\": [\"c1\"]},
        {\"id\": \"q2\", \"name\": \"When\", \"type\": \"text\", \"labels\": [\"c2\"], \"shownWhen\": {\"attribute\": \"q1\", \"value\": \"x\"}}]}";
    let file = schema_file::read("t.json", text).expect("it opens");
    let mut here = project(&[("news", "One [claim:two].")]);
    let mut rows = rows(&here, &file);
    let claim = RecordId::Label(label_id("claim"));
    assert_eq!(rows[0].taking, Taking::Keep(claim), "they are called alike");
    assert_eq!(rows[1].taking, Taking::Add);
    assert_eq!(
        rows[2].taking,
        Taking::Keep(RecordId::Label(label_id("quote")))
    );
    rows[2].taking = Taking::Add;
    let mut kept = here.clone();
    done(&mut kept, adopt(&here, &file, &rows));
    let names = |it: &Project| {
        let labels = it.schema().labels().iter();
        labels
            .map(|it| format!("{}={}", it.id, it.name))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        names(&kept),
        "claim=Claim quote=Quote opinion=Opinion c2=Rumour quote-2=Noise"
    );
    let rumour = kept.schema().get(&label_id("c2")).expect("it came");
    assert_eq!(rumour.parent, Some(label_id("claim")));
    let asked = kept.schema().attribute("q1").expect("it came");
    assert_eq!(asked.labels, [label_id("claim")]);
    // What is left out takes along what is for it alone, and what waits for that.
    rows[1].taking = Taking::Leave;
    rows[3].taking = Taking::Leave;
    let edit = adopt(&here, &file, &rows);
    done(&mut here, edit);
    assert_eq!(
        names(&here),
        "claim=Claim quote=Quote opinion=Opinion quote-2=Noise"
    );
    assert!(here.schema().attributes().is_empty());
}

#[test]
fn somebody_new_and_the_answer_about_an_article_are_one_step() {
    let mut here = project(&[("news", "One [claim:two].")]);
    let asked = Attribute {
        subject: Subject::Document,
        ..Attribute::new(question("author"), "Author", AttributeKind::Speaker)
    };
    done(&mut here, AttributeEdit::Add(asked));
    let new = Speaker::new(SpeakerId::new("ida").expect("valid"), "Ida Brandt");
    done(
        &mut here,
        CastEdit::AnswerDocument(new, document_id("news"), question("author")),
    );
    let details = here.documents()[0].details.clone().expect("it is answered");
    assert_eq!(
        details.answers.get("author"),
        Some(&Answer::Text("ida".into()))
    );
    assert_eq!(here.cast().count(), 1);
}
