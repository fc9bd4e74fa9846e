//! Of files as other programs write them nothing is lost or set to another mark without a word: articles,
//! marks with what is said of them, relations, and every sentence that is told.

use sourcelight::format::{Reading, are_versions};
use sourcelight::model::{AnnotationId, Project, Text};

use super::{attributes, read_files};
use crate::support::{bare_project, merged};

/// The articles of files and what is in them, a line each: `= ` and the text, then marks, then relations
/// by the words that they link; last of all what is told.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(&str, &[u8])> = files.iter().map(|it| (it.0, it.1.as_bytes())).collect();
    let readings = read_files(&bare_project(), &files).unwrap_or_else(|it| panic!("{it}"));
    let mut all = Reading::default();
    readings.into_iter().for_each(|it| all.merge(it));
    let problems = all.problems.iter().map(ToString::to_string);
    let told: Vec<String> = problems.chain(all.notices).collect();
    let after = merged(&bare_project(), all.import);
    let mut all = Vec::new();
    for document in after.documents() {
        all.push(format!("= {}", document.text.as_str()));
        for mark in after.annotations().of(&document.id) {
            let said = attributes(mark).into_iter();
            let said = said.map(|(name, value)| format!(" {name}={value}"));
            all.push(format!(
                "{}: {}{}",
                mark.label,
                words(&after, &mark.id),
                said.collect::<String>()
            ));
        }
    }
    let relation = |it: sourcelight::model::Relation| {
        let [from, to] = [&it.from, &it.to].map(|it| words(&after, it));
        format!("{from} -{}-> {to}", it.kind)
    };
    all.extend(after.relations().map(relation));
    // What is told of everything that comes without words, or with labels that are new here.
    let of_all = ["does not say what its", "positions were trusted"];
    let is_own = |it: &String| !of_all.iter().any(|told| it.contains(told));
    all.extend(told.into_iter().filter(is_own));
    all
}

fn words(project: &Project, id: &AnnotationId) -> String {
    let mark = project.annotations().get(id).expect("it is here");
    let document = project.document(&mark.document).expect("it is here");
    let parts = mark.fragments().iter();
    let parts: Vec<&str> = parts.map(|&it| document.text.slice(it)).collect();
    parts.join(" … ")
}

fn check(files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(found(files), expected, "{files:?}");
}

#[test]
fn one_bad_item_of_a_list_costs_that_item() {
    let none = "Item 2 of its list has no “text”, so it is no article.";
    for (good, bad) in [
        ("\"spans\":[]", "{\"text\":null,\"spans\":[]}"),
        ("\"spans\":[],\"answer\":\"accept\"", "{\"spans\":[]}"),
        ("\"label\":[[0,4,\"x\"]]", "{\"text\":null,\"label\":[]}"),
    ] {
        let good = |text: &str| format!("{{\"text\":\"{text}\",{good}}}");
        let file = format!("[{},{bad},{}]", good("Good."), good("Well."));
        let mut found = found(&[("a.json", &file)]);
        found.retain(|it| !it.starts_with("x: "));
        let told = format!("a.json: {none}");
        assert_eq!(found, ["= Good.", "= Well.", &told], "{file}");
    }
}

#[test]
fn relations_of_prodigy_lead_between_spans() {
    let span = |start: u32, end: u32| {
        format!("{{\"start\":{start},\"end\":{end},\"label\":\"P\",\"type\":\"span\"}}")
    };
    let relation = |head: String, child: String| {
        format!(
            "{{\"head\":2,\"child\":0,\"head_span\":{head},\"child_span\":{child},\"label\":\"met\"}}"
        )
    };
    let file = format!(
        "{{\"text\":\"A met B\",\"spans\":[{},{}],\"relations\":[{},{}]}}",
        span(0, 1),
        span(6, 7),
        relation(span(6, 7), span(0, 1)),
        relation(span(2, 5), span(0, 1)),
    );
    check(
        &[("a.jsonl", &file)],
        &[
            "= A met B",
            "P: A",
            "P: B",
            "B -met-> A",
            "1 relations lead from or to words that are not marked; they were left out.",
        ],
    );
}

