//! Who speaks: in two gestures beside the text, and in the cast as a whole.

use e2e::{Engine, Options, Page, key, run};
use serde_json::json;

use super::{QUOTE, SECOND, answers, cast, has_focus, open_asking, until_focus};

/// How often a key was pressed.
struct Keys<'a>(&'a Page, usize);

impl Keys<'_> {
    fn press(&mut self, typed: char) {
        self.0.press(&[], typed);
        self.1 += 1;
    }
}

#[test]
fn a_quote_takes_two_gestures_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        two_gestures(page);
        never_in_the_way(page);
        page.pretend("prefers-color-scheme", "dark");
        page.select("eleven people");
        page.label('2');
        page.find("#speaker-bar");
        page.assert_accessible("who speaks, dark");
        page.pretend("forced-colors", "active");
        page.assert_accessible("who speaks, forced colours");
    });
}

#[test]
fn a_quote_takes_two_gestures_in_firefox() {
    run(&Options::new(Engine::Firefox), |page| {
        two_gestures(page);
        never_in_the_way(page);
    });
}

fn two_gestures(page: &Page) {
    open_asking(page);
    page.step("somebody new: the label, the name, Enter");
    page.select(QUOTE);
    let mut keys = Keys(page, 0);
    page.find("#draft-bar");
    keys.press('2');
    until_focus(page, "#speaker-bar input");
    // Out of sight it would be brought there at the first letter, and the text would go.
    let beside = "(() => {
      const [mark, bar] = ['mark.is-focused', '#speaker-bar'].map(it => document.querySelector(it).getBoundingClientRect());
      return Math.min(Math.abs(bar.top - mark.bottom), Math.abs(mark.top - bar.bottom)) < 120 && bar.bottom < innerHeight;
    })()";
    page.until("it stands beside the mark", || page.is(beside));
    page.type_keys("Zoé Müller");
    keys.press(key::ENTER);
    assert_eq!(keys.1, 2, "besides the name");
    page.until("the bar is gone", || !page.sees("#speaker-bar"));
    until_focus(page, "#reader");
    page.until("the file says who", || cast(page) == ["Zoé Müller"]);
    let speaker = answers(page, QUOTE)["speaker"].clone();
    assert!(speaker.is_string());
    page.step("who and where are one step of undo");
    page.press(&[key::CONTROL], 'z');
    page.until("nobody is in the cast", || cast(page).is_empty());
    assert_eq!(answers(page, QUOTE)["speaker"], json!(null));
    page.press(&[key::CONTROL, key::SHIFT], 'z');
    page.until("it is done again", || cast(page).len() == 1);
    page.step("somebody known: the label and Enter, after which one marks on");
    page.press(&[], key::ESCAPE);
    page.select(SECOND);
    let mut keys = Keys(page, 0);
    page.find("#draft-bar");
    keys.press('2');
    until_focus(page, "#speaker-bar input");
    keys.press(key::ENTER);
    assert_eq!(keys.1, 2);
    page.until("it is answered", || {
        answers(page, SECOND)["speaker"] == speaker
    });
    page.step("it is still so after a reload");
    page.until("it is saved", || page.save_state() == "saved");
    page.reload();
    assert_eq!(answers(page, SECOND)["speaker"], speaker);
    assert_eq!(cast(page), ["Zoé Müller"]);
}

fn never_in_the_way(page: &Page) {
    let again = |page: &Page| {
        page.press(&[key::CONTROL], 'z');
        page.until("the mark is gone", || {
            !page.painted().iter().any(|it| it.text == "chairs")
        });
        page.press(&[], key::ESCAPE);
    };
    let quote = |page: &Page| {
        page.select("chairs");
        page.label('2');
        until_focus(page, "#speaker-bar input");
    };
    page.step("a label, undo and arrows go on as ever");
    quote(page);
    page.press(&[], '3');
    page.until("it is an opinion now", || {
        page.is("!!document.querySelector('#reader mark[data-labels~=opinion]')")
    });
    page.press(&[key::CONTROL], 'z');
    page.until("it is a quote again", || {
        !page.is("!!document.querySelector('#reader mark[data-labels~=opinion]')")
    });
    again(page);
    quote(page);
    again(page);
    quote(page);
    page.press(&[], key::RIGHT);
    page.until("the bar is gone", || !page.sees("#speaker-bar"));
    assert!(has_focus(page, "#reader"));
    again(page);
    page.step("Escape leaves it open, and so does a press in the text");
    quote(page);
    page.press(&[], key::ESCAPE);
    page.until("the bar is gone", || !page.sees("#speaker-bar"));
    assert_eq!(answers(page, "chairs")["speaker"], json!(null));
    assert!(page.sees("#mark-list .is-lacking[data-question=speaker]"));
    again(page);
    quote(page);
    page.select("forty repair posts");
    page.label('1');
    page.until_painted("forty repair posts");
    page.until("the bar is gone", || !page.sees("#speaker-bar"));
    page.press(&[key::CONTROL], 'z');
    page.press(&[key::CONTROL], 'z');
}

