//! Forms in which other programs, and older versions of them, write their files.

use serde_json::json;
use sourcelight::format::Outcome;
use sourcelight::format::exchange::{FORMATS, Feature, InFile, by_id, sort_out};
use sourcelight::model::Project;

use super::{nasty, read_back, read_files, written};
use crate::support::{bare_project, label_id, merge_change, merged, project, show, with_context};

/// Reads a packet of files where nothing is; the articles with their marks, joined by a line.
fn opened(files: &[(&str, &str)]) -> String {
    opened_over(&bare_project(), files)
}

fn opened_over(here: &Project, files: &[(&str, &str)]) -> String {
    let files: Vec<(&str, &[u8])> = files.iter().map(|it| (it.0, it.1.as_bytes())).collect();
    let readings = read_files(here, &files).unwrap_or_else(|it| panic!("{it}"));
    let mut after = here.clone();
    for reading in readings {
        let exact = reading
            .placements
            .iter()
            .all(|it| it.outcome == Outcome::Exact);
        assert!(exact && reading.problems.is_empty(), "{reading:?}");
        after = merged(&after, reading.import);
    }
    let shown = after
        .documents()
        .iter()
        .map(|it| show(&it.text, after.annotations().of(&it.id)));
    shown.collect::<Vec<_>>().join("\n---\n")
}

const TEXT: &str = "One 🚲 two.\r\nThree.";
const MARKED: &str = "One 🚲 [claim:two].\n[quote:Three].";

fn check(files: &[(&str, &str)]) {
    assert_eq!(opened(files), MARKED, "{files:?}");
}

#[test]
fn label_studio_of_all_ages() {
    let labels = |start: u32, end: u32, words: &str, label: &str| {
        json!({"from_name": "l", "to_name": "t", "type": "labels", "id": format!("x.{start}"),
            "value": {"start": start, "end": end, "text": words, "labels": [label]}})
    };
    let result = json!([
        labels(6, 9, "two", "claim"),
        labels(12, 17, "Three", "quote")
    ]);
    let utf16 = json!([
        labels(7, 10, "two", "claim"),
        labels(13, 18, "Three", "quote")
    ]);
    let data = json!({"body": TEXT, "n": 1});
    for (list, result) in [
        ("annotations", &result),
        ("annotations", &utf16),
        ("completions", &result),
        ("predictions", &result),
    ] {
        let task = json!([{"id": 4711, "data": data, list: [
            {"result": result, "completed_by": {"id": 3, "email": "a@example.org"}},
        ]}, {"data": {"body": "Bare."}, "annotations": []}]);
        let file = task.to_string();
        assert_eq!(
            opened(&[("project-1.json", &file)]),
            format!("{MARKED}\n---\nBare."),
            "{list}"
        );
    }
    let small = json!([{"text": TEXT, "id": 1, "annotator": 2, "label": [
        {"start": 6, "end": 9, "text": "two", "labels": ["claim"]},
        {"start": 12, "end": 17, "text": "Three", "labels": ["quote"]},
    ]}]);
    check(&[("min.json", &small.to_string())]);
}

#[test]
fn label_studio_regions_of_html_are_refused_with_a_reason() {
    let file = json!([{"data": {"text": "<b>x</b>"}, "annotations": [{"result": [
        {"type": "hypertextlabels", "value": {"start": "/b[1]", "labels": ["claim"]}},
    ]}]}]);
    let file = file.to_string();
    let readings = read_files(&bare_project(), &[("h.json", file.as_bytes())]).expect("it opens");
    assert!(
        readings[0].notices.iter().any(|it| it.contains("HTML")),
        "{:?}",
        readings[0].notices
    );
    assert!(readings[0].import.annotations.is_empty());
}

