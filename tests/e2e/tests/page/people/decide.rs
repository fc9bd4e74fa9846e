//! Where several marked otherwise: what stands in the common version is decided place by place.

use super::agreement::{bring_in, made_by};
use super::*;

#[test]
fn disagreements_are_decided_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1280, 860, 1.0);
        decide(page);
    });
}

#[test]
fn disagreements_are_decided_in_firefox() {
    run(&Options::new(Engine::Firefox), decide);
}

#[test]
fn the_place_that_is_decided_is_good_to_look_at() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1280, 860, 1.0);
        looks(page);
    });
}

/// Three who agree on one place, two of whom agree on two more, and nobody on the last.
fn class() -> [(&'static str, Vec<(&'static str, &'static str)>); 3] {
    let same = ("eleven people came before noon", "claim");
    let arabic = "محطة إصلاح";
    let ann = vec![
        ("forty repair posts", "claim"),
        ("a cruel joke", "opinion"),
        (arabic, "quote"),
        same,
    ];
    let ben = vec![
        ("will pay for forty repair posts", "claim"),
        ("a cruel joke", "opinion"),
        same,
    ];
    let cleo = vec![
        ("forty repair posts", "claim"),
        ("a cruel joke", "claim"),
        ("إصلاح الدراجات", "claim"),
        same,
    ];
    [("ann", ann), ("ben", ben), ("cleo", cleo)]
}

fn open_page(page: &Page) {
    command(page, "People:");
    page.find("#people");
    page.click("#people", "Decide");
}

fn open_class(page: &Page) {
    let files: Vec<(&str, String)> = class()
        .iter()
        .map(|(who, marks)| (*who, made_by(who, marks)))
        .collect();
    bring_in(page, &files);
    open_page(page);
    page.find("#people .decide-rows");
}

/// What stands in the common version: words, label, how, and whose it was.
fn gold(page: &Page) -> Vec<[String; 4]> {
    let project = page.project();
    let gold = annotations(&project)
        .into_iter()
        .filter(|it| it["creator"] == "gold");
    let told = gold.map(|it| {
        let whose = list(&it["decision"]["whose"]).map(|it| it.as_str().unwrap_or_default());
        let whose = whose.collect::<Vec<_>>().join(" ");
        let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
        [
            text(&it["fragments"][0]["exact"]),
            text(&it["label"]),
            text(&it["decision"]["how"]),
            whose,
        ]
    });
    told.collect()
}

fn sum(page: &Page) -> String {
    words_of(page, "#people .decide-sum [role=status]")
}

/// The rows of the list: ticked or not, and what they say.
fn ticked(page: &Page) -> Vec<bool> {
    let read = "[...document.querySelectorAll('#people .decide-rows input')].map(it => it.checked)";
    list(&page.read(read)).filter_map(Value::as_bool).collect()
}

fn title(page: &Page) -> String {
    words_of(page, "#people .decide h3")
}

fn is_in_list(page: &Page) -> bool {
    page.is("document.activeElement.matches('#people .decide-rows input')")
}

fn decide(page: &Page) {
    page.step("of one alone there is nothing to decide");
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.click("#hint", "Got it");
    open_page(page);
    assert!(words_of(page, "#people .people-empty").contains("at least two"));
    page.press(&[], key::ESCAPE);
    page.until("the dialog is closed", || !page.sees("#people"));

    page.step("votes preselect, and nothing is taken before one says so");
    open_class(page);
    page.until("it is counted", || {
        sum(page) == "0 of 3 disagreements decided"
    });
    assert_eq!(ticked(page), [true, false]);
    let first = words_of(page, "#people .decide-rows li");
    assert!(
        first.contains("ann, cleo · 2 of 3 · preselected"),
        "{first}"
    );
    assert_eq!(gold(page), Vec::<[String; 4]>::new());
    page.click("#people", "Take A");
    page.until("the next place is there", || {
        title(page) == "Disagreement 2 of 3" && is_in_list(page)
    });
    assert_eq!(sum(page), "1 of 3 disagreements decided");
    assert_eq!(
        gold(page),
        [["forty repair posts", "claim", "vote", "ann cleo"]]
    );

    page.step("another is chosen by keys");
    assert_eq!(ticked(page), [true, false]);
    page.press(&[], key::SPACE);
    page.press(&[], key::DOWN);
    page.press(&[], key::SPACE);
    page.until("the other one is ticked", || ticked(page) == [false, true]);
    page.press(&[], key::ENTER);
    page.until("the last place is there", || {
        title(page) == "Disagreement 3 of 3" && is_in_list(page)
    });
    assert_eq!(gold(page)[1], ["a cruel joke", "claim", "choice", "cleo"]);

    page.step("the ends of one and the label of another make a mix");
    assert_eq!(ticked(page), [false, false]);
    page.press(&[], key::ENTER);
    page.until("it is said that nothing is ticked", || {
        words_of(page, ".people-foot").contains("Nothing is ticked")
    });
    page.press(&[], '1');
    page.press(&[key::SHIFT], key::RIGHT);
    page.until("the row is changed", || {
        words_of(page, "#people .decide-rows li").contains("الدراجات")
    });
    page.press(&[], key::ENTER);
    page.until("all is decided", || {
        words_of(page, "#people .decide-done").contains("All 3 disagreements")
    });
    assert!(page.is("document.activeElement.matches('#people .decide-done')"));
    let mixed = gold(page);
    assert_eq!(mixed.len(), 3);
    assert_eq!(mixed[2][1..], ["claim", "own", "ann cleo"]);
    assert_eq!(sum(page), "3 of 3 disagreements decided");

    page.step("one undo takes it back, and nothing can stand there, too");
    page.press(&[key::CONTROL], 'z');
    page.until("the place is there again", || {
        title(page) == "Disagreement 3 of 3"
    });
    assert_eq!(
        (sum(page).as_str(), gold(page).len()),
        ("2 of 3 disagreements decided", 2)
    );
    page.until("the list has the focus", || is_in_list(page));
    page.press(&[], key::DELETE);
    page.until("all is decided", || page.sees("#people .decide-done"));
    assert_eq!(
        (sum(page).as_str(), gold(page).len()),
        ("3 of 3 disagreements decided", 2)
    );
    let kept = page.project()["documents"][0]["decisions"][0].clone();
    assert_eq!(
        (&kept["how"], &kept["whose"]),
        (&json!("nothing"), &json!(["ann", "cleo"]))
    );

    page.step("what all marked is taken at once, and one undo takes it back");
    page.click("#people", "Take 1 place on which all agree");
    page.until("it stands", || gold(page).len() == 3);
    page.click("#people", "Undo");
    page.until("it is gone", || gold(page).len() == 2);

    page.step("what was decided says how, and can be decided anew");
    page.click("#people", "Look at them once more");
    page.until("the first is there", || {
        title(page) == "Disagreement 1 of 3"
    });
    let told = words_of(page, "#people .decide h3 + p");
    assert!(told.contains("taken from ann, cleo"), "{told}");
    page.press(&[], key::RIGHT);
    page.until("the next is there", || {
        title(page) == "Disagreement 2 of 3" && is_in_list(page)
    });
    assert_eq!(ticked(page), [false, true]);
    page.click("#people", "New mark");
    page.until("there is a row more", || {
        ticked(page) == [false, true, true]
    });
    page.click("#people", "Take B and C");
    page.until("both stand", || gold(page).len() == 3);

    page.step("gold is somebody like others, and no voter");
    page.click("#people", "People");
    page.find("#people [data-person=gold]");
    page.click("#people", "Agreement");
    page.find("#people .people-judged");
    assert!(words_of(page, "#people .people-sum").starts_with("3 people"));
    page.click_on("#people .people-choices summary");
    page.click_label("#people", "Gold");
    page.until("it is compared as well", || {
        words_of(page, "#people .people-sum").starts_with("4 people")
    });
    page.click("#people", "Scores");
    page.find("#score-key");
    assert!(page.is("[...document.querySelectorAll('#score-key option')].some(it => it.textContent == 'What Gold marked')"));

    page.step("it is there at the next visit");
    page.press(&[], key::ESCAPE);
    page.until("it is saved", || page.save_state() == "saved");
    page.reload();
    open_page(page);
    page.until("it is counted", || {
        sum(page) == "3 of 3 disagreements decided"
    });
}

fn looks(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    page.click("#hint", "Got it");
    open_page(page);
    page.find("#people .people-empty");
    page.assert_accessible("nothing to decide");
    page.press(&[], key::ESCAPE);
    page.until("the dialog is closed", || !page.sees("#people"));
    open_class(page);
    page.until("it is counted", || {
        sum(page) == "0 of 3 disagreements decided"
    });
    page.assert_accessible("a place");
    page.screenshot("decide");
    page.click("#people", "Next place");
    page.click("#people", "Next place");
    page.until("the last place is there", || {
        title(page) == "Disagreement 3 of 3"
    });
    page.screenshot("decide-right-to-left");
    page.pretend("prefers-color-scheme", "dark");
    page.screenshot("decide-dark");
    page.assert_accessible("a place in the dark");
    page.resize(390, 800, 1.0);
    page.rest(600);
    assert!(page.is("document.querySelector('#people .people-body').scrollWidth <= document.querySelector('#people .people-body').clientWidth + 1"));
    page.screenshot("decide-phone-dark");
    page.pretend("prefers-color-scheme", "light");
    page.click("#people", "Nothing here");
    page.click("#people", "Take 2 places as preselected");
    page.find("#people .decide-done");
    page.assert_accessible("all is decided");
    page.screenshot("decide-done-phone");
}
