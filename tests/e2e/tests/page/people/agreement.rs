//! How far people agree, in numbers and in the text.

use e2e::actions::chords;

use super::*;

#[test]
fn agreement_is_shown_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1280, 860, 1.0);
        agreement(page);
        looks(page);
    });
}

#[test]
fn agreement_is_shown_in_firefox() {
    run(&Options::new(Engine::Firefox), agreement);
}

#[test]
fn a_page_is_closed_while_it_counts() {
    run(&Options::new(Engine::Chromium), |page| {
        open_class(page);
        // Of few marks it is counted in a moment.
        let mut words: Vec<&str> = sample::BICYCLE.split_whitespace().collect();
        words.sort();
        words.dedup();
        let many = ["dan", "eve", "fay", "gus"].map(|who| {
            let marks = words.iter().map(|it| (*it, sample::LABELS[it.len() % 3]));
            (who, made_by(who, &marks.collect::<Vec<_>>()))
        });
        bring_in(page, &many);
        command(page, "People:");
        page.click("#people", "Agreement");
        page.find("#people .people-judged");
        let throttle = |rate: u32| {
            let rate = json!({"rate": rate});
            page.browser
                .devtools("Emulation.setCPUThrottlingRate", rate)
        };
        throttle(20);
        page.read(
            "new MutationObserver(() => window.__counted ||= !!document.querySelector('.work-line progress'))
               .observe(document.querySelector('#people'), {childList: true, subtree: true})",
        );
        let button = page.button("#people", "Count γ too");
        page.browser.wait(button.focus());
        let keys = chords(&[(&[], key::ENTER), (&[], key::ESCAPE)]);
        page.browser.act(keys);
        page.until("it is closed", || !page.sees("#people"));
        throttle(1);
        assert!(page.is("window.__counted === true"), "it was counted");
        page.rest(1_000);
        page.step("the page is alive");
        command(page, "People:");
        page.click("#people", "Agreement");
        page.find("#people .people-judged");
    });
}

/// A file of somebody who marked these words of the first article of the pair.
pub(crate) fn made_by(who: &str, marks: &[(&str, &str)]) -> String {
    let letters: Vec<char> = sample::BICYCLE.chars().collect();
    let text: String = letters.iter().collect();
    let place = |words: &str| {
        let at = text.find(words).expect("the words are there");
        let start = text[..at].chars().count();
        (start, start + words.chars().count())
    };
    let marks: Vec<sample::Marked> = marks
        .iter()
        .map(|(words, label)| {
            let (start, end) = place(words);
            let label = sample::LABELS
                .into_iter()
                .find(|it| it == label)
                .expect("a label");
            sample::Marked { start, end, label }
        })
        .collect();
    let mut project = sample::project("bicycle", "Bicycle repair", sample::BICYCLE, &marks);
    project["annotators"] = json!([{"id": who, "name": who}]);
    let all = project["documents"][0]["annotations"]
        .as_array_mut()
        .expect("a list");
    for it in all.iter_mut() {
        it["creator"] = json!(who);
        it["id"] = json!(format!("{who}-{}", it["id"].as_str().unwrap_or_default()));
    }
    project["handIn"] =
        json!({"lesson": "", "name": who, "annotator": who, "at": "2031-05-03T09:00:00Z"});
    project.to_string()
}

/// Takes over files that were made by several.
pub(crate) fn bring_in(page: &Page, files: &[(&str, String)]) {
    let merge = "return await window.sourcelight.mergeFiles(arguments[0].map(([name, bytes]) => ({name, bytes})))";
    let told = page.browser.read_later(merge, vec![json!(files)]);
    assert_eq!(told["changed"], true, "{told}");
}

fn class() -> [Vec<(&'static str, &'static str)>; 3] {
    let one = vec![("forty repair posts", "claim"), ("a cruel joke", "opinion")];
    let two = vec![
        ("will pay for forty repair posts", "claim"),
        ("a cruel joke", "opinion"),
    ];
    let three = vec![("forty repair posts", "claim"), ("a cruel joke", "claim")];
    [one, two, three]
}

pub(crate) fn open_class(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.click("#hint", "Got it");
    let files: Vec<(String, String)> = ["ann", "ben", "cleo"]
        .iter()
        .zip(class())
        .map(|(who, marks)| (format!("{who}.json"), made_by(who, &marks)))
        .collect();
    let files: Vec<(&str, String)> = files
        .iter()
        .map(|it| (it.0.as_str(), it.1.clone()))
        .collect();
    bring_in(page, &files);
}

