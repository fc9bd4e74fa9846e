//! Files of other programs, out and in: what is said before, what becomes of it, and that one undo takes
//! it back. What stands in the files is the matter of the native tests.

use e2e::exported::{annotations, assert_exact, list};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::{Value, json};

use crate::durability::saved;
use crate::later::{MISSING, is_complete, open_first};
use crate::loading::write;
use crate::storage::mark;

const WORDS: [&str; 2] = ["forty repair posts", "the lake office"];

/// One article with a mark of a label that is here, two that are not, one that stands elsewhere and one
/// that stands nowhere.
pub(crate) const TRIP: &str = r#"{"text": "Anna went to Bern 🚲 by train. She said that it was late.", "title": "A trip", "spans": [{"start": 0, "end": 4, "label": "PER", "text": "Anna"}, {"start": 13, "end": 17, "label": "LOC", "text": "Bern"}, {"start": 3, "end": 6, "label": "quote", "text": "She"}, {"start": 30, "end": 56, "label": "Claim", "text": "She said that it was late."}, {"start": 5, "end": 9, "label": "claim", "text": "Xylophones"}], "answer": "accept"}
"#;

#[track_caller]
fn answer(page: &Page, script: &str, argument: Value) -> Value {
    let answer = page.browser.read_later(script, vec![argument]);
    assert_eq!(answer["thrown"], Value::Null, "{script}: {answer}");
    answer
}

pub(crate) fn open_pair(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
}

pub(crate) fn documents(page: &Page) -> Value {
    page.project()["documents"].clone()
}

pub(crate) fn words_of(page: &Page, selector: &str) -> String {
    page.text_of(&format!(
        "document.querySelector('{selector}')?.innerText ?? ''"
    ))
}

/// Goes so many lines down in a list of choices. Opened, such a list is a window of its own in some browsers,
/// which gets no keys from here.
pub(crate) fn choose(page: &Page, selector: &str, lines: usize) {
    page.find(selector);
    let focus = "document.querySelector(arguments[0]).focus()";
    page.browser.read(focus, vec![json!(selector)]);
    for _ in 0..lines {
        page.press(&[], key::DOWN);
    }
}

#[test]
fn scripts_export_and_import_in_chromium() {
    run(&Options::new(Engine::Chromium), scripts);
}

#[test]
fn scripts_export_and_import_in_firefox() {
    run(&Options::new(Engine::Firefox), scripts);
}

/// Each format that is read and written gives back what is here, and the page knows it again.
fn scripts(page: &Page) {
    open_pair(page);
    mark(page, WORDS[0]);
    mark(page, WORDS[1]);
    let before = documents(page);
    let formats = answer(
        page,
        "return await window.sourcelight.formats()",
        json!(null),
    );
    let both = |it: &&Value| it["isRead"] == true && it["isWritten"] == true;
    let ids: Vec<Value> = list(&formats)
        .filter(both)
        .map(|it| it["id"].clone())
        .collect();
    assert!(ids.len() > 12 && ids.contains(&json!("project")), "{ids:?}");
    for id in ids {
        page.step(&format!("out and in as {id}"));
        let report = answer(
            page,
            "const files = await window.sourcelight.exportAs(arguments[0], {documents: ['bicycle']});
             if (!files.every(it => it.name && it.mime && it.bytes.length > 0)) return {thrown: 'no files'};
             const report = await window.sourcelight.importFiles(files, {format: arguments[0]});
             return {...report, losses: files.losses}",
            id.clone(),
        );
        assert_eq!(report["changed"], false, "{id}: {report}");
        let here: u64 = list(&report["files"])
            .filter_map(|it| it["alreadyHere"].as_u64())
            .sum();
        assert!(here >= 2, "{id}: {report}");
        assert!(report["losses"].is_array(), "{report}");
    }
    assert_eq!(documents(page), before);

    page.step("what could be two things is left to whoever says which");
    let ask = "const files = await window.sourcelight.exportAs('doccano-code-points', {documents: ['bicycle']});
               return await window.sourcelight.importFiles(files)";
    let report = answer(page, ask, json!(null));
    assert_eq!(report["changed"], false, "{report}");
    let said = report["files"][0]["problems"][0]
        .as_str()
        .unwrap_or_default();
    assert!(said.contains("doccano-code-points"), "{report}");

    page.step("wrong wishes are refused in words");
    refuses(
        page,
        &[
            "exportAs('nothing')",
            "exportAs('feed')",
            "exportAs('csv', {documents: ['nowhere']})",
            "exportAs('csv', {documents: 'bicycle'})",
            "importFiles('text')",
            "importFiles([{name: 'a'}])",
            "importFiles([{name: 'a', bytes: 7}])",
            "importFiles([], {format: 'nothing'})",
        ],
    );
    // Firefox lets no test look into a page's own bytes, nor the page list what is in a test's objects.
    if !page.is_firefox() {
        choices(page);
        refuses(
            page,
            &[
                "exportAs('csv', {ends: 'cut'})",
                "exportAs('csv', {labels: ['nothing']})",
                "exportAs('csv', {annotators: 'me'})",
                "exportAs('csv', {labls: []})",
            ],
        );
    }
}

