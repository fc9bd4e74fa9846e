//! Everything by keys alone, and the focus always in sight.

use std::collections::BTreeSet;

use e2e::exported::annotations;
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::Value;

#[test]
fn keys_alone_in_chromium() {
    let mut options = Options::new(Engine::Chromium);
    options.caret_browsing = true;
    run(&options, body);
}

#[test]
fn keys_alone_in_firefox() {
    let mut options = Options::new(Engine::Firefox);
    options.caret_browsing = true;
    run(&options, body);
}

fn body(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    every_control(page);
    select_by_keys(page);
    marks_by_keys(page);
    notes_by_keys(page);
    dialogs_by_keys(page);
}

/// What has the keyboard's focus, and whether one can see that it has.
const FOCUS: &str = "(() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const box = it.getBoundingClientRect();
  const shown = it.matches('input[type=radio], input[type=checkbox]') ? (it.closest('label') ?? it) : it;
  const style = getComputedStyle(it), around = getComputedStyle(shown);
  const visible = [style, around].some(s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none')
    || getComputedStyle(it.nextElementSibling ?? it).outlineStyle !== 'none';
  const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 20), 1), innerHeight - 2);
  const over = document.elementFromPoint(x, y);
  const covered = !!over && !it.contains(over) && !over.contains(it) && !shown.contains(over);
  const name = it.id || it.innerText?.trim().split('\\n')[0] || it.getAttribute('aria-label') || it.value || it.tagName;
  window.__tabs ??= new WeakMap();
  if (!window.__tabs.has(it)) window.__tabs.set(it, (window.__tabCount = (window.__tabCount ?? 0) + 1));
  return {name, visible, covered, number: window.__tabs.get(it), box: [box.x, box.y, box.width, box.height], inside: it.closest('[id]')?.id ?? ''};
})()";

const IN_TEXT: &str = "document.activeElement.id === 'reader'";

fn every_control(page: &Page) {
    page.step("Tab reaches every control, and one sees where");
    let wanted = page.read(
        "[...document.querySelectorAll('button:not(:disabled), select, textarea, input:not([type=radio]):not([type=file]):not(:disabled), [type=radio]:checked, summary, #reader')]
          .filter(it => it.getClientRects().length > 0 && !it.closest('[inert]') && it.tabIndex >= 0)
          .map(it => it.id || it.innerText?.trim().split('\\n')[0] || it.getAttribute('aria-label') || it.value || it.tagName)",
    );
    let wanted: BTreeSet<String> = wanted
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    let mut reached = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for _ in 0..80 {
        page.press(&[], key::TAB);
        let focus = page.read(FOCUS);
        if focus.is_null() {
            continue;
        }
        let name = focus["name"].as_str().unwrap_or_default().to_owned();
        if !seen.insert(focus["number"].as_u64()) {
            break;
        }
        assert_eq!(
            focus["visible"], true,
            "one cannot see that {name} has the focus"
        );
        assert_eq!(
            focus["covered"], false,
            "{focus} has the focus and is covered"
        );
        reached.insert(name);
        if wanted.is_subset(&reached) {
            // One step more and Tab would lead to the browser's own bars, from where a driver's keys
            // do not lead back.
            break;
        }
    }
    let missed: Vec<&String> = wanted.difference(&reached).collect();
    assert!(
        missed.is_empty(),
        "Tab does not reach {missed:?}; it reaches {reached:?}"
    );
}

/// Moves the focus with Tab until it is on an element that fits.
pub fn tab_to(page: &Page, selector: &str) {
    let script =
        format!("!!document.activeElement && document.activeElement.matches('{selector}')");
    for _ in 0..80 {
        if page.is(&script) {
            return;
        }
        page.press(&[], key::TAB);
    }
    panic!("Tab does not lead to {selector}");
}

fn select_by_keys(page: &Page) {
    page.step("words are selected with the caret and marked");
    page.reload();
    tab_to(page, "#reader");
    let in_text = "!!getSelection().anchorNode?.parentElement?.closest('#reader [data-block]')";
    for _ in 0..150 {
        if page.is(in_text) {
            break;
        }
        page.press(&[], key::DOWN);
    }
    assert!(page.is(in_text), "the caret does not come to the text");
    page.press(&[], key::HOME);
    for _ in 0..3 {
        page.press(&[key::SHIFT, key::CONTROL], key::RIGHT);
    }
    page.until("there is a selection", || {
        !page.text_of("getSelection().toString().trim()").is_empty()
    });
    page.find("#draft-bar");
    page.press(&[], '2');
    page.until("it is marked", || page.painted().len() == 1);
    page.press(&[], key::ESCAPE);
}

