//! Small things that go wrong in annotators, each on its own.

use e2e::text::Place;
use e2e::{Engine, Options, Page, actions, key, run, sample};

fn open_pair(body: impl FnOnce(&Page)) {
    run(&Options::new(Engine::Chromium), |page| {
        sample::add_pair(page);
        page.open(sample::PAIR);
        body(page);
    });
}

fn mark(page: &Page, words: &str, label: char) -> String {
    page.press(&[], key::ESCAPE);
    page.select(words);
    page.label(label);
    page.until_painted(words)
}

fn words_of(page: &Page, id: &str) -> String {
    let found = page.painted().into_iter().find(|it| it.id == id);
    found.map(|it| it.text).unwrap_or_default()
}

#[test]
fn ends_cross_a_space() {
    open_pair(|page| {
        let id = mark(page, "forty repair", '1');
        page.press(&[key::ALT], key::UP);
        page.until("the start crossed the space", || {
            words_of(page, &id) == "r forty repair"
        });
        page.press(&[key::ALT], key::RIGHT);
        page.until("the end crossed the space", || {
            words_of(page, &id) == "r forty repair p"
        });
    });
}

#[test]
fn a_key_right_after_the_mouse() {
    open_pair(|page| {
        let place = page.place("forty repair posts", 0);
        page.scroll_to(place);
        let (from, to) = page.ends(place);
        page.browser
            .act(actions::and_type(&actions::drag(from, to), '1'));
        let id = page.until_painted("forty repair posts");
        page.until("the new mark has the focus", || {
            page.focused().as_ref() == Some(&id)
        });
        assert_eq!(
            page.count("#palette [aria-pressed=true]"),
            0,
            "no label is armed"
        );

        page.step(
            "after three clicks it is for the paragraph, not for the word the second one took",
        );
        page.press(&[], key::ESCAPE);
        page.rest(600);
        let at = page.inside(page.place("forty repair posts", 0).first(2));
        page.browser
            .act(actions::and_type(&actions::click(at, 3), '2'));
        let paragraph = page.blocks()[page.place("forty repair posts", 0).block].clone();
        page.until_painted(paragraph.trim());
        assert_eq!(page.painted().len(), 2);
    });
}

#[test]
fn a_short_mark_in_focus_lets_the_next_click_through() {
    open_pair(|page| {
        let long = mark(page, "said on Monday", '1');
        let short = mark(page, "on", '2');
        page.press(&[], key::ESCAPE);
        let at = page.inside(page.place("on Monday", 0).first(2));
        page.browser.act(actions::click(at, 1));
        page.until("the short mark has the focus", || {
            page.focused().as_ref() == Some(&short)
        });
        page.rest(650);
        page.browser.act(actions::click(at, 1));
        page.until("the long mark has the focus", || {
            page.focused().as_ref() == Some(&long)
        });
    });
}

#[test]
fn drags_that_end_elsewhere() {
    open_pair(|page| {
        page.step("backwards");
        let place = page.place("forty repair posts", 0);
        page.scroll_to(place);
        let (from, to) = page.ends(place);
        page.browser.act(actions::drag(to, from));
        page.label('1');
        page.until_painted("forty repair posts");

        page.step("with a space at each end");
        page.press(&[], key::ESCAPE);
        let inner = page.place("the lake office", 0);
        page.drag(Place {
            from: inner.from - 1,
            to: inner.to + 1,
            ..inner
        });
        page.label('2');
        page.until_painted("the lake office");

        page.step("over the border of two paragraphs");
        page.press(&[], key::ESCAPE);
        let (first, last) = (page.place("chairs instead", 0), page.place("In Arabic", 0));
        page.drag_across(first, last);
        page.label('3');
        page.until("both paragraphs have marks", || {
            page.painted()
                .iter()
                .any(|it| it.text.contains("chairs") && it.text.contains("In Arabic"))
        });

        page.step("out of the text to the side, to the end of the line");
        page.press(&[], key::ESCAPE);
        let place = page.place("beautiful, brave", 0);
        page.scroll_to(place);
        let (from, to) = page.ends(place);
        let side = page.middle_of("#marks");
        page.browser
            .act(actions::drag(from, actions::Point { x: side.x, y: to.y }));
        page.label('3');
        page.until("something is marked", || {
            page.painted()
                .iter()
                .any(|it| it.text.starts_with("beautiful, brave"))
        });

        page.step("inside a joined emoji the whole of it is taken");
        page.press(&[], key::ESCAPE);
        let family = page.place("👩‍🚒", 0);
        page.drag(Place {
            to: family.to + 2,
            ..family
        });
        page.label('1');
        page.until_painted("👩‍🚒 c");
        e2e::exported::assert_exact(&page.project());
    });
}

#[test]
fn the_list_filters_sorts_and_leads() {
    open_pair(|page| {
        for (words, label) in [
            ("eleven people", '1'),
            ("forty repair posts", '2'),
            ("a flat tyre", '3'),
        ] {
            mark(page, words, label);
            // Times are kept in milliseconds; two marks in one would have no order.
            page.rest(20);
        }
        page.press(&[], key::ESCAPE);
        let rows = || {
            let rows = page.read("[...document.querySelectorAll('#mark-list .mark-row')].map(it => it.innerText.trim().split('\\n').pop())");
            let rows = rows.as_array().cloned().unwrap_or_default();
            rows.iter()
                .map(|it| it.as_str().unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        let is = |wanted: [&str; 3]| {
            let now = rows();
            now.len() == 3
                && wanted
                    .iter()
                    .zip(&now)
                    .all(|(wanted, row)| row.ends_with(wanted))
        };
        page.until("the list is by position", || {
            is(["forty repair posts", "a flat tyre", "eleven people"])
        });
        page.click_on("#mark-sort");
        page.press(&[], key::DOWN);
        page.press(&[], key::ENTER);
        page.until("the list is by time", || {
            is(["a flat tyre", "forty repair posts", "eleven people"])
        });
        page.click_on("button[data-filter=quote]");
        page.until("one quote is left", || rows().len() == 1);
        page.click_on("button[data-filter=quote]");
        page.fill("#mark-filter", "PEOPLE");
        page.until("one row has the word", || {
            rows().len() == 1 && rows()[0].ends_with("eleven people")
        });
        page.fill("#mark-filter", "");
        page.until("all are back", || rows().len() == 3);

        page.step("a click in the list shows the mark");
        page.click_on("#mark-list li:last-child .mark-row");
        let marks = "document.querySelector('#reader mark.is-focused')";
        page.until("it has the focus", || {
            page.text_of(&format!("{marks}?.textContent ?? ''")) == "eleven people"
        });
        page.until("it is in sight", || {
            page.is(&format!("(() => {{ const box = {marks}.getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight }})()"))
        });
    });
}

#[test]
fn undoing_an_import_leads_back() {
    open_pair(|page| {
        let file = page.browser.downloads.join("one-more.txt");
        std::fs::write(&file, "One more\n\nWith words.").expect("a file");
        page.choose_files(&[&file]);
        page.until("it is open", || {
            !["", "bicycle"].contains(&page.open_document().as_str())
        });
        page.click("#topbar", "Undo");
        page.until("it is gone", || {
            page.count("#articles li[data-document]") == 2
        });
        page.until("the article before it is open", || {
            page.open_document() == "bicycle"
        });
    });
}
