//! Words are found, labelled without a drag, and marked wherever they stand.

use e2e::{Engine, Options, Page, key, run, sample};

#[test]
fn find_and_label_by_keys_in_chromium() {
    run(&Options::new(Engine::Chromium), main_path);
}

#[test]
fn find_and_label_by_keys_in_firefox() {
    run(&Options::new(Engine::Firefox), main_path);
}

fn main_path(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    while_typing(page);
    find_and_label(page);
    from_the_bar(page);
    the_same_everywhere(page);
}

const FIELD: &str = "document.activeElement?.id === 'find-words'";

/// What is tinted by the rule of this name.
fn tinted(page: &Page, name: &str) -> Vec<String> {
    let script = format!("[...(CSS.highlights.get('{name}') ?? [])].map(it => it.toString())");
    let words = page.read(&script);
    let words = words.as_array().into_iter().flatten();
    words
        .map(|it| it.as_str().unwrap_or_default().to_owned())
        .collect()
}

fn tally(page: &Page) -> String {
    page.text_of("document.querySelector('#find-tally')?.textContent ?? ''")
}

#[track_caller]
fn until_tally(page: &Page, wanted: &str) {
    page.until(
        &format!("it says “{wanted}”, not “{}”", tally(page)),
        || tally(page) == wanted,
    );
}

/// Opens the bar by its key and types over what is in it.
fn search(page: &Page, words: &str) {
    page.press(&[], '/');
    page.until("the field has the focus", || page.is(FIELD));
    page.type_keys(words);
}

/// How many places the dialog lists.
fn places(page: &Page) -> u64 {
    let count = "document.querySelector('.same-list li')?.getAttribute('aria-setsize') ?? '0'";
    page.text_of(count).parse().unwrap_or(0)
}

/// Moves the focus with Tab until it is on a control with these words.
fn tab_to(page: &Page, scope: &str, words: &str) {
    let script = format!(
        "!!document.activeElement.closest('{scope}') && [document.activeElement.innerText, document.activeElement.closest('label')?.innerText].some(it => it?.trim() === '{words}')"
    );
    for _ in 0..40 {
        if page.is(&script) {
            return;
        }
        page.press(&[], key::TAB);
    }
    panic!("Tab does not lead to {words} in {scope}");
}

fn while_typing(page: &Page) {
    page.step("all matches show as one types, whatever the case and the quotes");
    search(page, "The");
    let count = page
        .read("[...[...document.querySelectorAll('[data-block]')].map(it => it.textContent).join(' ').matchAll(/the/gi)].length");
    until_tally(page, &format!("1 of {count}"));
    page.until("one is the current one", || {
        tinted(page, "current") == ["the"]
    });
    page.until("others in sight are tinted", || {
        let found = tinted(page, "found");
        found.len() > 2 && found.iter().all(|it| it.eq_ignore_ascii_case("the"))
    });
    assert_eq!(page.painted().len(), 0);
    page.click_label("#find-bar", "Whole words");
    let whole = page.read(
        "[...[...document.querySelectorAll('[data-block]')].map(it => it.textContent).join(' ').matchAll(/\\bthe\\b/gi)].length",
    );
    until_tally(page, &format!("1 of {whole}"));
    page.click_label("#find-bar", "Exact case");
    page.until("capitals alone are found", || {
        tinted(page, "current") == ["The"]
    });
    page.click_label("#find-bar", "Exact case");
    page.click_label("#find-bar", "Whole words");
    page.fill("#find-words", "\"nobody should");
    page.until("plain quotes find curly ones", || {
        tinted(page, "current") == ["“Nobody should"]
    });
    page.fill("#find-words", "nowhere to be found");
    until_tally(page, "No match");
    assert!(tinted(page, "found").is_empty());
}