#[test]
fn rows_of_one_id_with_several_texts_are_several_articles() {
    let file = "document,text\nd1,First one.\nd1,Second one.\nd2,Third.\nd1,First one.\nd1,\"Fourth\n.\"\n";
    check(
        &[("a.csv", file)],
        &[
            "= First one.",
            "= Second one.",
            "= Third.",
            "= Fourth\n.",
            "a.csv, line 3: 2 rows have the id of another row with another text; each became an article of its own.",
        ],
    );
}

#[test]
fn files_of_one_name_belong_to_those_in_their_folder() {
    let one = ("1/d.ann", "T1\tx 0 3\tOne\n");
    let two = ("2/d.ann", "T1\tx 0 3\tTwo\n");
    let texts = [("1/d.txt", "One is here."), ("2/d.txt", "Two is there.")];
    let expected = ["= One is here.", "x: One", "= Two is there.", "x: Two"];
    check(&[one, texts[0], two, texts[1]], &expected);
    check(&[one, two, texts[1], texts[0]], &expected);
    check(&[texts[0], two, texts[1]], &["= Two is there.", "x: Two"]);
    let apart = ("texts/d.txt", "One is here.");
    check(&[one, apart], &expected[..2]);
}

#[test]
fn texts_of_few_words_are_versions_where_they_are_alike() {
    for (one, other, expected) in [
        ("港口今天关闭了。", "今天的天气很好，没有风。", false),
        ("港口今天关闭了。", "港口今天关闭了！", true),
        ("港口今天关闭了。", "It was shut for a day.", false),
        ("Harbour shut.", "Harbour shut again.", true),
        ("Harbour shut.", "Ferry late.", false),
        ("It was shut for a day.", "It was shut for a week.", true),
        ("It was shut for a day.", "Nobody came to see it.", false),
        ("是", "是", true),
        ("是", "否", false),
    ] {
        let [a, b] = [one, other].map(|it| Text::new(it).expect("there is text"));
        assert_eq!(are_versions(&a, &b), expected, "{one} {other}");
        assert_eq!(are_versions(&b, &a), expected, "{other} {one}");
    }
}

#[test]
fn relations_of_label_studio_stay_with_their_annotator() {
    let region = |id: &str, start: u32, end: u32, labels: &str| {
        let place = format!("{{\"start\":{start},\"end\":{end},\"labels\":[{labels}]}}");
        format!("{{\"type\":\"labels\",\"id\":\"{id}\",\"value\":{place}}}")
    };
    let one = "{\"type\":\"relation\",\"from_id\":\"a\",\"to_id\":\"b\",\"labels\":[\"says\"]}";
    let joint =
        "{\"type\":\"relation\",\"from_id\":\"a\",\"to_id\":\"b\",\"labels\":[\"continues\"]}";
    let answer = "{\"type\":\"choices\",\"id\":\"a\",\"from_name\":\"sure\",\"value\":{\"choices\":[\"no\"]}}";
    let first = [region("a", 0, 3, "\"x\""), region("b", 8, 13, "\"x\"")].join(",");
    let second = [region("a", 0, 3, "\"x\",\"y\""), region("b", 4, 7, "\"x\"")].join(",");
    let file = |first: &str, second: &str| {
        format!(
            "[{{\"data\":{{\"text\":\"One two three.\"}},\"annotations\":[{{\"completed_by\":1,\"result\":[{first}]}},{{\"completed_by\":2,\"result\":[{second}]}}]}}]"
        )
    };
    check(
        &[("a.json", &file(&first, &format!("{second},{one},{answer}")))],
        &[
            "= One two three.",
            "x: One",
            "x: One sure=no",
            "y: One",
            "x: two",
            "x: three",
            "One -says-> two",
        ],
    );
    check(
        &[("a.json", &file(&first, &format!("{second},{joint}")))],
        &[
            "= One two three.",
            "x: One … two",
            "x: One",
            "y: One",
            "x: three",
        ],
    );
}

