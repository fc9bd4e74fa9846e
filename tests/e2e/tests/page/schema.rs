//! What a project asks of those who mark, changed by the person who marks: labels, questions, relations,
//! schemas as files, the guide.

use e2e::exported::{annotations, assert_exact, list};
use e2e::{Engine, Options, Page, key, run, sample};
use serde_json::{Value, json};

use crate::doors::choose;
use crate::loading::write;
use crate::storage::mark;

const WORDS: [&str; 3] = ["forty repair posts", "the lake office", "eleven people"];

fn open_pair(page: &Page) {
    sample::add_pair(page);
    page.open(sample::PAIR);
}

/// Opens the dialog at a page of it.
fn open_editor(page: &Page, at: &str) {
    page.click("#palette", "Labels…");
    page.find("dialog#scheme");
    page.click("#scheme .scheme-pages", at);
}

fn close(page: &Page) {
    page.click("#scheme", "Close");
    page.until("the dialog is closed", || !page.sees("#scheme"));
}

/// What the foot of the dialog says.
#[track_caller]
fn until_told(page: &Page, words: &str) {
    let mut last = String::new();
    let came = page.comes(std::time::Duration::from_secs(10), || {
        last = page.text_of("document.querySelector('#scheme .scheme-foot p')?.textContent ?? ''");
        last.contains(words)
    });
    assert!(came, "The dialog says “{last}”, not “{words}”.");
}

fn palette(page: &Page) -> String {
    page.text_of(
        "[...document.querySelectorAll('#palette .label-button')]
            .map(it => it.textContent + ':' + (it.dataset.key ?? '')).join(' ')",
    )
}

#[track_caller]
fn until_palette(page: &Page, labels: &str) {
    page.until(&format!("the palette has {labels}"), || {
        palette(page) == labels
    });
}

fn schema(page: &Page) -> Value {
    page.project()["schemes"][0].clone()
}

/// Something of the schema in the file, by the list it is in and its id.
fn known(page: &Page, of: &str, id: &str) -> Value {
    let schema = schema(page);
    let found = list(&schema[of]).find(|it| it["id"] == id);
    found.expect("it is in the file").clone()
}

/// Lets a question be one that has to be answered.
pub(crate) fn require(page: &Page, id: &str) {
    open_editor(page, "Questions");
    page.click_on(&format!("#scheme [data-row={id}] button"));
    page.click_label("#scheme", "It has to be answered before an article is done");
    page.click("#scheme", "Save");
    until_told(page, "Done: change question");
    close(page);
}

fn open_label(page: &Page, id: &str) {
    page.click_on(&format!("#scheme [data-row={id}] button"));
    page.find("#label-name");
}

#[test]
fn labels_are_changed_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        open_pair(page);
        adding(page);
        looks(page);
        states(page);
        leaving(page);
        open_editor(page, "Labels");
        page.assert_accessible("the labels");
        open_label(page, "claim");
        page.assert_accessible("a label");
        page.pretend("prefers-color-scheme", "dark");
        page.assert_accessible("a label, dark");
    });
}

#[test]
fn labels_are_changed_in_firefox() {
    run(&Options::new(Engine::Firefox), |page| {
        open_pair(page);
        adding(page);
        states(page);
        leaving(page);
    });
}

/// A label more, with a key of its own, is used at once and stays.
fn adding(page: &Page) {
    page.step("a label is added");
    open_editor(page, "Labels");
    page.click("#scheme", "Add a label");
    page.fill("#label-name", "Figure");
    page.fill("#label-key", "n");
    choose(page, "#label-line", 5);
    page.fill("#label-definition", "A number that somebody counted.");
    page.fill("#label-examples", "forty posts");
    page.click("#scheme", "Add");
    until_told(page, "n is taken: “Go to the next mark”");
    page.fill("#label-key", "2");
    page.click("#scheme", "Add");
    until_told(page, "2 is the key of “Quote” already.");
    page.fill("#label-key", "q");
    page.click("#scheme", "Add");
    until_told(page, "Done: add label “Figure”.");
    page.find("#scheme [data-row=figure]");
    close(page);
    until_palette(page, "Claim:1 Quote:2 Opinion:3 Figure:q");
    page.step("its key marks, and its line is in the text");
    page.select(WORDS[0]);
    page.label('q');
    page.until_painted(WORDS[0]);
    assert!(page.is(
        "getComputedStyle(document.querySelector('mark[data-labels=figure]')).textDecorationStyle === 'wavy'"
    ));
    page.press(&[], key::ESCAPE);
    page.step("it stays, and one undo takes it back with what was marked");
    page.reload();
    until_palette(page, "Claim:1 Quote:2 Opinion:3 Figure:q");
    assert_eq!(page.painted().len(), 1);
    let known = schema(page);
    let figure = list(&known["labels"]).find(|it| it["id"] == "figure");
    let figure = figure.expect("it is in the file");
    assert_eq!(figure["line"], "wavy");
    assert_eq!(figure["examples"], json!(["forty posts"]));
}

