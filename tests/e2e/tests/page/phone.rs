//! A phone of 390×844 and a finger.

use e2e::actions::Point;
use e2e::exported::assert_exact;
use e2e::{Engine, Options, Page, actions, run, sample};

#[test]
fn a_phone_and_a_finger() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        page.open("");
        page.tap_on("#hint button");
        page.until("the hint goes", || !page.sees("#hint"));
        page.assert_fits(390);
        sheets(page);
        marking(page);
        page.screenshot("phone-390");
        page.assert_fits(390);
        assert_exact(&page.project());
    });
}

#[test]
fn grips_and_splitting_by_a_finger() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        page.tap_on("#hint button");
        let tap = |words: &str| page.tap_words(words);
        page.tap_on("#palette button");
        tap("eleven");
        tap("came");
        page.until_painted("eleven people came");
        page.tap_on("#palette [aria-pressed=true]");

        page.step("grips and buttons are as large as a finger, and lie beside each other");
        tap("people came");
        page.find("#mark-bar");
        let small = "[...document.querySelectorAll('.handle, #mark-bar button, #palette button, #palette .switch')]
            .map(it => it.getBoundingClientRect()).filter(it => it.width < 43.5 || it.height < 43.5).length";
        page.until("all are large enough", || page.read(small) == 0);
        let free = "(() => { const bar = document.querySelector('#mark-bar').getBoundingClientRect();
            return [...document.querySelectorAll('.handle')].every(it => {
              const grip = it.getBoundingClientRect(), edge = it.dataset.end === 'start' ? grip.top + 4 : grip.bottom - 4;
              return edge < bar.top || edge > bar.bottom; }); })()";
        page.until("no grip is under the bar", || page.is(free));
        page.screenshot("phone-390-grips");

        page.step(
            "a grip is taken at its knob below the line, and follows the words beside the finger",
        );
        let grip = page.middle_of(".handle[data-end=end]");
        let word = page.inside(page.place("before", 0));
        // The line's middle is 10 pixels above that of the grip.
        let knob = Point {
            x: grip.x + 6.0,
            y: grip.y + 12.0,
        };
        let there = Point {
            x: word.x + 6.0,
            y: word.y + 22.0,
        };
        let covering = format!(
            "document.elementFromPoint({}, {})?.dataset.end === 'end'",
            knob.x, knob.y
        );
        assert!(page.is(&covering), "the knob is below the line");
        page.browser.act(actions::swipe(knob, there));
        page.until("the mark goes on to that word", || {
            let painted = page.painted();
            painted.len() == 1 && painted[0].text.starts_with("eleven people came bef")
        });

        page.step("Split, then a tap: the second mark begins with that word");
        page.click("#mark-bar", "Split");
        page.until_said("the word that the second mark begins with");
        page.until("nothing lies over the words", || {
            !page.sees("#mark-bar") && page.count(".handle") == 0
        });
        tap("came");
        page.until_said("Split in two");
        page.until("there are two", || page.painted().len() == 2);
        page.find("#mark-bar");
        page.step("a word of no mark splits nothing, and all is as before");
        page.click("#mark-bar", "Split");
        tap("ferry");
        page.find("#mark-bar");
        assert_eq!(page.painted().len(), 2);
    });
}

fn sheets(page: &Page) {
    page.step("the side areas are sheets");
    let in_view = |id: &str| {
        page.is(&format!(
            "(() => {{ const it = document.querySelector('#{id}'); if (!it.checkVisibility({{visibilityProperty: true}})) return false;
               const box = it.getBoundingClientRect();
               return box.width > 0 && box.left < innerWidth && box.right > 0 && box.top < innerHeight && box.bottom > 0; }})()"
        ))
    };
    assert!(
        !in_view("articles") && !in_view("marks"),
        "no sheet is open at first"
    );
    page.click("#topbar", "Articles");
    page.until("the articles come", || in_view("articles"));
    page.rest(300);
    page.screenshot("phone-390-articles");
    page.assert_fits(390);
    page.tap_on("#articles li[data-document]:nth-child(2) .article-open");
    page.until("the sheet goes", || !in_view("articles"));
    let second = page
        .text_of("document.querySelectorAll('#articles li[data-document]')[1].dataset.document");
    assert_eq!(page.open_document(), second);
    page.click("#topbar", "Marks");
    page.until("the marks come", || in_view("marks"));
    page.rest(300);
    page.assert_fits(390);
    page.click("#marks", "Close");
    page.until("the sheet goes", || !in_view("marks"));
    page.click("#topbar", "Menu");
    page.button("#topbar", "Export");
    page.assert_fits(390);
    page.click("#topbar", "Help");
    page.find("dialog#help");
    page.assert_fits(390);
    page.click("#help", "Close");
}

fn marking(page: &Page) {
    page.step("the palette is at the bottom, large enough for a thumb");
    let palette = page.read(
        "(() => { const it = document.querySelector('#palette').getBoundingClientRect();
           const sizes = [...document.querySelectorAll('#palette button')].map(it => it.getBoundingClientRect().height);
           return [it.bottom / innerHeight, it.top / innerHeight, Math.min(...sizes)] })()",
    );
    let number = |index: usize| palette[index].as_f64().unwrap_or_default();
    assert!(
        number(0) > 0.9 && number(0) <= 1.0 && number(1) > 0.6,
        "the palette is at {palette}"
    );
    assert!(number(2) >= 40.0, "its buttons are {} high", number(2));

    page.step("arm a label, touch the first and the last word");
    let block = page.long_blocks(12)[0];
    let wanted = page.words(block, 2, 6);
    let words = page.words_at(wanted);
    page.tap_on("#palette button");
    page.until("the label is armed", || {
        page.count("#palette [aria-pressed=true]") == 1
    });
    let first = page.inside(page.words(block, 2, 1));
    page.browser.act(actions::tap(first));
    page.rest(500);
    let last = page.inside(page.words(block, 7, 1));
    page.browser.act(actions::tap(last));
    let id = page.until_painted(&words);
    page.tap_on("#palette [aria-pressed=true]");
    page.until("the label is not armed", || {
        page.count("#palette [aria-pressed=true]") == 0
    });

    page.step("touch a mark, change it, delete it, take that back");
    page.rest(500);
    page.browser
        .act(actions::tap(page.inside(page.words(block, 4, 1))));
    page.find("#mark-bar");
    let outside =
        "[...document.querySelectorAll('#mark-bar button')].map(it => it.getBoundingClientRect())
      .filter(it => it.left < 0 || it.right > innerWidth || it.height < 40).length";
    page.until("all of the bar can be reached", || page.read(outside) == 0);
    page.click("#mark-bar", "Opinion");
    page.until("it is an opinion", || {
        page.sees(&format!(
            "#reader mark[data-annotations~=\"{id}\"][data-labels~=opinion]"
        ))
    });
    page.click("#mark-bar", "Delete");
    page.until("it is gone", || page.painted().is_empty());
    page.click("#topbar", "Menu");
    page.click("#topbar", "Undo");
    page.until("it is back", || page.painted().len() == 1);

    page.step("swiping scrolls and marks nothing");
    let far = page.long_blocks(12);
    page.scroll_to(page.words(far[far.len() - 1], 0, 2));
    assert_eq!(page.painted().len(), 1);
}
