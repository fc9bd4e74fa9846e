//! Files, pastes and drops: good ones load, bad ones are told of in words, nothing stops the rest.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use e2e::exported::{assert_exact, list};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::{Value, json};

#[test]
fn files_pastes_and_drops_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        good_among_bad(page);
        duplicates(page);
        large_and_deep(page);
        paste_dialog(page);
        paste_key(page);
        drops(page);
        assert_exact(&page.project());
    });
}

#[test]
fn html_becomes_text() {
    run(&Options::new(Engine::Chromium), |page| {
        // The policy holds in the parsed, lifeless document as well, and Chromium says that it does.
        page.watch.excuse("-elem inline");
        page.watch.excuse("-attr inline");
        page.watch.excuse("Applying inline style violates");
        page.watch.excuse("Executing inline");
        sample::add_pair(page);
        page.open(sample::PAIR);
        html_stays_text(page);
        assert_exact(&page.project());
    });
}

#[test]
fn files_and_pastes_in_firefox() {
    run(&Options::new(Engine::Firefox), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        good_among_bad(page);
        duplicates(page);
        paste_dialog(page);
        paste_key(page);
        assert_exact(&page.project());
    });
}

pub(crate) fn write(page: &Page, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let folder = page.browser.downloads.join("to-open");
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    fs::write(&path, bytes).expect("the file can be written");
    path
}

/// The texts of all articles.
fn texts(page: &Page) -> Vec<String> {
    let project = page.project();
    let texts = list(&project["documents"]).map(|it| it["text"].as_str().unwrap_or_default());
    texts.map(str::to_owned).collect()
}

fn articles(page: &Page) -> u64 {
    page.count("#articles li[data-document]")
}