/// Colours are judged while they are chosen; lines, names and the order are taken over.
fn looks(page: &Page) {
    let told = |words: &str| {
        page.until(words, || {
            page.text_of("document.querySelector('#color-told').textContent")
                .contains(words)
        });
    };
    page.step("a colour is judged");
    open_editor(page, "Labels");
    open_label(page, "quote");
    told("Easy to read");
    page.fill("#label-color", "#ffee00");
    told("Hard to read");
    page.fill("#label-color", "#1f62b7");
    told("Easily taken for Claim");
    page.fill("#label-color", "blue");
    told("A colour is written as");
    page.click("#scheme", "Save");
    until_told(page, "A colour is written as");
    page.click("#scheme", "Suggest a colour");
    told("Told apart from all others");
    page.fill("#label-name", "Citation");
    page.click("#scheme", "Save");
    until_told(page, "Done: change label “Quote”.");
    page.step("keys put it in another place, and the digits follow");
    page.until("the focus is where it was", || {
        page.text_of("document.activeElement.textContent") == "Citation"
    });
    page.press(&[key::ALT], key::UP);
    until_told(page, "Done: reorder labels.");
    until_palette(page, "Citation:1 Claim:2 Opinion:3 Figure:q");
    page.until("the focus goes along", || {
        page.text_of("document.activeElement.textContent") == "Citation"
    });
    page.step("undo is at hand");
    page.press(&[key::CONTROL], 'z');
    until_told(page, "Undone: reorder labels.");
    page.click("#scheme", "Undo");
    until_told(page, "Undone: change label “Quote”.");
    page.button("#scheme", "Undo");
    assert!(page.is("document.querySelector('#scheme .scheme-foot button').disabled"));
    page.step("Escape leaves a form first, and then the dialog");
    open_label(page, "quote");
    page.press(&[], key::ESCAPE);
    page.find("#scheme [data-row=quote]");
    page.press(&[], key::ESCAPE);
    page.until("the dialog is closed", || !page.sees("#scheme"));
    until_palette(page, "Claim:1 Quote:2 Opinion:3 Figure:q");
}

/// A retired label is offered no more; marks of a hidden one are seen by those who ask.
fn states(page: &Page) {
    page.step("a label is retired: its marks stay, its place goes to the next");
    mark(page, WORDS[1]);
    open_editor(page, "Labels");
    open_label(page, "quote");
    choose(page, "#label-state", 2);
    page.click("#scheme", "Save");
    until_told(page, "Done: change label “Quote”.");
    close(page);
    until_palette(page, "Claim:1 Opinion:2 Figure:q");
    page.step("marks of a hidden label are gone from the text until somebody asks");
    open_editor(page, "Labels");
    open_label(page, "figure");
    choose(page, "#label-state", 1);
    page.click("#scheme", "Save");
    until_told(page, "Done: change label “Figure”.");
    close(page);
    page.until("its mark is hidden", || page.painted().len() == 1);
    page.reload();
    page.until("it is hidden after a reload", || page.painted().len() == 1);
    assert_eq!(annotations(&page.project()).len(), 2, "the file has all");
    page.click("#only-shown", "Show all");
    page.until("it is back", || page.painted().len() == 2);
    page.step("a mark in focus gets another label by the key of that one");
    page.click_text(page.place(WORDS[1], 0).first(1), 1);
    page.until("it has the focus", || page.focused().is_some());
    page.press(&[], '2');
    page.until("it is an opinion", || {
        page.count("mark[data-labels=opinion]") == 1
    });
    page.press(&[], key::ESCAPE);
    assert_exact(&page.project());
}