#[test]
fn of_several_values_of_one_name_all_are_kept() {
    let ann = "T1\tx 0 3\tOne\nN1\tReference T1 Wiki:4\tFour\nN2\tReference T1 Wiki:5\tFive\nN3\tReference T1 Wiki:4\tFour\nA1\tsure T1\n";
    check(
        &[("d.ann", ann), ("d.txt", "One.")],
        &["= One.", "x: One reference=Wiki:4; Wiki:5 sure=true"],
    );
}

#[test]
fn relations_without_a_kind_are_relations() {
    let regions = "{\"type\":\"labels\",\"id\":\"a\",\"value\":{\"start\":0,\"end\":3,\"labels\":[\"x\"]}},{\"type\":\"labels\",\"id\":\"b\",\"value\":{\"start\":4,\"end\":7,\"labels\":[\"x\"]}}";
    let task = format!(
        "[{{\"data\":{{\"text\":\"One two.\"}},\"annotations\":[{{\"result\":[{regions},{{\"type\":\"relation\",\"from_id\":\"a\",\"to_id\":\"b\",\"direction\":\"right\"}}]}}]}}]"
    );
    let marks = ["= One two.", "x: One", "x: two"];
    check(
        &[("a.json", &task)],
        &[&marks[..], &["One -relation-> two"]].concat(),
    );
    // Where an end is not named there is none.
    let bare = "{\"text\":\"One two.\",\"label\":[[0,3,\"x\"],[4,7,\"x\"]],\"relations\":[{\"type\":\"r\"}]}";
    let told = "a.jsonl: This relation does not lead from a mark of the file to another; it is kept with its article, but not shown.";
    check(&[("a.jsonl", bare)], &[&marks[..], &[told]].concat());
    let link = |id: u32, to: u32, said: &str| {
        format!(
            "<c:Rel xmi:id='{id}' sofa='1' begin='0' end='3' Governor='4' Dependent='{to}'{said}/>"
        )
    };
    let xmi = format!(
        "<xmi:XMI xmlns:xmi='http://www.omg.org/XMI' xmlns:cas='http:///uima/cas.ecore' xmlns:c='http:///custom.ecore'>\
         <c:Token xmi:id='3' sofa='1' begin='0' end='3'/><c:Span xmi:id='4' sofa='1' begin='0' end='3' value='x'/>\
         <c:Span xmi:id='5' sofa='1' begin='4' end='7' value='x'/>{}{}{}{}<cas:Sofa xmi:id='1' sofaString='One two.'/></xmi:XMI>",
        link(6, 5, " value='supports'"),
        link(7, 5, " DependencyType='nsubj'"),
        link(8, 5, ""),
        link(9, 3, " label='lost'"),
    );
    let told = "1 relations lead from or to words that are not marked; they were left out.";
    let links = [
        "One -supports-> two",
        "One -nsubj-> two",
        "One -relation-> two",
        told,
    ];
    check(&[("a.xmi", &xmi)], &[&marks[..], &links].concat());
    let tsv = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n#T_RL=custom.Rel|kind|BT_custom.Span\n\n\n#Text=One two.\n1-1\t0-3\tOne\tx\t_\t_\t\n1-2\t4-7\ttwo\tx\t*\t1-1\t\n1-3\t7-8\t.\t_\t_\t_\t\n";
    check(
        &[("a.tsv", tsv)],
        &[&marks[..], &["One -relation-> two"]].concat(),
    );
}

#[test]
fn damaged_characters_are_told_of() {
    let told = "2 damaged characters (halves of surrogate pairs) were replaced by “\u{fffd}”.";
    let line = |text: &str| format!("{{\"text\":\"{text}\",\"spans\":[]}}\n");
    check(
        &[("a.jsonl", &(line("a \\ud83d b") + &line("c \\ud83d")))],
        &["= a \u{fffd} b", "= c \u{fffd}", told],
    );
    let tasks = "[{\"data\":{\"text\":\"a \\udc00\\ud83d b\"},\"annotations\":[]}]";
    check(&[("a.json", tasks)], &["= a \u{fffd}\u{fffd} b", told]);
}