fn marks_by_keys(page: &Page) {
    page.step("marks are gone through, changed and deleted");
    page.browser.read_later(
        "for (const [start, end, label] of [[2, 9, 'claim'], [60, 80, 'opinion']])
           await window.sourcelight.annotate({document: 'kites', start, end, label});
         await window.sourcelight.openDocument('kites');",
        Vec::new(),
    );
    page.until("both are painted", || page.painted().len() == 2);
    let painted = page.painted();
    page.press(&[], 'n');
    page.until("the first has the focus", || {
        page.focused().as_ref() == Some(&painted[0].id)
    });
    page.press(&[], 'n');
    page.until("the second has the focus", || {
        page.focused().as_ref() == Some(&painted[1].id)
    });
    page.press(&[], 'p');
    page.until("the first has it again", || {
        page.focused().as_ref() == Some(&painted[0].id)
    });
    let label = || {
        let project = page.project();
        let found = annotations(&project)
            .into_iter()
            .find(|it| it["id"] == painted[0].id.as_str());
        found.map(|it| it["label"].clone())
    };
    page.press(&[], '3');
    page.until("its label changed", || label() == Some("opinion".into()));
    page.press(&[key::SHIFT], key::RIGHT);
    page.until("its end moved", || {
        page.painted()[0].text.len() > painted[0].text.len()
    });
    // From a button beside it, which goes with it.
    tab_to(page, "#mark-bar button");
    page.press(&[], key::BACKSPACE);
    page.until("it is gone", || page.painted().len() == 1);
    page.until("the text has the focus", || page.is(IN_TEXT));
    page.press(&[key::CONTROL], 'z');
    page.until("it is back", || page.painted().len() == 2);
    page.press(&[], key::ESCAPE);
}

fn notes_by_keys(page: &Page) {
    page.step("a note is written, and its keys do not reach the text");
    page.press(&[], 'n');
    page.until("a mark has the focus", || page.focused().is_some());
    page.press(&[], key::ENTER);
    page.until("the note can be written", || {
        page.is("document.activeElement.tagName === 'TEXTAREA'")
    });
    page.type_keys("123 np?");
    page.until("the note holds all of it", || {
        annotations(&page.project())
            .iter()
            .any(|it| it["note"] == "123 np?")
    });
    assert!(!page.sees("dialog#help"));
    page.press(&[], key::ESCAPE);
    page.until("the text has the focus", || page.is(IN_TEXT));
}

fn dialogs_by_keys(page: &Page) {
    page.step("dialogs open, close and give the focus back");
    page.reload();
    // In the order of the page: once around, Tab would lead through the browser's own bars.
    for (words, dialog) in [
        ("Paste text", "paste"),
        ("Export", "export"),
        ("Help", "help"),
    ] {
        let button = format!("document.activeElement?.innerText?.trim() === '{words}'");
        for _ in 0..150 {
            if page.is(&button) {
                break;
            }
            page.press(&[], key::TAB);
        }
        page.press(&[], key::ENTER);
        page.find(&format!("dialog#{dialog}"));
        assert!(
            page.is("!!document.activeElement.closest('dialog')"),
            "the focus is in {dialog}"
        );
        page.press(&[], key::ESCAPE);
        page.until("it is closed", || !page.sees(&format!("dialog#{dialog}")));
        page.until("the focus is back on its button", || page.is(&button));
    }

    // Last, because Tab leads from a dialog to the browser's own bars, from where a driver's keys
    // do not lead back.
    page.step("the focus does not leave a dialog for the page behind it");
    page.press(&[], '?');
    page.find("dialog#help");
    for _ in 0..6 {
        page.press(&[], key::TAB);
        assert!(
            page.is("document.activeElement === document.body || !!document.activeElement.closest('dialog')"),
            "the focus left the dialog"
        );
    }
    page.press(&[], key::ESCAPE);
    page.until("Escape closes the help", || !page.sees("dialog#help"));
}