#[test]
fn doccano_triples_and_entities() {
    let line = json!({"id": 1, "data": TEXT, "label": [[7, 10, "claim"], [13, 18, "quote"]]});
    check(&[("all.jsonl", &format!("{line}\n"))]);
    let bare = json!({"id": 2, "text": "Bare.", "labels": []});
    let line = json!({"id": 1, "text": TEXT, "labels": [[7, 10, "claim"], [13, 18, "quote"]]});
    let both = opened(&[("all.jsonl", &format!("{bare}\r\n{line}\r\n"))]);
    assert_eq!(both, format!("Bare.\n---\n{MARKED}"));
    let entity = |id: u32, start: u32, end: u32, label: &str| json!({"id": id, "label": label, "start_offset": start, "end_offset": end});
    let list = json!([{"text": TEXT, "entities": [entity(1, 7, 10, "claim"), entity(2, 13, 18, "quote")],
        "relations": [], "Comments": ["so-so"]}]);
    check(&[("all.json", &list.to_string())]);
}

#[test]
fn a_file_of_doccano_may_count_two_things_where_there_are_emoji() {
    let plain = json!({"text": "One two.", "label": [[4, 7, "claim"]]}).to_string();
    let emoji = json!({"text": "🚲 two.", "label": [[2, 5, "claim"]]}).to_string();
    let escaped = emoji.replace('🚲', "\\uD83D\\uDEB2");
    // What is looked at of a large file ends before the emoji.
    let [large_plain, large] = ["", &emoji].map(|it| format!("{plain}\n").repeat(9_000) + it);
    let both = &["doccano", "doccano-code-points"][..];
    for (text, ids) in [
        (&plain, &["doccano"][..]),
        (&emoji, both),
        (&escaped, both),
        (&large_plain, &["doccano"]),
        (&large, both),
    ] {
        let file = InFile {
            name: "a.jsonl",
            bytes: text.as_bytes(),
        };
        let packets = sort_out(&[file]);
        let found: Vec<&str> = packets[0].candidates.iter().map(|it| it.id).collect();
        assert_eq!(found, ids, "{} bytes", text.len());
    }
}

#[test]
fn spacy_and_prodigy_with_less() {
    let with = |more: &str| format!("{{\"text\":{},{more}}}\n", json!(TEXT));
    check(&[(
        "a.jsonl",
        &with("\"entities\":[[6,9,\"claim\"],[12,17,\"quote\"]]"),
    )]);
    let spans = "\"spans\":[{\"start\":6,\"end\":9,\"label\":\"claim\"},{\"start\":12,\"end\":17,\"label\":\"quote\"}]";
    check(&[("a.jsonl", &with(spans))]);
    let rejected = with(&format!("{spans},\"answer\":\"reject\""));
    check(&[(
        "a.jsonl",
        &format!(
            "{rejected}{}",
            with(&format!("{spans},\"answer\":\"accept\""))
        ),
    )]);
    assert_eq!(
        opened(&[(
            "a.jsonl",
            "{\"text\":\"Bare.\",\"spans\":null,\"answer\":\"accept\"}\n{\"text\":\"Two.\",\"spans\":[],\"answer\":\"accept\"}"
        )]),
        "Bare.\n---\nTwo."
    );
}

#[test]
fn web_annotations_in_all_their_forms() {
    let here = project(&[("d", "One 🚲 two.\nThree.")]);
    let position = json!({"type": "TextPositionSelector", "start": 6, "end": 9});
    let quote =
        json!({"type": "TextQuoteSelector", "exact": "Three", "prefix": "two.\r\n", "suffix": "."});
    let refined = json!({"type": "FragmentSelector", "value": "x", "refinedBy": position});
    let first = json!({"@context": ["http://www.w3.org/ns/anno.jsonld"], "id": "http://example.org/a/1",
        "type": "Annotation", "body": {"type": "TextualBody", "value": "claim", "purpose": "tagging"},
        "target": {"source": "d", "selector": refined}});
    let second = json!({"@context": "https://www.w3.org/ns/anno.jsonld", "type": "Annotation",
        "id": "http://example.org/a/2", "creator": "http://example.org/ann",
        "body": [{"purpose": ["tagging"], "value": "quote"}, "a note"],
        "target": [{"source": "d", "selector": [quote]}]});
    let whole = json!({"type": "Annotation", "body": "all of it", "target": "d"});
    let list = json!([first, second]);
    for file in [
        list.clone(),
        json!({"type": "AnnotationPage", "items": list}),
        json!({"type": "AnnotationCollection", "first": {"items": list}}),
    ] {
        assert_eq!(
            opened_over(&here, &[("a.jsonld", &file.to_string())]),
            MARKED,
            "{file}"
        );
    }
    let all = json!([first, second, whole]).to_string();
    let readings = read_files(&here, &[("a.json", all.as_bytes())]).expect("it opens");
    assert!(
        readings[0]
            .notices
            .iter()
            .any(|it| it.starts_with("1 annotations name no place"))
    );
    let notes = readings[0]
        .import
        .annotations
        .iter()
        .map(|it| it.note.to_string());
    assert_eq!(notes.collect::<Vec<_>>(), ["", "a note"]);
}

