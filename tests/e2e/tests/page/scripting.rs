//! What scripts and links can do: `window.sourcelight`, `#/document/ID`, `?set=`.

use e2e::exported::{annotation, annotations, assert_exact, document, list};
use e2e::sample::Marked;
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::{Value, json};

#[test]
fn scripts_and_links_in_chromium() {
    run(&Options::new(Engine::Chromium), body);
}

#[test]
fn scripts_and_links_in_firefox() {
    run(&Options::new(Engine::Firefox), body);
}

fn body(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
    let id = functions(page);
    refusals(page);
    import(page);
    links(page, &id);
    project_as_set(page);
    missing_set(page);
    no_inline_script(page);
}

fn call(page: &Page, name: &str, argument: Value) -> Value {
    let script = format!("return await window.sourcelight.{name}(arguments[0])");
    page.browser.read_later(&script, vec![argument])
}

fn functions(page: &Page) -> String {
    page.step("annotate counts code points");
    let text: Vec<char> = sample::BICYCLE.chars().collect();
    let words: Vec<char> = "👩‍🚒 calls".chars().collect();
    let start = text
        .windows(words.len())
        .position(|it| it == words)
        .expect("they stand there");
    let wish = json!({"document": "bicycle", "start": start, "end": start + words.len(), "label": "opinion"});
    let id = call(page, "annotate", wish);
    let id = id
        .as_str()
        .unwrap_or_else(|| panic!("annotate gave {id}"))
        .to_owned();
    assert_eq!(page.until_painted("👩‍🚒 calls"), id);
    let project = page.project();
    assert_eq!(assert_exact(&project), 1);
    assert_eq!(annotation(&project, &id)["label"], "opinion");
    assert_eq!(document(&project, "bicycle")["text"], sample::BICYCLE);

    page.step("openDocument");
    call(page, "openDocument", json!("kites"));
    page.until("it is open", || page.open_document() == "kites");
    id
}

fn refusals(page: &Page) {
    page.step("wrong wishes are refused in words");
    let before = page.project();
    for (name, argument) in [
        ("openDocument", json!("nowhere")),
        ("openDocument", json!(7)),
        (
            "annotate",
            json!({"document": "kites", "start": 5, "end": 5, "label": "claim"}),
        ),
        (
            "annotate",
            json!({"document": "kites", "start": 5, "end": 1_000_000, "label": "claim"}),
        ),
        (
            "annotate",
            json!({"document": "kites", "start": -1, "end": 4, "label": "claim"}),
        ),
        (
            "annotate",
            json!({"document": "kites", "start": 0.5, "end": 4, "label": "claim"}),
        ),
        (
            "annotate",
            json!({"document": "kites", "start": 0, "end": 4, "label": "nonsense"}),
        ),
        (
            "annotate",
            json!({"document": "nowhere", "start": 0, "end": 4, "label": "claim"}),
        ),
        ("annotate", json!(null)),
        ("importProject", json!("{")),
        ("importProject", json!(null)),
    ] {
        let answer = call(page, name, argument.clone());
        let thrown = answer["thrown"].as_str().unwrap_or_default();
        assert!(thrown.len() > 10, "{name}({argument}) gave {answer}");
    }
    assert_eq!(page.project(), before);
}

fn import(page: &Page) {
    page.step("importProject");
    let text = "An imported article\n\nThe sea is 4 m deep here 🚲, they say.\n";
    let marks = [Marked {
        start: 21,
        end: 45,
        label: "claim",
    }];
    let mut project = sample::project("imported", "Imported", text, &marks);
    let lost = json!({"id": "lost", "label": "quote", "attributes": {}, "creator": "me",
        "created": "2031-05-03T09:00:00Z", "modified": "2031-05-03T09:00:00Z", "origin": "manual",
        "fragments": [{"start": 0, "end": 30, "utf16": [0, 30], "exact": "Wholly other words, not there!", "prefix": "", "suffix": ""}]});
    project["documents"][0]["annotations"]
        .as_array_mut()
        .expect("a list")
        .push(lost);
    let report = call(page, "importProject", json!(project.to_string()));
    assert_eq!(
        report,
        json!({"documents": 1, "annotations": 1, "unplaced": 1})
    );
    let project = page.project();
    assert_exact(&project);
    assert_eq!(
        annotations(&project).len(),
        2 + usize::from(annotations(&project).len() == 3)
    );
    let again = call(page, "importProject", json!(project.to_string()));
    assert_eq!(
        again["thrown"],
        Value::Null,
        "the page's own export can be imported: {again}"
    );
    assert_eq!(
        page.project()["documents"],
        project["documents"],
        "importing the same changes nothing"
    );
}

