//! Accounts beside each other where it gets uncommon: work that is stopped, a pasted text to compare with,
//! the report on paper, writing from the right, keys through the columns.

use e2e::actions;
use e2e::exported::{annotations, assert_exact};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::{Value, json};

const QUOTE: &str = "He was one man doing the work of two, and he did it well.";

fn open(page: &Page) {
    page.open("");
    page.click("#hint", "Got it");
    page.press(&[], 'e');
    page.find(".column.is-worked");
}

/// A project of these articles, `d0` and on; all name no event.
fn project(texts: &[String]) -> Value {
    let one = |at: usize| {
        let title = format!("Article {at}");
        sample::project(&format!("d{at}"), &title, &texts[at], &[])
    };
    let mut all = one(0);
    for at in 1..texts.len() {
        let document = one(at)["documents"][0].take();
        let documents = all["documents"].as_array_mut();
        documents.expect("a project has articles").push(document);
    }
    all
}

#[test]
fn work_can_be_stopped() {
    run(&Options::new(Engine::Chromium), |page| {
        let sentence = |it: usize| format!("Number {it} of the harbour was quiet that day. ");
        let text = |at: usize| (0..8_000).map(|it| sentence(at * 8_000 + it)).collect();
        let texts: Vec<String> = (0..24).map(text).collect();
        page.server.add("large.json", project(&texts).to_string());
        page.open("?set=large.json");
        page.press(&[], 'e');
        page.find(".column.is-worked");
        page.browser
            .devtools("Emulation.setCPUThrottlingRate", json!({"rate": 6}));
        page.click("#event-bar", "Shared passages");
        page.find(".work-line progress");
        page.click(".work-line", "Stop");
        page.until("it says no more how far it is", || !page.sees(".work-line"));
        page.rest(1_500);
        assert!(
            !page.sees(".matrix") && !page.sees(".work-line"),
            "it went on"
        );
        page.browser
            .devtools("Emulation.setCPUThrottlingRate", json!({"rate": 1}));
        page.step("and begun again");
        page.click("#event-bar", "Figures");
        page.until("it is done", || {
            page.sees("#event-panel .side-empty, .figure-groups")
        });
    });
}

#[test]
fn a_pasted_text_is_compared_with() {
    run(&Options::new(Engine::Chromium), |page| {
        open(page);
        page.select(QUOTE);
        page.press(&[], 't');
        page.find(".version");
        page.click("#event-panel", "Compare with a pasted text…");
        page.step("nothing pasted");
        page.click(".transcript", "Compare");
        page.until("it says so", || {
            !page
                .text_of("document.querySelector('.transcript [role=status]').textContent")
                .is_empty()
        });
        page.step("quote exactness");
        page.fill(
            "#transcript",
            "I said then that he was one man doing the work of three, and he did it very well. Thank you.",
        );
        page.click(".transcript", "Compare");
        let version = |of: &str| {
            let script = format!(
                "(() => {{ const it = [...document.querySelectorAll('.version')].find(it => it.textContent.includes('{of}'));
                return it ? it.innerText + ' | ' + [...it.querySelectorAll('del, ins')].map(it => it.tagName + ' ' + it.textContent.trim()).join(', ') : '' }})()"
            );
            page.text_of(&script)
        };
        page.until("the pasted text is compared with", || {
            version("The pasted text").contains("compared with")
        });
        let wire = version("Northstrand Wire");
        for part in [
            "DEL [left out: three]",
            "INS [put in: two]",
            "DEL [left out: very ]",
        ] {
            assert!(wire.contains(part), "{part}: {wire}");
        }
        let confirms = "[...document.querySelectorAll('.version button')].filter(it => it.textContent.includes('Confirm')).length";
        assert_eq!(page.read(confirms), 0, "a pasted text is no article");
        page.assert_accessible("a pasted text");
        page.screenshot("event-pasted");
        page.step("words that it does not have");
        page.click("#event-panel", "Without the pasted text");
        page.until("articles are compared with again", || {
            version("The pasted text").is_empty()
                && version("Northstrand Wire").contains("compared with")
        });
        assert_eq!(assert_exact(&page.project()), 0, "nothing is marked by it");
    });
}