#[test]
fn brat_with_events_notes_and_without_anything() {
    let text = "One 🚲 two.\nThree.";
    let ann = "T1\tclaim 6 9\ttwo\nT2\tquote 11 16\tThree\nE1\tsays:T2 what:T1\nA1\tsure E1\nM1\tloud T1\n#1\tAnnotatorNotes E1\tmind\n*\tEquiv T1 T2\nN1\tReference T1 Wiki:4\tFour\n";
    let files = [
        ("x/d.ann", ann),
        ("x/d.txt", text),
        ("annotation.conf", "[entities]\n"),
    ];
    check(&files);
    let files: Vec<(&str, &[u8])> = files.iter().map(|it| (it.0, it.1.as_bytes())).collect();
    let readings = read_files(&bare_project(), &files).expect("they open");
    assert_eq!(readings.len(), 1);
    assert_eq!(&*readings[0].import.annotations[1].note, "mind");
    assert_eq!(opened(&[("d.ann", ""), ("d.txt", "Bare.")]), "Bare.");
    // Line ends of two signs count two; old files have no blank between the words of two parts.
    let crlf = "T1\tclaim 6 9\ttwo\r\nT2\tquote 12 14;14 17\tThree\r\n";
    check(&[("d.ann", crlf), ("d.txt", TEXT)]);
}

#[test]
fn columns_in_every_scheme() {
    let here = project(&[("d", "One 🚲 two.\nThree.")]);
    for tags in [
        "O O I-claim O|I-quote O",
        "O O B-claim O|B-quote O",
        "O O U-claim O|U-quote O",
        "O O S-claim O|S-quote O",
    ] {
        let words = ["One", "🚲", "two", ".", "Three", "."];
        let tags = tags.replace('|', " | ");
        let mut words = words.iter();
        let mut file = "-DOCSTART- -X- O\n\n".to_owned();
        for tag in tags.split(' ') {
            match tag {
                "|" => file.push('\n'),
                _ => file.push_str(&format!("{} NN {tag}\n", words.next().expect("a word"))),
            }
        }
        assert_eq!(opened_over(&here, &[("a.conll", &file)]), MARKED, "{file}");
    }
    let two = "a\tB-x\nb\tE-x\nc\tB-x\nd\tI-x\n\n#\tB-x\n";
    assert_eq!(opened(&[("a.bio", two)]), "[x:a b] [x:c d]\n[x:#]");
}

#[test]
fn webanno_3_2_with_tokens_cut_and_two_layers() {
    let file = "#FORMAT=WebAnno TSV 3.2\n#T_SP=webanno.custom.Kind|value\n#T_SP=webanno.custom.Flag\n\n\n#Text=One two.\n1-1\t0-3\tOne\tclaim[1]\t_\t\n1-2\t4-7\ttwo\tclaim[1]\t_\t\n1-2.1\t4-5\tt\t_\t*\t\n1-3\t7-8\t.\tquote\t_\t\n\n#Text=Three.\n2-1\t9-14\tThree\t_\t_\t\n2-2\t14-15\t.\t_\t_\t\n";
    assert_eq!(
        opened(&[("a.tsv", file)]),
        "[claim:One [Flag:t]wo][quote:.]\nThree."
            .replace("[Flag:", "[flag:")
            .replace("[flag:", "[Flag:")
    );
}