fn links(page: &Page, id: &str) {
    page.step("a link leads to a span");
    page.open(&format!("{}#/document/kites", sample::PAIR));
    page.until("the article is open", || page.open_document() == "kites");
    page.open(&format!(
        "{}#/document/bicycle?annotation={id}",
        sample::PAIR
    ));
    page.until("the article is open", || page.open_document() == "bicycle");
    page.until("the span has the focus", || {
        page.focused().as_deref() == Some(id)
    });
    let seen = format!(
        "(() => {{ const box = document.querySelector('mark[data-annotations~=\"{id}\"]').getBoundingClientRect();
           return box.top >= 0 && box.bottom <= innerHeight }})()"
    );
    page.until("the span is in sight", || page.is(&seen));
    page.open(&format!(
        "{}#/document/nowhere?annotation=nothing",
        sample::PAIR
    ));
    assert!(
        !page.open_document().is_empty(),
        "a wrong link opens what there is"
    );
}

fn project_as_set(page: &Page) {
    page.step("a project file as reading set");
    let marks = [Marked {
        start: 0,
        end: 5,
        label: "quote",
    }];
    let project = sample::project(
        "whales",
        "Whales",
        "Whale kites are large, it seems to many.\n",
        &marks,
    );
    page.server.add("whales.json", project.to_string());
    page.move_to_fresh_origin();
    page.open("?set=whales.json");
    page.until_painted("Whale");
    let project = page.project();
    assert_eq!(list(&project["documents"]).count(), 1);
    assert_eq!(assert_exact(&project), 1);
    page.step("what was removed of it stays away");
    page.click_text(page.place("Whale", 0), 1);
    page.until("the mark has the focus", || page.focused().is_some());
    page.press(&[], key::DELETE);
    page.until("it is gone", || page.painted().is_empty());
    page.open("?set=whales.json");
    page.until("it stays away", || {
        let project = page.project();
        list(&project["documents"]).count() == 1 && annotations(&project).is_empty()
    });
}

fn missing_set(page: &Page) {
    page.step("a reading set that is not there, or elsewhere");
    page.go("?set=missing/index.json");
    page.until("the page says so", || {
        page.notices().contains("missing/index.json")
    });
    page.server.add("nothing.json", "");
    page.go("?set=nothing.json");
    page.until("a file without a word is told of", || {
        page.notices().contains("nothing.json")
    });
    page.go("?set=http://localhost:9/index.json");
    page.until("the page refuses other places", || {
        !page.notices().is_empty()
    });
    // The policy of the page stands behind the refusal; either may speak first.
    page.watch.excuse("connect-src");
}

fn no_inline_script(page: &Page) {
    page.step("a script that gets into the page does not run");
    page.open(sample::PAIR);
    for part in ["content policy: script-src", "Executing inline"] {
        page.watch.excuse(part);
    }
    page.browser.read(
        "const script = document.createElement('script');
         script.textContent = 'window.hacked = 1';
         document.body.append(script);
         const holder = document.createElement('div');
         holder.innerHTML = '<img src=\"data:,\" onerror=\"window.hacked = 2\">';
         document.body.append(holder);",
        Vec::new(),
    );
    page.rest(200);
    assert_eq!(page.read("window.hacked ?? null"), Value::Null);
}
