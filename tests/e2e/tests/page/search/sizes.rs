//! Small screens and large projects: a phone, ten thousand lines, writing from the right, long words.

use e2e::{Engine, Options, key, run};
use serde_json::Value;

use super::until_tally;

#[test]
fn all_articles_are_searched_on_a_phone() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        page.open("");
        page.tap_on("#hint button");
        page.click("#topbar", "Articles");
        page.click("#articles", "Search all articles");
        page.find("#search-words");
        page.assert_fits(390);
        page.screenshot("search-phone-empty");
        page.type_keys("ferry");
        page.find("#search .line");
        page.rest(300);
        page.assert_fits(390);
        page.assert_accessible("search on a phone");
        page.screenshot("search-phone");
        page.step("a line leads to the text, and back");
        page.tap_on("#search .line:nth-child(2) .line-go");
        page.find("#reader .block");
        page.rest(400);
        page.assert_fits(390);
        let in_sight = "(() => { const word = [...CSS.highlights.get('draft')][0].getBoundingClientRect(), seen = document.querySelector('#reading').getBoundingClientRect(); return word.top >= seen.top && word.bottom <= seen.bottom })()";
        page.until("the place is in sight", || page.is(in_sight));
        assert!(page.is("document.querySelector('#search').getBoundingClientRect().height < 80"));
        page.screenshot("search-phone-text");
        page.click("#search", "Back to the lines");
        page.find("#search .line");
        page.until("the line has the focus", || {
            page.is("!!document.activeElement?.closest('.line[aria-current]')")
        });
    });
}

/// A project with so many articles of some size, in which one word stands often; the last ones are written
/// from the right, and have a word without a blank.
fn large() -> Value {
    let mut all: Option<Value> = None;
    for at in 0..60 {
        let body = match at {
            0..58 => (0..200)
                .map(|it| {
                    format!("The harbour of number {it} was quiet, and rare{at} stood by it.\n\n")
                })
                .collect(),
            58 => "בנמל עמדה מעבורת ישנה ליד מעבורת חדשה, והנמל היה שקט.\n\n".repeat(3),
            _ => format!(
                "Before it {} and behind it.\n",
                "Donaudampfschiff".repeat(30)
            ),
        };
        let title = format!("Article {at}");
        let mut one = e2e::sample::project(&format!("d{at}"), &title, &body, &[]);
        match &mut all {
            None => all = Some(one),
            Some(all) => {
                let document = one["documents"][0].take();
                all["documents"]
                    .as_array_mut()
                    .expect("articles")
                    .push(document);
            }
        }
    }
    all.expect("there are articles")
}

#[test]
fn ten_thousand_lines_are_no_burden() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1440, 900, 1.0);
        page.server.add("large.json", large().to_string());
        page.open("?set=large.json");
        page.press(&[key::CONTROL, key::SHIFT], 'f');
        page.find("#search-words");
        page.type_keys("harbour");
        until_tally(page, "More than 10,000 places");
        page.until("only the lines near the view are in the page", || {
            (5..150).contains(&page.count("#search .line"))
        });
        page.assert_accessible("search, ten thousand lines");
        page.step("to the end and back by keys");
        page.click_on(".line:nth-child(2) .line-go");
        page.press(&[], key::END);
        page.until("the last line is there", || {
            page.count(".line[aria-posinset='10000']") == 1
        });
        page.fill("#search-words", "rare57");
        until_tally(page, "200 places in 1 article.");

        page.step("writing from the right: the places stand below each other, too");
        page.fill("#search-words", "מעבורת");
        until_tally(page, "6 places in 1 article.");
        let told = "[...document.querySelectorAll('.line')].map(it => {
          const box = name => it.querySelector(name).getBoundingClientRect();
          return [Math.round(box('.line-place').right), box('.line-before').left > box('.line-place').left];
        })";
        let told = page.read(told);
        let told = told.as_array().expect("lines");
        assert!(
            told.iter().all(|it| *it == told[0] && it[1] == true),
            "{told:?}"
        );
        page.screenshot("search-from-the-right");
        page.step("a word that has no room");
        page.fill("#search-words", "Donaudampf");
        page.find("#search .line");
        let wide = page.read("document.querySelector('.search-area').scrollWidth - document.querySelector('.search-area').clientWidth");
        assert_eq!(wide, 0);
        page.screenshot("search-long-words");
    });
}
