//! Articles as people write them, where a folder of them lies beside the workspace.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use e2e::exported::{annotations, assert_exact, document, list};
use e2e::sample::{Dice, LABELS};
use e2e::text::Place;
use e2e::{Engine, Options, Page, key, run, tools};
use serde_json::{Value, json};

/// Drags are slow; this many of the marks of an article are made by hand, the others by script.
const BY_HAND: usize = 8;
/// Marks on each article.
const MARKS: usize = 20;

#[test]
fn real_articles_keep_their_words() {
    let folder = tools::workspace().join("../shared/articles");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    files.sort();
    if files.is_empty() {
        println!("Skipped: there are no articles in {}.", folder.display());
        return;
    }
    run(&Options::new(Engine::Chromium), |page| body(page, &files));
}

fn body(page: &Page, files: &[PathBuf]) {
    let mut articles = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let bytes = fs::read(file).expect("the article can be read");
        page.server.add(&format!("real/{number}.txt"), bytes);
        articles.push(json!({"id": format!("real{number}"), "file": format!("{number}.txt"), "title": format!("Article {number}")}));
    }
    let index = json!({"format": "sourcelight-reading-set", "version": "1.0", "title": "Real", "articles": articles});
    page.server.add("real/index.json", index.to_string());
    page.open("?set=real/index.json");
    for number in 0..files.len() {
        page.step(&format!("article {number}"));
        mark_at_random(page, number);
    }
    page.click("#topbar", "Export");
    page.click("#export", "Download JSON");
    let file = page.download();
    let project = e2e::exported::parse(&file);
    for (number, path) in files.iter().enumerate() {
        let plain = String::from_utf8_lossy(&fs::read(path).expect("readable")).into_owned();
        let plain = plain
            .trim_start_matches('\u{FEFF}')
            .replace("\r\n", "\n")
            .replace('\r', "\n");
        assert_eq!(
            document(&project, &format!("real{number}"))["text"],
            plain,
            "text of article {number}"
        );
    }
    assert_eq!(assert_exact(&project), files.len() * MARKS);
    let path = page.browser.downloads.join("real.json");
    fs::write(&path, &file).expect("it can be written");
    read_with_python(&path, files.len() * MARKS);
}

fn mark_at_random(page: &Page, number: usize) {
    let id = format!("real{number}");
    page.click_on(&format!("#articles li[data-document={id}] .article-open"));
    page.until("it is open", || page.open_document() == id);
    let blocks = page.blocks();
    let long = page.long_blocks(8);
    let mut dice = Dice::new(number as u64 + 1);
    let mut made = 0;
    while made < BY_HAND {
        let block = long[dice.below(long.len())];
        let letters: Vec<char> = blocks[block].chars().collect();
        let from = dice.below(letters.len() - 5);
        let to = (from + 2 + dice.below(60)).min(letters.len());
        if letters[from].is_whitespace() || letters[to - 1].is_whitespace() {
            continue;
        }
        let place = Place { block, from, to };
        let words: String = letters[from..to].iter().collect();
        let before = page.painted().len();
        page.drag(place);
        page.label(['1', '2', '3'][made % 3]);
        page.until(&format!("“{words}” is marked"), || {
            let painted = page.painted();
            painted.len() > before && painted.iter().any(|it| it.text == words)
        });
        page.press(&[], key::ESCAPE);
        made += 1;
    }
    let project = page.project();
    let length = document(&project, &id)["text"]
        .as_str()
        .unwrap_or_default()
        .chars()
        .count();
    while annotations_of(&page.project(), &id) < MARKS {
        let start = dice.below(length - 90);
        let label = LABELS[dice.below(3)];
        let wish = json!({"document": id, "start": start, "end": start + 1 + dice.below(80), "label": label});
        // A span of nothing but space is refused; the next throw is another one.
        page.browser.read_later(
            "return await window.sourcelight.annotate(arguments[0])",
            vec![wish],
        );
    }
}

fn annotations_of(project: &Value, id: &str) -> usize {
    list(&document(project, id)["annotations"]).count()
}

/// A reader in another language, which knows nothing of ours.
const READER: &str = "
import json, sys
project = json.load(open(sys.argv[1], encoding='utf-8'))
count = 0
for document in project['documents']:
    for annotation in document['annotations']:
        for fragment in annotation['fragments']:
            assert document['text'][fragment['start']:fragment['end']] == fragment['exact'], annotation
            count += 1
print(count)
";

fn read_with_python(path: &std::path::Path, expected: usize) {
    let output = Command::new("python3")
        .args(["-c", READER])
        .arg(path)
        .stdin(Stdio::null())
        .output();
    let Ok(output) = output else {
        println!("Skipped: there is no python3 here.");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "Python says {}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(said.trim(), expected.to_string());
    assert!(
        annotations(&e2e::exported::parse(&fs::read(path).expect("readable"))).len() == expected
    );
}