fn find_and_label(page: &Page) {
    page.step("Enter selects, Escape gives the focus back, a digit labels");
    page.fill("#find-words", "post");
    page.until("a match is current", || tinted(page, "current") == ["post"]);
    let before = tally(page);
    page.press(&[], key::ENTER);
    page.find("#draft-bar");
    assert_eq!(
        tally(page),
        before,
        "the current one is the first to be selected"
    );
    assert!(page.is(FIELD), "one goes on typing");
    page.press(&[], key::ENTER);
    page.until("the next one", || tally(page) != before);
    page.press(&[key::SHIFT], key::ENTER);
    until_tally(page, &before);
    page.until("it is the draft", || tinted(page, "draft") == ["post"]);
    page.press(&[], key::ESCAPE);
    page.until("the bar is closed", || !page.sees("#find-bar"));
    assert!(tinted(page, "current").is_empty() && tinted(page, "found").is_empty());
    assert!(page.is("document.activeElement.id === 'reader'"));
    page.press(&[], '2');
    page.until_painted("post");
    page.press(&[], '/');
    page.until("the words are still there", || {
        page.is(FIELD) && page.is("document.querySelector('#find-words').value === 'post'")
    });
    page.press(&[], key::ENTER);
    page.until("Enter goes on to the next one", || {
        tally(page) != before && tinted(page, "draft") == ["post"]
    });
    page.press(&[], key::ESCAPE);
    page.press(&[], key::ESCAPE);
    page.press(&[], key::ESCAPE);

    page.step("the button that opened the bar gets the focus back");
    page.click("#topbar", "Find");
    page.until("the field has the focus", || page.is(FIELD));
    page.press(&[], key::ESCAPE);
    page.until("the button has it", || {
        page.is("document.activeElement.innerText === 'Find'")
    });
    page.press(&[key::CONTROL], 'z');
    page.until("nothing is marked", || page.painted().is_empty());
}

fn from_the_bar(page: &Page) {
    page.step("a label in the bar marks the current match and goes on to the next");
    search(page, "post");
    page.until("matches are there", || tally(page).contains(" of "));
    let count: usize = tally(page)
        .rsplit(' ')
        .next()
        .and_then(|it| it.parse().ok())
        .expect("the last word is a number");
    tab_to(page, "#find-bar", "Opinion");
    for marked in 1..=3 {
        page.press(&[], key::SPACE);
        page.until("one more is marked", || page.painted().len() == marked);
    }
    assert!(count > 3, "there are {count}");
    assert!(page.painted().iter().all(|it| it.text == "post"));
    page.press(&[], key::ESCAPE);
    for left in [2, 1, 0] {
        page.press(&[key::CONTROL], 'z');
        page.until("one is taken back", || page.painted().len() == left);
    }
}

fn the_same_everywhere(page: &Page) {
    page.step("a mark's words are marked wherever they stand, in one step");
    page.press(&[], key::ESCAPE);
    page.until("the bar is closed", || !page.sees("#find-bar"));
    page.rest(100);
    page.select("the");
    page.label('1');
    page.until_painted("the");
    page.button("#mark-bar", "Mark all…");
    tab_to(page, "#mark-bar", "Mark all…");
    page.press(&[], key::ENTER);
    page.find("dialog#mark-all");
    let boxes = ".same-list input";
    page.until("the places are listed", || places(page) > 0);
    let here = places(page);
    // All but the one that is marked are ticked.
    page.button("#mark-all", &format!("Mark {}", here - 1));
    assert_eq!(page.count(&format!("{boxes}:disabled")), 1);
    page.click("#mark-all", "Quote");
    page.until("none is a quote yet", || {
        page.count(&format!("{boxes}:disabled")) == 0
    });
    page.click("#mark-all", "Claim");
    page.until("one is a claim", || {
        page.count(&format!("{boxes}:disabled")) == 1
    });
    tab_to(page, "#mark-all", "Exact case");
    page.press(&[], key::SPACE);
    page.until("fewer are left", || places(page) < here);
    page.press(&[], key::SPACE);
    page.until("all are back", || places(page) == here);
    page.click_label("#mark-all", "All articles");
    page.until("those of the other article come", || places(page) > here);
    let all = places(page);
    page.read("document.querySelector('.same-list input:checked').focus()");
    page.press(&[], key::SPACE);
    let name = format!("Mark {}", all - 2);
    page.button("#mark-all", &name);
    tab_to(page, "#mark-all", &name);
    page.press(&[], key::ENTER);
    page.until_said(&format!("Marked {} as claim", all - 2));
    assert!(!page.sees("dialog#mark-all"));
    let marked = || e2e::exported::annotations(&page.project()).len() as u64;
    assert_eq!(marked(), all - 1);
    e2e::exported::assert_exact(&page.project());
    page.press(&[key::CONTROL], 'z');
    page.until("one step takes all back", || marked() == 1);
    page.press(&[key::CONTROL, key::SHIFT], 'z');
    page.until("and does it again", || marked() == all - 1);
}