/// What becomes of marks whose label goes is asked.
fn leaving(page: &Page) {
    let labels = || {
        let project = page.project();
        let mut labels: Vec<String> = annotations(&project)
            .iter()
            .map(|it| it["label"].as_str().unwrap_or_default().to_owned())
            .collect();
        labels.sort();
        labels.join(" ")
    };
    assert_eq!(labels(), "figure opinion");
    page.step("two labels become one");
    open_editor(page, "Labels");
    open_label(page, "figure");
    page.click("#scheme", "Merge into another…");
    page.find("#merge-into");
    choose(page, "#merge-into", 1);
    page.click("#scheme", "Merge");
    until_told(page, "Done: merge label “Figure” into “Quote”.");
    assert_eq!(labels(), "opinion quote");
    page.click("#scheme", "Undo");
    until_told(page, "Undone: merge label");
    assert_eq!(labels(), "figure opinion");
    page.step("a label is deleted, its marks get another one");
    open_label(page, "figure");
    page.click("#scheme", "Delete…");
    page.find("#move-to");
    page.click("#scheme", "Delete");
    until_told(page, "Done: delete label “Figure”.");
    assert_eq!(labels(), "claim opinion");
    page.step("a label is deleted with its marks");
    open_label(page, "opinion");
    page.click("#scheme", "Delete…");
    page.click_label("#scheme", "They are deleted, too");
    page.click("#scheme", "Delete");
    until_told(page, "Done: delete label “Opinion”.");
    assert_eq!(labels(), "claim");
    page.click("#scheme", "Undo");
    page.until("the mark is back", || labels() == "claim opinion");
    page.click("#scheme", "Undo");
    page.until("the label is back", || labels() == "figure opinion");
    page.step("who thinks better of it loses nothing");
    open_label(page, "figure");
    page.click("#scheme", "Delete…");
    page.click("#scheme", "Back to the label");
    page.find("#label-name");
    page.click("#scheme", "Cancel");
    close(page);
    assert_eq!(labels(), "figure opinion");
}

#[test]
fn schemas_are_taken_over_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        schemas(page);
        open_editor(page, "Schemas");
        page.assert_accessible("the schemas");
        page.click("#scheme", "Named entities");
        page.assert_accessible("a schema before it is taken over");
    });
}

#[test]
fn schemas_are_taken_over_in_firefox() {
    run(&Options::new(Engine::Firefox), schemas);
}