#[test]
fn the_report_can_be_printed() {
    run(&Options::new(Engine::Chromium), |page| {
        open(page);
        page.click("#event-bar", "Report");
        page.find("#report .paper table");
        page.on_paper();
        page.screenshot("event-on-paper");
        for part in [
            "#topbar",
            "#event-bar",
            "#columns",
            "#palette",
            "#marks",
            ".panel-tools",
            ".panel-head",
            "#status-line",
        ] {
            let shown = format!("document.querySelector('{part}').checkVisibility()");
            assert!(!page.is(&shown), "{part} is printed");
        }
        let cut = "(() => { const report = document.querySelector('#report'), all = report.getBoundingClientRect();
          for (let box = report.parentElement; box && box !== document.documentElement; box = box.parentElement) {
            const style = getComputedStyle(box);
            if (style.overflowY !== 'visible' && box.getBoundingClientRect().bottom < all.bottom - 1) return box.id || box.className || box.tagName;
          }
          return '' })()";
        assert_eq!(page.text_of(cut), "", "the report is cut off");
        assert!(
            page.read("document.querySelector('#report').getBoundingClientRect().height")
                .as_f64()
                > Some(1_200.0)
        );
    });
}

#[test]
fn a_column_is_read_from_the_right() {
    run(&Options::new(Engine::Chromium), |page| {
        page.resize(1440, 900, 1.0);
        let texts = [
            "The ferry stood in the harbour.\n\nNobody said a word of it.\n".to_owned(),
            "המעבורת עמדה בנמל.\n\nאיש לא אמר על כך דבר.\n".to_owned(),
        ];
        page.server.add("both.json", project(&texts).to_string());
        page.open("?set=both.json");
        page.press(&[], 'e');
        page.find(".column.is-worked");
        let direction = |id: &str| {
            page.text_of(&format!(
                "getComputedStyle(document.querySelector(\".column[data-document='{id}'] [data-block]\")).direction"
            ))
        };
        page.until("both are painted", || {
            page.count(".column [data-block]") >= 4
        });
        assert_eq!(
            (direction("d0"), direction("d1")),
            ("ltr".into(), "rtl".into())
        );
        page.step("a word there is marked");
        let place = "(() => { const block = document.querySelector(\".column[data-document='d1'] [data-block]\");
          const range = document.createRange(), node = document.createTreeWalker(block, NodeFilter.SHOW_TEXT).nextNode();
          range.setStart(node, 0); range.setEnd(node, 3);
          const box = range.getBoundingClientRect();
          return [box.left + box.width / 2, box.top + box.height / 2] })()";
        let place = page.read(place);
        let at = |it: usize| place[it].as_f64().expect("a place");
        let point = actions::Point { x: at(0), y: at(1) };
        page.browser.act(actions::click(point, 2));
        page.until("the work is there", || page.open_document() == "d1");
        page.find("#draft-bar");
        page.press(&[], '2');
        page.until_painted("המעבורת");
        assert_eq!(assert_exact(&page.project()), 1);
        assert_eq!(annotations(&page.project()).len(), 1);
        page.screenshot("event-from-the-right");
        page.assert_accessible("a column from the right");
    });
}

#[test]
fn keys_lead_from_the_bar_to_the_text() {
    run(&Options::new(Engine::Chromium), |page| {
        open(page);
        page.step("behind the ways to the panels comes the text, then the heads");
        let is_in =
            |selector: &str| page.is(&format!("!!document.activeElement?.closest('{selector}')"));
        page.click("#event-bar", "Report");
        page.find("#report");
        page.click("#event-bar", "Report");
        page.until("it is shut", || !page.sees("#event-panel"));
        page.press(&[], key::TAB);
        for _ in 0..12 {
            if is_in("#reading") {
                break;
            }
            assert!(!is_in(".column"), "a head comes before the text");
            page.press(&[], key::TAB);
        }
        assert!(is_in("#reading"), "the text comes");
        page.step("no columns are left where one article is read");
        page.click("#event-bar", "One article");
        page.until("they are gone", || page.count(".column") == 0);
        page.step("and they come back as they were");
        page.press(&[], 'e');
        page.until("the texts are painted", || {
            page.count(".column.is-shown [data-block]") > 20
        });
        page.press(&[], 'e');
        page.press(&[], 'e');
        page.until("again", || page.count(".column.is-shown [data-block]") > 20);
    });
}