fn refuses(page: &Page, calls: &[&str]) {
    for call in calls {
        let script = format!("return await window.sourcelight.{call}");
        let refused = page.browser.read_later(&script, Vec::new());
        let thrown = refused["thrown"].as_str().unwrap_or_default();
        assert!(thrown.len() > 10, "{call} gave {refused}");
    }
}

/// Scripts have the choices of the screen.
fn choices(page: &Page) {
    page.step("scripts have the choices of the screen");
    let rows = "const said = new TextDecoder().decode((await window.sourcelight.exportAs('csv', arguments[0]))[0].bytes);
                return said.trim().split('\\r\\n').length - 1";
    for (choices, count) in [
        (json!({}), 2),
        (json!({"labels": ["quote"]}), 0),
        (json!({"labels": ["claim"], "certainty": "medium"}), 2),
        (json!({"certainty": "high"}), 0),
        (json!({"annotators": []}), 0),
        (json!({"documents": ["bicycle"], "unmarked": false}), 2),
    ] {
        let answer = page.browser.read_later(rows, vec![choices.clone()]);
        assert_eq!(answer, json!(count), "{choices}");
    }
    let card = "const files = await window.sourcelight.exportAs('hugging-face', {licence: 'CC0-1.0', split: {seed: 2}});
                return new TextDecoder().decode(files.find(it => it.name === 'README.md').bytes)";
    let card = page.browser.read_later(card, Vec::new());
    let card = card.as_str().unwrap_or_default();
    assert!(
        card.contains("license: cc0-1.0") && card.contains("Seed 2."),
        "{card}"
    );
}

#[test]
fn what_a_format_cannot_say_is_told_before_the_export() {
    run(&Options::new(Engine::Chromium), |page| {
        open_pair(page);
        mark(page, WORDS[0]);
        let wish = json!({"document": "bicycle", "start": 0, "end": 5, "label": "quote"});
        answer(
            page,
            "return await window.sourcelight.annotate(arguments[0])",
            wish,
        );
        page.click("#topbar", "Export");
        page.find("dialog#export");
        assert!(words_of(page, "#export .losses").contains("leaves nothing out"));

        page.step("the format is chosen by its name");
        page.type_keys("CoNLL-2003");
        page.find("#export [data-loss=annotators]");
        let told = words_of(page, "#export [data-loss=annotators]");
        assert!(told.starts_with("2 marks "), "{told}");

        page.step("labels and articles that are left out");
        page.click_label("#export", "Quote");
        page.until("one mark less is told", || {
            words_of(page, "#export [data-loss=annotators]").starts_with("1 mark ")
        });
        page.click_label("#export", "Also articles without marks");
        page.until("one article is left", || {
            words_of(page, "#export .side-note").starts_with("1 article with 1 mark")
        });
        page.click("#export", "Download CONLL");
        let file = String::from_utf8(page.download_of("conll").1).expect("it is text");
        assert!(
            file.contains("\nposts") && !file.contains("kites"),
            "{file}"
        );
        assert_eq!(file.matches("B-").count(), 1, "{file}");
        page.until("the dialog is closed", || !page.sees("#export"));

        page.step("data to train with is divided, and its words are whole");
        page.click("#topbar", "Export");
        page.find("dialog#export");
        page.type_keys("CoNLL-2003");
        choose(page, "#export .training select", 1);
        page.find("#export [data-loss=characters]");
        let told = words_of(page, "#export [data-loss=characters]");
        assert!(
            told.starts_with("1 mark that cuts a word: widened"),
            "{told}"
        );
        page.click_label(
            "#export",
            "Divide into train, dev and test (80, 10, 10 of 100)",
        );
        page.until("the parts are told", || {
            words_of(page, "#division") == "2 in train, 0 in dev, 0 in test"
        });
        page.click("#export", "Download ZIP of 2 files");
        let (_, archive) = page.download_of("zip");
        for name in ["train/flat.conll", "SPLIT.md"] {
            let is_there = archive.windows(name.len()).any(|it| it == name.as_bytes());
            assert!(is_there, "{name}");
        }

        page.step("several files come as one");
        page.click("#topbar", "Export");
        page.find("dialog#export");
        page.type_keys("brat");
        page.click("#export", "Download ZIP of 5 files");
        let (name, archive) = page.download_of("zip");
        assert!(name.starts_with("sourcelight-brat-"), "{name}");
        assert!(archive.starts_with(b"PK"));
        let before = documents(page);
        let path = write(page, "back.zip", archive);
        page.choose_files(&[&path]);
        page.find("dialog#import");
        page.until("its marks are known", || {
            words_of(page, "#import .side-note").contains("2 marks: 2 here already")
        });
        page.click("#import", "Cancel");
        assert_eq!(documents(page), before);
    });
}

#[test]
fn an_import_is_looked_over_first_in_chromium() {
    run(&Options::new(Engine::Chromium), looked_over);
}

#[test]
fn an_import_is_looked_over_first_in_firefox() {
    run(&Options::new(Engine::Firefox), looked_over);
}