fn schemas(page: &Page) {
    open_pair(page);
    mark(page, WORDS[0]);
    page.step("one of the schemas that come with the page, beside what is here");
    open_editor(page, "Schemas");
    page.click("#scheme", "Source, cue, content (after PolNeAR)");
    page.click("#scheme", "Use this schema");
    until_told(page, "Done: use the schema");
    close(page);
    until_palette(page, "Claim:1 Quote:2 Opinion:3 Source:4 Cue:5 Content:6");
    page.press(&[key::CONTROL], 'z');
    until_palette(page, "Claim:1 Quote:2 Opinion:3");
    page.step("and in its place: the marks stay");
    open_editor(page, "Schemas");
    page.click("#scheme", "Source, cue, content (after PolNeAR)");
    page.click_label(
        "#scheme",
        "Offer the other labels no longer: Claim, Quote, Opinion (their marks stay)",
    );
    page.click("#scheme", "Use this schema");
    until_told(page, "Done: use the schema");
    close(page);
    until_palette(page, "Source:1 Cue:2 Content:3");
    assert_eq!(page.painted().len(), 1);
    page.press(&[key::CONTROL], 'z');
    until_palette(page, "Claim:1 Quote:2 Opinion:3");

    page.step("the schema is saved as a file");
    open_editor(page, "Schemas");
    page.fill("#schema-name", "Lake news");
    page.click("#scheme", "Save the schema");
    until_told(page, "Saved as sourcelight-schema-lake-news.json.");
    let (name, bytes) = page.download_of("json");
    assert_eq!(name, "sourcelight-schema-lake-news.json");
    let mut file = e2e::exported::parse(&bytes);
    assert_eq!(file["format"], "sourcelight-schema");
    assert_eq!(file["name"], "Lake news");

    page.step("what is here otherwise is asked about");
    file["labels"][0]["name"] = json!("Assertion");
    file["labels"][1]["description"] = json!("Something else.");
    let rumour = json!({"id": "rumour", "name": "Rumour", "color": "#365901", "parent": "claim", "key": "v"});
    let noise = json!({"id": "noise", "name": "Noise", "color": "#57006b", "key": "n"});
    let labels = file["labels"].as_array_mut().expect("a list");
    labels.extend([rumour, noise]);
    let path = write(page, "lake.json", file.to_string());
    let choose_file = |path: &std::path::Path| {
        let field = page.find("#schema-file");
        page.browser
            .wait(field.send_keys(path.display().to_string()));
    };
    choose_file(&path);
    page.until("each is asked about", || {
        page.count("#scheme .takings select") == 4
    });
    choose(page, "#scheme .takings select", 1);
    page.until("it says what will happen", || {
        page.text_of("document.querySelector('#scheme .takings small').textContent")
            .contains("“Claim” becomes what the file says")
    });
    page.screenshot("schema-taking");
    page.assert_accessible("what becomes of each thing of a file");
    page.click("#scheme", "Use this schema");
    until_told(page, "Done: use the schema “Lake news”.");
    let known = schema(page);
    assert_eq!(known["labels"][0]["name"], "Assertion");
    assert_ne!(known["labels"][1]["description"], "Something else.");
    assert_eq!(known["labels"][3]["parent"], "claim");
    close(page);
    // A file takes no key from a command.
    until_palette(page, "Assertion:1 Quote:2 Opinion:3 Rumour:v Noise:5");
    page.press(&[], 'n');
    page.until("n leads to the next mark", || page.focused().is_some());
    page.press(&[], key::ESCAPE);

    page.step("bad files are told of by their lines");
    open_editor(page, "Schemas");
    choose_file(&write(page, "bad.json", "{\"format\":\n 1"));
    page.until("the line is named", || {
        page.text_of("document.querySelector('#scheme .report-list')?.innerText ?? ''")
            .contains("bad.json, line 2")
    });
    let half = "{\"format\": \"sourcelight-schema\", \"version\": \"1.0\", \"name\": \"Half\",\n\"labels\": [{\"id\": \"x\", \"name\": \"X\", \"color\": \"#123456\"}],\n\"attributes\": [{\"id\": \"q\", \"type\": \"riddle\"}]}";
    choose_file(&write(page, "half.json", half));
    page.until("what can be used is offered, what cannot is told", || {
        page.text_of("document.querySelector('#scheme .report-list')?.innerText ?? ''")
            .contains("half.json, line 3")
    });
    page.click("#scheme", "Cancel");
    close(page);
    assert_exact(&page.project());
}

#[test]
fn questions_and_relations_are_made_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        questions(page);
        open_editor(page, "Questions");
        page.assert_accessible("the questions");
        page.click_on("#scheme [data-row=how-sure] button");
        page.assert_accessible("a question");
        page.press(&[], key::ESCAPE);
        page.click("#scheme", "Relations");
        page.assert_accessible("the relations");
        page.click_on("#scheme [data-row=answers] button");
        page.assert_accessible("a relation");
    });
}

#[test]
fn questions_and_relations_are_made_in_firefox() {
    run(&Options::new(Engine::Firefox), questions);
}