#[test]
fn a_long_article() {
    run(&Options::new(Engine::Chromium), |page| {
        let file = page.browser.downloads.join("long.txt");
        let line =
            "“It’s the keeper’s boat,” said the harbour office, and the ferry left at noon.\n\n";
        let mut text = line.repeat(1_000_000 / line.len());
        text.push_str("Here the lantern went out.\n");
        std::fs::write(&file, text).expect("a file");
        page.open("");
        page.choose_files(&[&file]);
        page.until("it is open", || {
            page.is("document.title.includes('keeper')")
        });
        page.press(&[], '/');
        page.until("the field has the focus", || page.is(FIELD));
        page.read(
            "(() => { window.__keys = []; const field = document.getElementById('find-words');
              addEventListener('input', () => { const start = performance.now(), channel = new MessageChannel();
                channel.port1.onmessage = () => { document.body.offsetHeight; window.__keys.push(Math.round(performance.now() - start)); };
                channel.port2.postMessage(0); }, true); return true })()",
        );
        page.step("each key is answered at once");
        page.type_keys("the ferry");
        page.until("the last key is answered", || {
            tally(page).starts_with("1 of 1")
        });
        println!("  milliseconds by key: {}", page.read("window.__keys"));
        page.step("a match far away comes into sight");
        page.fill("#find-words", "lantern");
        until_tally(page, "1 of 1");
        in_sight(page, "current", "lantern");
        page.fill("#find-words", "keeper's");
        page.press(&[key::SHIFT], key::ENTER);
        in_sight(page, "current", "keeper’s");
        page.step("thousands are looked over in a list of few rows");
        page.click("#find-bar", "Mark all…");
        page.find("dialog#mark-all");
        let all = 1_000_000 / line.len() as u64;
        page.until("they are listed", || places(page) == all);
        page.read("document.querySelector('.same-list').scrollTop = 10_000_000");
        let last = format!(".same-list li[aria-posinset='{all}'] input");
        page.until("the last one comes", || page.sees(&last));
        assert!(
            page.count(".same-list li") < 60,
            "few rows stand in the page"
        );
        page.click_on(&last);
        page.button("#mark-all", &format!("Mark {}", all - 1));
        page.read("document.querySelector('.same-list').scrollTop = 0");
        page.until("the first one comes", || {
            page.sees(".same-list li[aria-posinset='1']")
        });
        page.read("document.querySelector('.same-list').scrollTop = 10_000_000");
        page.until("the last one comes back", || page.sees(&last));
        assert!(
            !page.sees(&format!("{last}:checked")),
            "its tick is gone for good"
        );
        page.assert_accessible("mark all, many matches");
        page.click("#mark-all", "Cancel");
        page.until("the focus is back", || {
            page.is("document.activeElement.innerText === 'Mark all…'")
        });
    });
}

/// Waits until the tinted words can be seen in the reading area.
fn in_sight(page: &Page, name: &str, words: &str) {
    page.until("it can be seen", || {
        page.is(&format!(
            "(() => {{ const all = [...(CSS.highlights.get('{name}') ?? [])]; if (all.length !== 1 || all[0].toString() !== \"{words}\") return false;
               const box = all[0].getBoundingClientRect(), area = document.getElementById('reading').getBoundingClientRect();
               return box.height > 0 && box.top >= area.top && box.bottom <= area.bottom; }})()"
        ))
    });
}

#[test]
fn the_bar_is_accessible_and_fits_a_phone() {
    for phone in [false, true] {
        let mut options = Options::new(Engine::Chromium);
        options.phone = phone;
        run(&options, |page| {
            sample::add_pair(page);
            page.open(sample::PAIR);
            if phone {
                page.click("#topbar", "Menu");
            }
            page.click("#topbar", "Find");
            page.until("the field has the focus", || page.is(FIELD));
            page.type_keys("posts");
            page.press(&[], key::ENTER);
            page.until("matches are there", || tally(page).starts_with("1 of"));
            page.assert_accessible("find bar");
            page.screenshot(if phone { "find-phone" } else { "find" });
            page.click("#find-bar", "Mark all…");
            page.find("dialog#mark-all");
            page.assert_accessible("mark all");
            page.screenshot(if phone { "mark-all-phone" } else { "mark-all" });
            let wide = page.read("document.documentElement.scrollWidth - innerWidth");
            assert!(
                wide.as_i64().is_some_and(|it| it <= 0),
                "the page is {wide} too wide"
            );
            page.press(&[], key::ESCAPE);
            if !phone {
                page.click("#find-bar", "Close");
                crate::commands::run_command(page, "theme dark");
                page.press(&[], '/');
                page.until("matches are there", || tally(page).starts_with("1 of"));
                page.assert_accessible("find bar, dark");
                page.pretend("forced-colors", "active");
                page.assert_accessible("find bar, forced colours");
            }
        });
    }
}