fn looked_over(page: &Page) {
    open_pair(page);
    mark(page, WORDS[0]);
    saved(page);
    let before = documents(page);
    let trip = write(page, "trip.jsonl", TRIP);
    let plain = write(page, "plain.txt", "A plain article\n\nof some words.");

    page.step("what was found is told, and nothing is taken over");
    page.choose_files(&[&trip, &plain]);
    page.find("dialog#import");
    page.until("all is read", || {
        words_of(page, "#import .side-note")
            .contains("2 new articles, 5 marks: 3 placed, 1 found elsewhere, 1 not found")
    });
    for (outcome, words) in [("moved", "“She”"), ("unplaced", "“Xylophones”")] {
        let row = words_of(page, &format!("#import [data-outcome={outcome}]"));
        assert!(row.contains(words), "{outcome}: {row}");
    }
    assert_eq!(documents(page), before);
    page.click("#import", "Cancel");
    page.until("the dialog is closed", || !page.sees("#import"));
    assert_eq!(documents(page), before);

    page.step("a label that is not here is said to be one that is");
    page.choose_files(&[&trip, &plain]);
    page.find("dialog#import");
    choose(page, "#import .label-meanings select", 1);
    page.click("#import", "Import");
    page.until("the dialog is closed", || !page.sees("#import"));
    page.until_said("Opened 2 articles with 4 marks. 1 mark waits in the tray");
    let project = page.project();
    assert_exact(&project);
    let labels: Vec<&Value> = annotations(&project)
        .iter()
        .map(|it| &it["label"])
        .collect();
    assert_eq!(
        labels.iter().filter(|it| **it == "claim").count(),
        3,
        "{labels:?}"
    );
    assert!(labels.contains(&&json!("LOC")) && !labels.contains(&&json!("PER")));
    page.find("#tray [data-unplaced]");

    page.step("the same once more brings nothing");
    page.choose_files(&[&trip]);
    page.find("dialog#import");
    page.until("all is known", || {
        words_of(page, "#import .side-note").contains("0 new articles")
    });
    page.click("#import", "Cancel");
    page.until("the dialog is closed", || !page.sees("#import"));

    page.step("one undo takes all back, and a restore point was made");
    page.press(&[key::CONTROL], 'z');
    page.until("it is as before", || documents(page) == before);
    saved(page);
    page.click("#status-line", "What this means");
    page.button("#storage", "Bring back");
}

#[test]
fn what_could_be_two_things_asks_and_plain_articles_do_not() {
    run(&Options::new(Engine::Chromium), |page| {
        open_pair(page);
        page.step("plain articles and documents open at once");
        let docx = e2e::tools::workspace().join("tests/fixtures/exchange-in/ferry.docx");
        let plain = write(page, "plain.md", "# A plain article\n\nof some words.");
        page.choose_files(&[&docx, &plain]);
        page.until_said("Opened 2 articles");
        assert!(!page.sees("dialog"));

        page.step("a file of two readings");
        let text = r#"{"text": "Anna went to Bern.", "spans": [{"start": 0, "end": 4, "label": "claim"}]}"#;
        let two = write(page, "two.jsonl", format!("{text}\n"));
        page.choose_files(&[&two]);
        choose(page, "#import section select", 2);
        page.until("it is an article alone", || {
            words_of(page, "#import .side-note").contains("1 new article without marks")
        });
        page.click("#import", "Import");
        page.until_said("Opened 1 article");
        assert!(annotations(&page.project()).is_empty());

        page.step("a damaged one is told of, and cannot be imported");
        let bad = write(
            page,
            "bad.tsv",
            "#FORMAT=WebAnno TSV 3.3\n\n#Text=a\n1-1\tx\n",
        );
        page.choose_files(&[&bad]);
        page.find("#import [data-problem='bad.tsv']");
        page.click("#import", "Import");
        assert!(page.sees("#import"), "there is nothing to import");
        page.click("#import", "Cancel");
    });
}

/// The part with the formats comes last; without it everything else works, and the work can be saved.
#[test]
fn the_last_part_is_missed_by_nobody() {
    run(&Options::new(Engine::Chromium), |page| {
        for part in ["Failed to fetch", "integrity", "status of 404"] {
            page.watch.excuse(part);
        }
        page.server.refuse("-doors-");
        open_first(page);
        mark(page, WORDS[0]);
        page.click("#topbar", "Help");
        page.find("dialog#help");
        page.press(&[], key::ESCAPE);
        page.step("a file waits for it, and the work is saved as a project");
        let file = write(page, "more.md", "# One more\n\nWith some text.");
        page.choose_files(&[&file]);
        page.until_said(MISSING);
        page.click("#topbar", "Export");
        assert_eq!(assert_exact(&e2e::exported::parse(&page.download())), 1);
        assert!(!is_complete(page));
        page.step("it comes");
        page.server.answer_all();
        page.choose_files(&[&file]);
        page.until_said("Opened 1 article");
        assert!(is_complete(page));
        page.click("#topbar", "Export");
        page.find("dialog#export");
    });
}
