//! Narrow and enlarged windows scroll in one direction only; pictures of the page for people.

use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::json;

#[test]
fn nothing_is_cut_off_when_narrow_or_enlarged() {
    run(&Options::new(Engine::Chromium), |page| {
        page.open("");
        page.click("#hint", "Got it");
        mark_some(page);
        page.resize(1280, 800, 1.0);
        page.screenshot("desktop-light");
        page.press(&[], 'n');
        page.find("#mark-bar");
        page.screenshot("desktop-focus");
        page.press(&[], key::ESCAPE);
        page.pretend("prefers-color-scheme", "dark");
        page.reload();
        page.screenshot("desktop-dark");
        page.pretend("prefers-color-scheme", "light");
        for (width, height, scale, name) in [
            (390, 844, 1.0, "width-390"),
            (320, 640, 1.0, "width-320"),
            (640, 400, 2.0, "zoom-200"),
            (759, 900, 1.0, "width-759"),
            (760, 900, 1.0, "width-760"),
            (1000, 700, 1.0, "width-1000"),
        ] {
            page.step(name);
            page.resize(width, height, scale);
            page.rest(150);
            fits(page, name);
            page.screenshot(name);
            if width <= 640 {
                page.click("#topbar", "Menu");
                page.click("#topbar", "Export");
                page.find("dialog#export");
                fits(page, &format!("{name}, export"));
                page.click("#export", "Close");
            }
        }
        page.step("text spacing of a reader with a style sheet of their own");
        page.resize(1280, 800, 1.0);
        space_out(page);
        page.rest(150);
        fits(page, "text spacing");
        page.screenshot("text-spacing");
    });
}

fn mark_some(page: &Page) {
    let blocks = page.long_blocks(30);
    for (number, label) in [(0, '1'), (1, '2'), (2, '3')] {
        let place = page.words(blocks[number], 2, 9);
        let words = page.words_at(place);
        page.drag(place);
        page.label(label);
        page.until_painted(&words);
        page.press(&[], key::ESCAPE);
    }
    let place = page.words(blocks[0], 6, 12);
    page.drag(place);
    page.label('3');
    page.until("four marks", || page.painted().len() == 4);
    page.press(&[], key::ESCAPE);
}

/// Neither the page nor the text scrolls sideways, and no button is cut off.
fn fits(page: &Page, name: &str) {
    // A side area that slides away is still there on its way.
    page.until("nothing moves", || {
        page.is("document.getAnimations().length === 0")
    });
    let found = page.read(
        "(() => {
           const wide = [document.documentElement, document.querySelector('#reader'), document.querySelector('.reader-text')]
             .filter(it => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).overflowX !== 'visible' || it.getBoundingClientRect().right > innerWidth + 1)
             .map(it => (it.id || it.className || it.tagName) + ' ' + it.scrollWidth);
           if (document.documentElement.scrollWidth > innerWidth) wide.push('page ' + document.documentElement.scrollWidth);
           const cut = [...document.querySelectorAll('button, select, input, textarea, h1, h2')].filter(it => it.checkVisibility({visibilityProperty: true})
               && !it.closest('.visually-hidden') && !it.classList.contains('visually-hidden') && !it.closest('[inert]'))
             .filter(it => { const box = it.getBoundingClientRect(); return box.width > 0 && box.left < innerWidth && box.right > 0 && (box.right > innerWidth + 1 || box.left < -1); })
             .map(it => it.innerText || it.id);
           return [...wide, ...cut];
         })()",
    );
    assert_eq!(found, json!([]), "at {name} this is wider than the window");
}

/// The values of WCAG 1.4.12, in a style sheet that comes from outside as a reader's own does.
fn space_out(page: &Page) {
    let css = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }";
    let script = "const sheet = new CSSStyleSheet(); sheet.replaceSync(arguments[0]);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]";
    page.browser.read(script, vec![json!(css)]);
}

#[test]
fn the_sample_with_every_script_is_drawn() {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        for (words, label) in [
            ("calls the plan a cruel joke", '3'),
            ("Ana 👩‍🚒", '1'),
            ("إصلاح", '2'),
            ("修理台", '1'),
            ("forty repair posts", '1'),
        ] {
            page.select(words);
            page.label(label);
            page.until_painted(words);
            page.press(&[], key::ESCAPE);
        }
        e2e::exported::assert_exact(&page.project());
        page.screenshot("scripts");
    });
}