fn questions(page: &Page) {
    open_pair(page);
    page.step("a question with answers to choose from");
    open_editor(page, "Questions");
    page.click("#scheme", "Add a question");
    page.fill("#question-name", "How sure");
    page.click_label("#scheme", "Claim");
    page.click("#scheme", "Add");
    until_told(page, "There have to be two answers at least");
    page.fill("#scheme [data-choice='0'] input", "known");
    page.fill("#scheme [data-choice='1'] input", "guessed");
    page.click_label("#scheme", "It has to be answered before an article is done");
    choose(page, "#question-default", 1);
    page.click("#scheme", "Add");
    until_told(page, "Done: add question “How sure”.");
    page.step("one that waits for its answer");
    page.click("#scheme", "Add a question");
    page.fill("#question-name", "Guessed by how much");
    choose(page, "#question-kind", 3);
    page.fill("#scale-to", "7");
    // After the fourteen that a new project begins with.
    choose(page, "#question-after", 15);
    page.find("#question-value");
    choose(page, "#question-value", 2);
    page.click("#scheme", "Add");
    until_told(page, "Done: add question “Guessed by how much”.");
    page.step("one about articles, and the order");
    page.click("#scheme", "Add a question");
    page.fill("#question-name", "Is it news?");
    choose(page, "#question-subject", 1);
    choose(page, "#question-kind", 2);
    page.click("#scheme", "Add");
    until_told(page, "Done: add question “Is it news?”.");
    page.click("#scheme [data-row=is-it-news]", "Up");
    until_told(page, "Done: reorder questions.");
    let all = schema(page)["attributes"].clone();
    let ids: Vec<&str> = list(&all).filter_map(|it| it["id"].as_str()).collect();
    assert_eq!(ids[14..], ["how-sure", "is-it-news", "guessed-by-how-much"]);
    let sure = known(page, "attributes", "how-sure");
    assert_eq!(sure["values"], json!(["known", "guessed"]));
    assert_eq!(sure["labels"], json!(["claim"]));
    assert_eq!(sure["required"], true);
    assert_eq!(sure["default"], "known");
    assert_eq!(
        known(page, "attributes", "is-it-news")["subject"],
        "document"
    );
    let guessed = known(page, "attributes", "guessed-by-how-much");
    assert_eq!(guessed["scale"], json!([1, 7]));
    let waits = json!({"attribute": "how-sure", "value": "guessed"});
    assert_eq!(guessed["shownWhen"], waits);
    page.step("an answer is called otherwise; files call it as before");
    page.click_on("#scheme [data-row=how-sure] button");
    page.fill("#scheme [data-choice='0'] input", "certain");
    page.click("#scheme", "Save");
    until_told(page, "Done: change question “How sure”.");
    let first = known(page, "attributes", "how-sure")["values"][0].clone();
    assert_eq!(first, json!({"value": "known", "name": "certain"}));
    page.step("a question is deleted, and one undo brings it back");
    page.click_on("#scheme [data-row=is-it-news] button");
    page.click("#scheme", "Delete; its answers stay");
    until_told(page, "Done: delete question");
    assert_eq!(page.count("#scheme [data-row]"), 16);
    page.click("#scheme", "Undo");
    page.until("it is back", || page.count("#scheme [data-row]") == 17);

    page.step("a kind of relation between some labels");
    page.click("#scheme", "Relations");
    page.click("#scheme", "Add a relation");
    page.fill("#relation-name", "answers");
    page.click_label("#scheme fieldset:nth-of-type(1)", "Quote");
    page.click_label("#scheme fieldset:nth-of-type(2)", "Claim");
    choose(page, "#relation-reach", 2);
    page.click("#scheme", "Add");
    until_told(page, "Done: add relation “answers”.");
    let answers = known(page, "relations", "answers");
    assert_eq!(answers["from"], json!(["quote"]));
    assert_eq!(answers["to"], json!(["claim"]));
    assert_eq!(answers["reach"], "across");
    close(page);
    page.reload();
    assert_eq!(list(&schema(page)["attributes"]).count(), 17);
}

#[test]
fn the_guide_is_at_hand_in_chromium() {
    run(&Options::new(Engine::Chromium), |page| {
        guide(page);
        page.press(&[], 'g');
        page.find("#guide");
        page.assert_accessible("the guide");
    });
}

#[test]
fn the_guide_is_at_hand_in_firefox() {
    run(&Options::new(Engine::Firefox), guide);
}

