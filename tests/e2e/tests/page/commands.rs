//! The list of commands: searched, run by keys and by finger, and told to assistive technology.

use e2e::{Engine, Options, Page, key, run, sample};

/// Runs the command that fits these words best.
pub fn run_command(page: &Page, words: &str) {
    open(page);
    page.type_keys(words);
    page.press(&[], key::ENTER);
    page.until("the list is closed", || !page.sees("dialog#commands"));
}

fn open(page: &Page) {
    page.press(&[key::CONTROL], 'k');
    page.find("dialog#commands");
    page.until("one can type", || {
        page.is("document.activeElement.id === 'command-words'")
    });
}

/// The name of the row that Enter would run.
fn active(page: &Page) -> String {
    page.text_of(
        "(() => { const row = document.getElementById(document.activeElement.getAttribute('aria-activedescendant'));
           return row?.matches('[role=option][aria-selected=true]') ? row.querySelector('span').textContent : ''; })()",
    )
}

#[test]
fn commands_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        body(page);
        many_articles(page);
        for (feature, value) in [
            ("prefers-color-scheme", "dark"),
            ("forced-colors", "active"),
        ] {
            page.pretend(feature, value);
            open(page);
            page.assert_accessible("the list of commands");
            page.type_keys("redo");
            page.assert_accessible("a command that does nothing");
            page.press(&[], key::ESCAPE);
        }
    });
}

#[test]
fn commands_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

#[test]
fn commands_on_a_phone() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        page.click("#topbar", "Menu");
        page.click("#topbar", "Commands");
        page.find("dialog#commands");
        page.assert_accessible("phone, the list of commands");
        let wide = page.read("document.documentElement.scrollWidth - innerWidth");
        assert!(
            wide.as_i64().is_some_and(|it| it <= 0),
            "the page is {wide} too wide"
        );
        let low = page.read(
            "[...document.querySelectorAll('#command-list li')].filter(it => it.getBoundingClientRect().height < 44).length",
        );
        assert_eq!(low, 0, "rows are lower than 44 pixels");
        page.type_keys("kites");
        page.until("the article is found", || active(page).contains("Kites"));
        page.screenshot("phone-commands");
        page.tap_on("#command-list li");
        page.until("it is open", || page.open_document() == "kites");
    });
}

fn body(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.step("a selection is marked by a command, found by words in any order");
    page.select("forty repair posts");
    page.find("#draft-bar");
    open(page);
    page.type_keys("quote mark");
    page.until("it is found", || active(page) == "Mark as quote");
    page.press(&[], key::ENTER);
    page.until_painted("forty repair posts");
    page.until("it is a quote", || {
        page.count("#reader mark[data-labels=quote]") == 1
    });
    assert!(!page.sees("dialog#commands"));

    page.step("the last used comes first; arrows go on, and around");
    open(page);
    assert_eq!(active(page), "Mark as quote");
    page.press(&[], key::UP);
    page.until("the last row", || active(page) != "Mark as quote");
    page.press(&[], key::DOWN);
    page.until("the first row", || active(page) == "Mark as quote");
    page.type_keys("theme");
    page.until("themes are found", || active(page).starts_with("Theme"));
    let first = active(page);
    page.press(&[], key::DOWN);
    page.until("the second one", || active(page) != first);
    page.press(&[], key::ENTER);
    page.until("it was done", || {
        page.is("'theme' in document.documentElement.dataset")
    });

    page.step("what does nothing now says why, and stays");
    open(page);
    page.type_keys("redo");
    page.until("it is found", || active(page) == "Redo");
    let why = "document.querySelector('#command-list [aria-selected=true][aria-disabled=true] small')?.textContent";
    assert_eq!(page.text_of(why), "There is nothing to redo.");
    page.press(&[], key::ENTER);
    page.rest(100);
    assert!(page.sees("dialog#commands"));
    page.press(&[], key::ESCAPE);
    page.until("Escape closes it", || !page.sees("dialog#commands"));

    page.step("a command opens a dialog, and keys of commands still work after it");
    run_command(page, "export");
    page.find("dialog#export");
    page.press(&[], key::ESCAPE);
    page.until("it is closed", || !page.sees("dialog#export"));
    run_command(page, "undo");
    page.until("the mark is gone", || page.painted().is_empty());

    page.step("articles are found by their titles, also out of a field");
    page.click_on("#mark-filter");
    open(page);
    page.type_keys("kit");
    page.until("it is found", || active(page).contains("Kites"));
    page.click_on("#command-list li");
    page.until("it is open", || page.open_document() == "kites");
}

/// Only so many rows stand in the page, and what is searched is found among all.
fn many_articles(page: &Page) {
    let articles: Vec<_> = (0..300)
        .map(|number| {
            serde_json::json!({"title": format!("Account number {number}"), "text": format!("Words of account {number}.")})
        })
        .collect();
    let file = page.browser.downloads.join("many.json");
    std::fs::write(&file, serde_json::Value::from(articles).to_string()).expect("a file");
    page.choose_files(&[&file]);
    page.until("they are there", || {
        page.is("document.querySelector('.article-list').ariaSetSize > 300 || document.querySelector('.article-list li').ariaSetSize > 300")
    });
    open(page);
    assert!(page.count("#command-list li") <= 60);
    page.type_keys("299");
    page.until("the last one is found", || {
        active(page).contains("number 299")
    });
    page.press(&[], key::ESCAPE);
}