#[test]
fn a_speaker_takes_one_tap_on_a_phone() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        super::prepare(page);
        page.step("with a label chosen, two taps mark and the speaker is asked");
        page.tap_on("#palette .label-button:nth-child(2)");
        page.tap_words("chairs");
        page.tap_words("instead");
        page.until_painted("chairs instead");
        page.find("#speaker-bar");
        assert!(
            !has_focus(page, "#speaker-bar input"),
            "no keyboard comes up"
        );
        page.assert_accessible("phone, who speaks");
        page.tap_on("#speaker-bar input");
        page.type_keys("The café owners");
        page.tap_on("#speaker-bar [role=option]");
        page.until("it is answered", || cast(page) == ["The café owners"]);
        page.step("the next quote is one tap more");
        page.tap_words("eleven");
        page.tap_words("came");
        page.until_painted("eleven people came");
        page.tap_on("#speaker-bar [role=option]");
        let speaker = answers(page, "chairs instead")["speaker"].clone();
        page.until("it is answered", || {
            answers(page, "eleven people came")["speaker"] == speaker
        });
        page.until("the bar is gone", || !page.sees("#speaker-bar"));
    });
}

#[test]
fn the_cast_is_looked_at_and_mended_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        the_cast(page);
        page.assert_accessible("the cast");
        page.pretend("prefers-color-scheme", "dark");
        page.assert_accessible("the cast, dark");
    });
}

#[test]
fn the_cast_is_looked_at_and_mended_in_firefox() {
    run(&Options::new(Engine::Firefox), the_cast);
}

fn the_cast(page: &Page) {
    open_asking(page);
    for (quote, name) in [
        (QUOTE, "Zoé Müller"),
        (SECOND, "the woman who runs the office"),
    ] {
        page.select(quote);
        page.label('2');
        until_focus(page, "#speaker-bar input");
        page.type_keys(name);
        page.press(&[], key::ENTER);
        page.until("it is answered", || {
            answers(page, quote)["speaker"].is_string()
        });
        page.press(&[], key::ESCAPE);
    }
    page.step("who speaks, how much, named or not");
    command(page, "cast who speaks");
    let told = || page.text_of("document.querySelector('#cast')?.innerText ?? ''");
    page.until("both are there", || page.count("#cast .cast > li") == 2);
    assert!(told().contains("1 named, 1 not named."), "{}", told());
    assert!(
        told().contains("1 mark · 8 words · 1 article"),
        "{}",
        told()
    );
    page.step("a role is given, and the two are one");
    page.click("#cast .cast > li:nth-child(1)", "Edit");
    page.fill("#cast [id^=role-]", "head of the office");
    page.click("#cast .cast > li:nth-child(1)", "Save");
    page.until("it is shown", || {
        told().contains("head of the office · person")
    });
    page.click("#cast .cast > li:nth-child(2)", "Edit");
    let choose = "const it = document.querySelector('#cast .cast > li:nth-child(2) [id^=merge-]'); it.focus(); return it";
    let select = page
        .browser
        .element(choose, Vec::new())
        .expect("it is there");
    page.browser.wait(select.send_keys("Zoé"));
    page.click("#cast .cast > li:nth-child(2)", "Merge");
    page.until("one is left", || cast(page) == ["Zoé Müller"]);
    page.until("with both quotes", || told().contains("2 marks"));
    assert!(
        told().contains("also the woman who runs the office"),
        "{}",
        told()
    );
    assert_eq!(
        answers(page, SECOND)["speaker"],
        answers(page, QUOTE)["speaker"]
    );
    page.step("undo is at hand");
    page.click("#cast .buttons", "Undo");
    page.until("both are there", || cast(page).len() == 2);
    page.press(&[], key::ESCAPE);
    page.until("it is closed", || !page.sees("dialog"));
    page.press(&[key::CONTROL, key::SHIFT], 'z');
    page.until("one is left", || cast(page).len() == 1);
    page.step("the quotes of one speaker, in order, lead to them");
    command(page, "cast who speaks");
    page.click("#cast .cast > li", "Quotes");
    page.until("both are listed", || {
        page.count("#cast .cast-quotes button") == 2
    });
    if page.is_firefox() {
        return;
    }
    page.assert_accessible("all quotes of a speaker");
    page.click_on("#cast .cast-quotes li:last-child button");
    page.until("the second has the focus", || {
        page.sees("#mark-bar") && page.focused().is_some()
    });
    let focused = "document.querySelector('mark.is-focused').textContent";
    page.until("it is that one", || SECOND.contains(&page.text_of(focused)));
    command(page, "cast who speaks");
    page.find("dialog#cast");
}

/// Runs a command by the list of all commands.
fn command(page: &Page, words: &str) {
    page.press(&[key::CONTROL], 'k');
    until_focus(page, "#command-words");
    page.type_keys(words);
    page.press(&[], key::ENTER);
    page.find("dialog#cast");
}