fn guide(page: &Page) {
    open_pair(page);
    mark(page, WORDS[0]);
    mark(page, WORDS[1]);
    page.step("the meaning of a label is changed, and what was marked before is known");
    open_editor(page, "Labels");
    open_label(page, "claim");
    page.fill("#label-definition", "What somebody could check today.");
    page.fill("#label-counter", "It is a beautiful idea.");
    page.click("#scheme", "Save");
    until_told(page, "Done: change label “Claim”.");
    let facts = page.text_of("document.querySelector('#about-claim').textContent");
    assert_eq!(facts, "2 marks · 2 older than the definition");
    page.click("#scheme", "Guide");
    page.find("#scheme .earlier");
    page.click("#scheme", "Go through them");
    page.until("the first has the focus", || page.focused().is_some());
    let first = page.focused();
    crate::commands::run_command(page, "older than the definition");
    page.until("then the next", || {
        page.focused().is_some() && page.focused() != first
    });
    crate::commands::run_command(page, "has its label still");
    page.until_said("The mark stays as it is");
    page.press(&[], key::ESCAPE);

    page.step("while words are selected, a key opens the guide, and a label there marks them");
    page.select(WORDS[2]);
    page.find("#draft-bar");
    page.press(&[], 'g');
    page.find("#guide");
    let claim = page.text_of("document.querySelector('[data-guide=claim]').innerText");
    assert!(
        claim.contains("What somebody could check today."),
        "{claim}"
    );
    assert!(claim.contains("It is a beautiful idea."), "{claim}");
    let told = page.text_of("document.querySelector('#scheme .earlier p').textContent");
    assert!(told.starts_with("1 mark was made before"), "{told}");
    page.click("#guide", "Quote");
    page.until_painted(WORDS[2]);
    assert_eq!(page.count("mark[data-labels=quote]"), 1);
    page.press(&[], key::ESCAPE);
    page.step("all of them can be said to hold");
    page.press(&[], 'g');
    page.click("#scheme", "They all hold");
    page.until("none is left", || !page.sees("#scheme .earlier"));
    page.click("#scheme", "Download as Markdown");
    let (_, bytes) = page.download_of("md");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(
        text.contains("## Claim\n\nWhat somebody could check today.\n"),
        "{text}"
    );
    page.step("guidelines are written, and stand beside the text while one marks");
    page.click("#scheme", "Write guidelines");
    page.fill(
        "#guidelines-text",
        "# House rules\n\nMark *whole* sentences.\n\n- No headlines\n\n<img src=x onerror=alert(1)>",
    );
    page.until("it is shown as it will look", || {
        page.text_of("document.querySelector('.guidelines-look li')?.textContent ?? ''")
            == "No headlines"
    });
    assert_eq!(page.count(".guidelines-look img"), 0);
    page.click("#scheme", "Save");
    until_told(page, "Done: change guidelines.");
    page.click("#scheme", "Keep beside the text");
    page.find("#guide-beside");
    let beside = || page.text_of("document.querySelector('#guide-beside').innerText");
    assert!(beside().contains("Mark whole sentences."), "{}", beside());
    assert!(beside().contains("What somebody could check today."));
    assert_eq!(
        schema(page)["guidelines"]
            .as_str()
            .map(|it| it.starts_with("# House rules")),
        Some(true)
    );
    page.screenshot("guide-beside");
    page.assert_accessible("the guide beside the text");
    page.press(&[key::CONTROL], 'z');
    page.until("undo takes the page away", || {
        !beside().contains("House rules")
    });
    page.press(&[key::CONTROL, key::SHIFT], 'z');
    page.until("and redo brings it back", || {
        beside().contains("House rules")
    });
    page.until("it is saved", || page.save_state() == "saved");
    page.reload();
    assert!(!page.sees("#guide-beside"));
    crate::commands::run_command(page, "guide beside the text");
    page.until("it is there again", || page.sees("#guide-beside"));
    assert!(beside().contains("House rules"));
    page.click("#guide-beside", "Close the guide");
    page.until("it is gone", || !page.sees("#guide-beside"));
    assert_exact(&page.project());
}

#[test]
fn the_schema_editor_fits_a_phone() {
    let mut options = Options::new(Engine::Chromium);
    options.phone = true;
    run(&options, |page| {
        open_pair(page);
        page.tap_on("#hint button");
        let fits = || {
            page.is("document.querySelector('#scheme').scrollWidth <= document.querySelector('#scheme').clientWidth")
        };
        open_editor(page, "Labels");
        page.assert_accessible("the labels on a phone");
        page.screenshot("phone-390-labels");
        assert!(fits());
        open_label(page, "claim");
        page.assert_accessible("a label on a phone");
        assert!(fits());
        page.click("#scheme", "Cancel");
        page.click("#scheme", "Questions");
        page.click("#scheme", "Add a question");
        page.screenshot("phone-390-question");
        assert!(fits());
        page.assert_accessible("a question on a phone");
    });
}
