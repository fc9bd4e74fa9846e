//! Links that hold articles and marks: made, opened where nothing is stored yet, refused where they are not
//! what was made. What stands in them is the matter of the native tests.

use e2e::exported::{annotations, assert_exact};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::{Value, json};

use crate::commands::run_command;
use crate::doors::{documents, open_pair, words_of};
use crate::loading::write;
use crate::storage::mark;

const WORDS: [&str; 2] = ["forty repair posts", "the lake office"];

/// Opens the dialog and waits for a link.
#[track_caller]
fn share(page: &Page) {
    run_command(page, "share a link");
    page.find("dialog#share");
    page.find("#share-link");
}

/// The link that stands in the dialog.
fn link(page: &Page) -> String {
    page.text_of("document.getElementById('share-link')?.value ?? ''")
}

/// What follows the `#` of the link that the dialog offers; the dialog is closed then.
#[track_caller]
fn fragment(page: &Page) -> String {
    let link = link(page);
    page.click("#share", "Close");
    page.until("the dialog is closed", || !page.sees("#share"));
    let (_, fragment) = link.split_once('#').expect("it has a fragment");
    fragment.to_owned()
}

/// A link that holds this.
fn holding(page: &Page, content: &str) -> String {
    let script = "const stream = new Blob([arguments[0]]).stream().pipeThrough(new CompressionStream('deflate-raw'));
        const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
        let [a, b] = [1, 0];
        for (const byte of bytes) { a = (a + byte) % 65521; b = (b + a) % 65521 }
        const all = [b >> 8, b & 255, a >> 8, a & 255, ...bytes];
        return btoa(String.fromCharCode(...all)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')";
    let signs = page.browser.read_later(script, vec![json!(content)]);
    format!("share=1.{}", signs.as_str().expect("it is packed"))
}

/// Follows a link in the tab that is open, as a press on it in another program does.
fn follow(page: &Page, fragment: &str) {
    let address = page.text_of("location.href.split('#')[0]");
    let driver = page.browser.driver();
    page.browser
        .wait(driver.goto(format!("{address}#{fragment}")));
}

fn has_no_share(page: &Page) -> bool {
    page.is("!location.hash.includes('share')")
}

#[test]
fn a_link_there_and_back_in_chromium() {
    run(&Options::new(Engine::Chromium), there_and_back);
}

#[test]
fn a_link_there_and_back_in_firefox() {
    run(&Options::new(Engine::Firefox), there_and_back);
}

fn there_and_back(page: &Page) {
    page.open("");
    page.click("#hint", "Got it");
    page.step("two marks, and a link of the open article");
    let long = page.long_blocks(20);
    let marked: Vec<String> = [(long[0], '1'), (long[1], '2')]
        .into_iter()
        .map(|(block, label)| {
            let place = page.words(block, 2, 3);
            let words = page.words_at(place);
            page.drag(place);
            page.label(label);
            page.until_painted(&words);
            page.press(&[], key::ESCAPE);
            words
        })
        .collect();
    let article = page.open_document();
    let before = annotations(&page.project()).len();
    assert_eq!(before, 2);
    share(page);
    let told = words_of(page, "#share-told");
    let length = link(page).chars().count();
    assert!(
        told.starts_with("1 article with 2 marks. The link has ")
            && told.contains(&format!(" {length} characters: some programs cut")),
        "{told}"
    );
    if !page.is_firefox() {
        page.assert_accessible("a link to share");
        page.screenshot("share");
        page.resize(390, 844, 1.0);
        page.assert_accessible("a link to share, narrow");
        page.screenshot("share-390");
        page.browser
            .devtools("Emulation.clearDeviceMetricsOverride", json!({}));
    }

    page.step("marks only is shorter; all articles is longer");
    page.click_label("#share", "Marks only");
    page.until("it is shorter", || {
        (100..length).contains(&link(page).len())
    });
    page.click_label("#share", "With the texts");
    page.click_label("#share", "All articles");
    page.until("five articles are told", || {
        words_of(page, "#share-told").starts_with("5 articles with 2 marks")
    });
    assert!(link(page).len() > length);
    page.click_label("#share", "This article");
    page.until("it is the first again", || link(page).len() == length);

    page.step("it is copied");
    let whole = link(page);
    page.click("#share", "Copy the link");
    page.until_said(&format!("Copied a link of {length} characters"));
    page.until("the dialog is closed", || !page.sees("#share"));
    let page_address = page.text_of("location.href.split('#')[0]");
    let fragment = whole
        .strip_prefix(&format!("{page_address}#"))
        .expect("it is an address of this page");

    page.step("where nothing is stored it is shown first");
    page.move_to_fresh_origin();
    page.open(&format!("#{fragment}"));
    page.find("dialog#import");
    page.until("it is read", || {
        words_of(page, "#import .side-note").contains("2 marks: 2 placed")
    });
    assert_eq!(words_of(page, "#import h2"), "What the link holds");
    assert!(page.painted().is_empty(), "nothing is taken over");
    assert!(has_no_share(page));
    if !page.is_firefox() {
        page.assert_accessible("what a link holds");
        page.screenshot("share-opened");
        page.pretend("prefers-color-scheme", "dark");
        page.assert_accessible("what a link holds, dark");
        page.screenshot("share-opened-dark");
        page.pretend("prefers-color-scheme", "light");
    }
    page.click("#import", "Cancel");
    page.until("the dialog is closed", || !page.sees("#import"));
    page.reload();
    page.rest(300);
    assert!(!page.sees("#import"), "a reload asks again");
    assert!(annotations(&page.project()).is_empty());

    page.step("followed in a tab that is open, and taken over by one step");
    follow(page, fragment);
    page.find("dialog#import");
    assert!(has_no_share(page));
    page.click("#import", "Import");
    page.until_said("Opened 2 marks");
    assert_eq!(page.open_document(), article);
    for words in &marked {
        page.until_painted(words);
    }
    assert_eq!(assert_exact(&page.project()), 2);

    page.step("the same again brings nothing");
    follow(page, fragment);
    page.until("it is read", || {
        words_of(page, "#import .side-note").contains("2 here already")
    });
    page.click("#import", "Cancel");
    page.until("the dialog is closed", || !page.sees("#import"));
    page.press(&[key::CONTROL], 'z');
    page.until("one undo takes it back", || {
        annotations(&page.project()).is_empty()
    });
}

#[test]
fn marks_alone_go_to_the_same_text_and_to_no_other() {
    run(&Options::new(Engine::Chromium), |page| {
        open_pair(page);
        mark(page, WORDS[0]);
        mark(page, WORDS[1]);
        share(page);
        let length = link(page).len();
        let whole = fragment(page);
        share(page);
        page.click_label("#share", "Marks only");
        page.until("it is made", || (100..length).contains(&link(page).len()));
        assert!(words_of(page, "#share").contains("It opens where the same texts are"));
        let marks = fragment(page);

        page.step("a page that has not the text names it");
        page.move_to_fresh_origin();
        page.open(&format!("#{marks}"));
        page.until("what is missing is named", || {
            words_of(page, "#import").contains("The link: The text of “Bicycle repair” is not here")
        });
        assert!(page.is("document.querySelector('#import .primary').disabled"));
        page.screenshot("share-missing");
        page.click("#import", "Cancel");
        page.until("the dialog is closed", || !page.sees("#import"));
        follow(page, &whole);
        page.until("with the text it would come", || {
            words_of(page, "#import .side-note").contains("1 new article, 2 marks: 2 placed")
        });
        page.click("#import", "Cancel");
        page.until("the dialog is closed", || !page.sees("#import"));

        page.step("a page that has it takes the marks over");
        page.open(&format!("{}#{marks}", sample::PAIR));
        page.until("they are found", || {
            words_of(page, "#import .side-note").contains("2 marks: 2 placed")
        });
        page.click("#import", "Import");
        page.until_painted(WORDS[0]);
        page.until_painted(WORDS[1]);
        assert_eq!(assert_exact(&page.project()), 2);
        page.press(&[key::CONTROL], 'z');
        page.until("they are gone", || page.painted().is_empty());
    });
}

#[test]
fn what_is_too_long_is_told_and_goes_as_a_file() {
    run(&Options::new(Engine::Chromium), |page| {
        open_pair(page);
        let mut dice = sample::Dice::new(5);
        let words = (0..4_000).map(|_| format!("w{} ", dice.below(1_000_000)));
        let words = format!("Long words\n\n{}", words.collect::<String>());
        let long = write(page, "long.txt", words);
        page.choose_files(&[&long]);
        page.until_said("Opened 1 article");
        run_command(page, "share a link");
        page.button("#share", "Export a file instead");
        let told = words_of(page, "#share-told");
        assert!(told.contains("and it may have at most 16000"), "{told}");
        assert!(page.is("document.querySelector('#share .primary').disabled"));
        page.assert_accessible("a link that is too long");
        page.screenshot("share-too-long");
        page.pretend("prefers-color-scheme", "dark");
        page.assert_accessible("a link that is too long, dark");
        page.screenshot("share-too-long-dark");
        page.step("another choice is short enough");
        page.click_label("#share", "Chosen articles");
        page.click_label("#share .chooser", "Bicycle repair");
        page.click_label("#share .chooser", "Long words");
        page.find("#share-link");
        page.screenshot("share-chosen");
        page.click_label("#share .chooser", "Bicycle repair");
        page.until("none is chosen", || {
            words_of(page, "#share-told") == "Choose an article."
        });
        assert!(!page.sees("#share-link"));
        page.click_label("#share", "All articles");
        page.click("#share", "Export a file instead");
        page.find("dialog#export");
        assert!(!page.sees("#share"));
    });
}

#[test]
fn links_that_are_not_what_was_made_are_refused_in_words() {
    run(&Options::new(Engine::Chromium), refused);
}

#[test]
fn links_are_refused_in_firefox_too() {
    run(&Options::new(Engine::Firefox), refused);
}

fn refused(page: &Page) {
    open_pair(page);
    mark(page, WORDS[0]);
    share(page);
    let good = fragment(page);
    let before = documents(page);
    let project = page.project();
    let much = format!("{}{}", project, " ".repeat(600_000));
    let mut newer = project.clone();
    newer["version"] = json!("2.0");
    for (words, link) in [
        ("is not complete", good[..good.len() - 5].to_owned()),
        ("is not complete", "share=1.".to_owned()),
        ("of another version of the page", good.replace("=1.", "=2.")),
        ("holds more than 512 kB", holding(page, &much)),
        (
            "does not hold articles and marks",
            holding(page, "<script>window.out = 1</script>"),
        ),
        (
            "the longest that is opened",
            format!("{good}{}", "A".repeat(16_000)),
        ),
    ] {
        page.step(words);
        follow(page, &link);
        page.until_said(words);
        assert!(!page.sees("dialog[open]") && has_no_share(page));
    }
    page.step("a project file of a newer page is told in the dry run");
    follow(page, &holding(page, &newer.to_string()));
    page.until("it is told", || {
        words_of(page, "#import").contains("this page reads version 1")
    });
    page.click("#import", "Cancel");
    page.until("the dialog is closed", || !page.sees("#import"));
    assert_eq!(documents(page), before, "nothing has changed");

    page.step("a link that is broken at the start holds up nothing");
    page.open(&format!("{}#share=1.AAAA", sample::PAIR));
    page.until_said("is not complete");
    page.until_painted(WORDS[0]);
    assert!(has_no_share(page));

    page.step("what looks like a script is text");
    follow(page, &holding(page, &hostile().to_string()));
    page.until("it is read", || {
        words_of(page, "#import .side-note").contains("1 new article, 1 mark: 1 placed")
    });
    page.click("#import", "Import");
    page.until("it is open", || {
        page.blocks().iter().any(|it| it.contains("<img src=x"))
    });
    assert!(!page.is("'out' in window"), "a text of a link ran");
    assert_eq!(assert_exact(&page.project()), 2);
}

/// A project whose words would run if they were taken for HTML.
fn hostile() -> Value {
    const RUNS: &str = "<img src=x onerror='window.out = 1'><script>window.out = 1</script>";
    let text = format!("{RUNS}\n\nBefore it comes {RUNS} and more follows.\n");
    let marks = [sample::Marked {
        start: 0,
        end: 4,
        label: "claim",
    }];
    let mut project = sample::project("hostile", RUNS, &text, &marks);
    project["documents"][0]["source"] = json!({"outlet": RUNS, "url": "javascript:window.out = 1"});
    project
}