/// What the report says of each file that was not read, and closes it.
pub(crate) fn problems(page: &Page) -> Vec<String> {
    page.find("dialog#report");
    let rows = page.read(
        "[...document.querySelectorAll('#report [data-problem]')].map(it => it.dataset.problem + ' ' + it.innerText)",
    );
    list(&rows)
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

pub(crate) fn close_report(page: &Page) {
    page.click("#report", "Close");
    page.until("the report is closed", || !page.sees("#report"));
}

fn good_among_bad(page: &Page) {
    page.step("two good files and encodings among bad files");
    let before = articles(page);
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(
            "Sixteen bits\n\nZoé wrote this — really 🚲."
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    let mut windows = b"Windows letters\n\nThe caf\xE9 costs \x80 4, \x93she\x94 said.".to_vec();
    windows.extend(b"\nMore.");
    let files = [
        write(
            page,
            "good.txt",
            "A good file\n\nIt has two paragraphs of text.",
        ),
        write(page, "empty.txt", ""),
        write(
            page,
            "binary.txt",
            [0x89, b'P', b'N', b'G', 0, 0, 0, 13, 0, 0, 1, 2, 3],
        ),
        write(
            page,
            "broken.json",
            "{\"format\": \"span-annotations\",\n \"documents\": [}",
        ),
        write(
            page,
            "lines.txt",
            "\u{FEFF}Carriage returns\r\n\r\nSecond paragraph\rThird line\r\n",
        ),
        write(page, "sixteen.txt", utf16),
        write(page, "windows.txt", windows),
        write(
            page,
            "letter.md",
            "# A Markdown title\n\nSome *stressed* words and a [link](http://127.0.0.1:9/).\n\n- one\n- two\n",
        ),
        write(
            page,
            "rows.jsonl",
            "{\"text\": \"The first row of a file.\", \"title\": \"Row one\"}\nnot json\n{\"text\": \"The third row of a file.\"}\n",
        ),
    ];
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    page.choose_files(&paths);
    let problems = problems(page);
    for name in ["empty.txt", "binary.txt", "broken.json", "rows.jsonl"] {
        assert!(
            problems.iter().any(|it| it.contains(name)),
            "{name} is not among {problems:?}"
        );
    }
    for name in [
        "good.txt",
        "lines.txt",
        "sixteen.txt",
        "windows.txt",
        "letter.md",
    ] {
        assert!(
            !problems.iter().any(|it| it.starts_with(name)),
            "{name} is among {problems:?}"
        );
    }
    let line = problems
        .iter()
        .find(|it| it.contains("rows.jsonl"))
        .expect("checked above");
    assert!(line.contains("line 2"), "the line is named: {line}");
    close_report(page);
    page.until("seven articles came", || articles(page) == before + 7);
    let texts = texts(page);
    assert!(
        texts
            .iter()
            .all(|it| !it.contains('\r') && !it.contains('\u{FEFF}'))
    );
    for part in [
        "Second paragraph\nThird line",
        "Zoé wrote this — really 🚲.",
        "The café costs € 4, “she” said.",
        "Some stressed words",
        "The third row of a file.",
    ] {
        assert!(
            texts.iter().any(|it| it.contains(part)),
            "“{part}” is in no text: {texts:?}"
        );
    }

    page.step("an import is undone as one step");
    page.click("#topbar", "Undo");
    page.until("the seven are gone", || articles(page) == before);
    page.click("#topbar", "Redo");
    page.until("the seven are back", || articles(page) == before + 7);
}

fn duplicates(page: &Page) {
    page.step("the same text twice is noticed");
    let before = articles(page);
    let again = write(
        page,
        "again.txt",
        "A good file\n\nIt has two paragraphs of text.",
    );
    page.choose_files(&[&again]);
    page.find("dialog#report");
    page.until("the report names it", || {
        page.count("#report [data-duplicate]") == 1
    });
    assert_eq!(articles(page), before);
    page.click("#report", "Add anyway");
    page.until("it was added", || articles(page) == before + 1);
    close_report(page);
}

fn large_and_deep(page: &Page) {
    page.step("files that are too large or too deep");
    let before = articles(page);
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let line = "Words and words and words and words and words and words, one long line.\n";
    let files = [
        write(page, "large.txt", line.repeat(21_000_000 / line.len())),
        write(page, "deep.json", deep),
        write(page, "nul.txt", "a\0b\0c"),
        write(
            page,
            "lone.json",
            r#"[{"text": "half of a pair \ud83d here", "title": "Lone"}]"#,
        ),
    ];
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let start = Instant::now();
    page.choose_files(&paths);
    let problems = problems(page);
    assert!(
        start.elapsed().as_secs() < 10,
        "it took {:?}",
        start.elapsed()
    );
    for name in ["large.txt", "deep.json"] {
        assert!(
            problems.iter().any(|it| it.contains(name)),
            "{name} is not among {problems:?}"
        );
    }
    println!("  the report says: {problems:#?}");
    close_report(page);
    assert!(articles(page) <= before + 2);
}

fn html_stays_text(page: &Page) {
    page.step("an HTML file becomes text and asks for nothing");
    let html = r#"<!doctype html><html><head><title>A web page</title><style>p{color:red}</style>
        <link rel="stylesheet" href="stolen.css"><script>window.hacked = 1</script></head>
        <body><h1>A web page</h1><p>First <b>bold</b> words &amp; more.</p>
        <img src="stolen.png" onerror="window.hacked = 2"><svg onload="window.hacked = 3"></svg>
        <iframe srcdoc="<script>parent.hacked = 4</script>"></iframe>
        <ul><li>An item</li></ul><p onclick="window.hacked = 5">Last <script>window.hacked = 6</script>words.</p></body></html>"#;
    let file = write(page, "web.html", html);
    let titled = write(
        page,
        "titled.json",
        r#"[{"text": "A text whose title is hostile.", "title": "<img src=stolen.png onerror='window.hacked=7'>", "source": "<script>window.hacked=8</script>"}]"#,
    );
    let before = articles(page);
    page.choose_files(&[&file, &titled]);
    page.until("both came", || articles(page) == before + 2);
    page.rest(300);
    assert_eq!(page.read("window.hacked ?? null"), Value::Null);
    let all = texts(page);
    let text = all
        .iter()
        .find(|it| it.contains("An item"))
        .expect("the HTML file's text");
    assert!(
        text.contains("First bold words & more.") && text.contains("Last words."),
        "{text}"
    );
    assert!(
        !text.contains("hacked") && !text.contains("color:red"),
        "{text}"
    );
    assert_eq!(
        page.count("#workspace img, #workspace iframe, #workspace script"),
        0
    );
}

fn paste_dialog(page: &Page) {
    page.step("a text is pasted by hand");
    let before = articles(page);
    page.click("#topbar", "Paste text");
    page.fill("#paste-title", "By hand");
    page.fill(
        "#paste-text",
        "Typed text with a café.\n\nAnd a second paragraph.",
    );
    page.click("#paste", "Add article");
    page.until("it came", || articles(page) == before + 1);
    page.until("it is open", || {
        page.blocks().iter().any(|it| it.contains("Typed text"))
    });
    page.click("#topbar", "Paste text");
    page.find("dialog#paste");
    page.click("#paste", "Cancel");
    page.until("the dialog is closed", || !page.sees("dialog#paste"));
    assert_eq!(articles(page), before + 1);
}

fn paste_key(page: &Page) {
    page.step("Ctrl+V anywhere opens the dialog with the text");
    let block = page.long_blocks(3)[0];
    page.click_text(page.words(block, 1, 1), 2);
    let word = page.words_at(page.words(block, 1, 1));
    page.press(&[key::CONTROL], 'c');
    page.press(&[key::CONTROL], 'v');
    page.find("dialog#paste");
    let value = "document.querySelector('#paste-text').value.trim()";
    page.until("the text is filled in", || page.text_of(value) == word);
    page.press(&[], key::ESCAPE);
    page.until("Escape closes the dialog", || !page.sees("dialog#paste"));
}

fn drops(page: &Page) {
    page.step("files are dropped on the page");
    let before = articles(page);
    let files = [
        write(page, "dropped-1.txt", "Dropped first\n\nInto the page."),
        write(
            page,
            "dropped-2.md",
            "# Dropped second\n\nInto the page as well.",
        ),
    ];
    let at = page.middle_of("#reader");
    for kind in ["dragEnter", "dragOver", "drop"] {
        let data = json!({"items": [], "files": files, "dragOperationsMask": 1});
        let event = json!({"type": kind, "x": at.x, "y": at.y, "data": data});
        page.browser.devtools("Input.dispatchDragEvent", event);
    }
    page.until("both came", || articles(page) == before + 2);
    assert!(!page.sees("#drop-veil"));
}