fn agreement(page: &Page) {
    page.step("the numbers stand in tables, with what cannot be known in a sentence");
    open_class(page);
    command(page, "People:");
    page.click("#people", "Agreement");
    page.find("#people .people-judged");
    let exact = words_of(page, "[data-measure=\"F1, exact\"]");
    assert!(
        exact.contains("0.33"),
        "two of six pairs of marks are the same: {exact}"
    );
    let alpha = words_of(page, "[data-measure=\"Krippendorff’s α\"]");
    assert!(alpha.contains("0."), "{alpha}");
    let told = words_of(page, "#people .people-sum");
    assert!(
        told.starts_with("3 people in 1 article: two of them say the same of "),
        "{told}"
    );
    let hook = page
        .browser
        .read_later("return await window.sourcelight.agreement({})", Vec::new());
    let shown = hook["alpha"]
        .as_f64()
        .map(|it| format!("{it:.2}"))
        .unwrap_or_default();
    assert!(alpha.contains(&shown), "{alpha}: {hook}");
    assert_eq!(list(&hook["pairs"]).count(), 3, "{hook}");
    let card = "const files = await window.sourcelight.exportAs('hugging-face');
                return new TextDecoder().decode(files.find(it => it.name === 'README.md').bytes)";
    let card = page.browser.read_later(card, Vec::new());
    let card = card.as_str().unwrap_or_default();
    for line in [
        "| annotators compared | 3 |".to_owned(),
        format!("| Krippendorff’s α over words | {shown} |"),
    ] {
        assert!(card.lines().any(|it| it == line), "{line}\n{card}");
    }
    let one = page.browser.read_later(
        "return await window.sourcelight.agreement({annotators: ['ann']})",
        Vec::new(),
    );
    assert_eq!(one["alpha"], Value::Null);
    let why = one["reasons"]["alpha"].as_str().unwrap_or_default();
    assert!(why.contains("Two people are needed"), "{one}");

    page.step("one is left out");
    page.click_on("#people .people-choices summary");
    page.click_label("#people", "cleo");
    page.until("two are compared", || {
        words_of(page, "#people .people-sum").starts_with("2 people")
    });
    let exact = words_of(page, "[data-measure=\"F1, exact\"]");
    assert!(exact.contains("0.50"), "{exact}");
    page.click_label("#people", "cleo");
    page.until("three are compared", || {
        words_of(page, "#people .people-sum").starts_with("3 people")
    });

    page.step("γ is counted for who wants it");
    page.click("#people", "Count γ too");
    page.until("it is told", || {
        words_of(page, "#gamma").starts_with("γ is ")
    });

    page.step("the worst passage leads to its place");
    page.click_on("#people .people-passages .way");
    page.until("the dialog is closed", || !page.sees("#people"));

    page.step("the text is tinted by how many marked each word");
    command(page, "People:");
    page.click("#people", "Agreement");
    page.find("#people .people-judged");
    page.click_label("#people", "Show in the text how many marked each word");
    page.press(&[], key::ESCAPE);
    page.find("#heat-bar");
    assert!(words_of(page, "#heat-bar").contains("all of 3 people"));
    if page.is("'highlights' in CSS") {
        page.until("words have tints", || {
            page.is("CSS.highlights.has('heat-5') && CSS.highlights.has('heat-2')")
        });
    }
    assert!(page.is("document.querySelector('#reader').classList.contains('is-plain')"));
    if !page.is_firefox() {
        page.screenshot("heat");
    }
    page.click("#heat-bar", "Show the marks again");
    page.until("the marks are back", || {
        !page.sees("#heat-bar")
            && page.is("!document.querySelector('#reader').classList.contains('is-plain')")
    });
}

fn looks(page: &Page) {
    command(page, "People:");
    page.click("#people", "Agreement");
    page.find("#people .people-judged");
    page.assert_accessible("agreement");
    page.screenshot("agreement");
    let scroll = "document.querySelector('#people .people-body').scrollTop = 800";
    page.browser.read(scroll, Vec::new());
    page.screenshot("agreement-below");
    page.resize(390, 800, 1.0);
    page.pretend("prefers-color-scheme", "dark");
    page.rest(600);
    page.screenshot("agreement-phone-dark");
}