#[test]
fn webanno_of_an_article_that_another_begins_with() {
    let here = project(&[("long", "One two. Three."), ("short", "One two.")]);
    let file = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n\n\n#Text=One two.\n1-1\t0-3\tOne\tclaim[1]\t\n1-2\t4-7\ttwo\t_\t\n1-3\t7-8\t.\t_\t\n";
    let read = opened_over(&here, &[("a.tsv", file)]);
    assert_eq!(read, "One two. Three.\n---\n[claim:One] two.");
}

#[test]
fn uima_types_of_others() {
    let file = "<?xml version=\"1.1\"?><xmi:XMI xmlns:xmi='http://www.omg.org/XMI' xmlns:cas='http:///uima/cas.ecore' xmlns:t='http:///de/x/type.ecore'>\
        <t:Token xmi:id='3' sofa='1' begin='0' end='3'/><t:NamedEntity xmi:id='4' sofa='1' begin='7' end='10' value='claim'/>\
        <t:Quote xmi:id='5' sofa='1' begin='13' end='18'/><cas:Sofa xmi:id='1' sofaString='One 🚲 two.&#xD;&#xA;Three.'/></xmi:XMI>";
    assert_eq!(opened(&[("d.xmi", file)]), MARKED.replace("quote", "Quote"));
}

#[test]
fn labels_are_those_here_by_choice_by_id_or_by_name() {
    let here = project(&[("d", "One two three four.")]);
    let file = "doc_id,label,start,end\nd,Claim,0,3\nd,QUOTE,4,7\nd,boast,8,13\nd,rumour,14,18\n";
    let files = [InFile {
        name: "m.csv",
        bytes: file.as_bytes(),
    }];
    let mapping = [("boast".to_owned(), label_id("opinion"))];
    let format = by_id("csv").expect("it is there");
    let reading = with_context(&here, |cx| format.read(&files, &mapping, cx)).expect("it opens");
    let labels: Vec<&str> = reading
        .import
        .annotations
        .iter()
        .map(|it| it.label.as_str())
        .collect();
    assert_eq!(labels, ["claim", "quote", "opinion", "rumour"]);
    let new: Vec<&str> = reading
        .import
        .labels
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(new, ["rumour"]);
}

#[test]
fn a_way_out_and_back_doubles_nothing() {
    let project = nasty::project();
    let count = |project: &Project| project.annotations().len();
    for format in FORMATS.iter().filter(|it| it.is_read() && it.is_written()) {
        let written = written(format, &project);
        let reading = read_back(format, &written.files, &project).expect(format.id);
        assert_eq!(reading.problems, [], "{format:?}");
        let after = merged(&project, reading.import);
        // What is not said as it stands is another mark, and so is a part where a mark has one only.
        let changed: usize = written
            .losses
            .iter()
            .filter(|it| matches!(it.feature, Feature::Characters | Feature::Fragments))
            .map(|it| 2 * it.count)
            .sum();
        let more = count(&after) - count(&project);
        assert!(
            more <= changed,
            "{format:?}: {more} more, {changed} told of"
        );
    }
}

#[test]
fn the_same_file_twice_is_the_same_as_once() {
    for format in FORMATS.iter().filter(|it| it.is_read() && it.is_written()) {
        let files = written(format, &nasty::project()).files;
        let here = match format.holds_text {
            true => bare_project(),
            false => project(&[("nasty", nasty::project().documents()[0].text.as_str())]),
        };
        let once = merged(
            &here,
            read_back(format, &files, &here).expect(format.id).import,
        );
        let again = read_back(format, &files, &once).expect(format.id);
        let change = merge_change(&once, again.import);
        assert_eq!(change, None, "{format:?}");
    }
}
