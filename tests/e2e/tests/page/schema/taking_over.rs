//! Schemas as files and from the gallery: taken over row by row, by id or by name.

use super::*;
use crate::doors::TRIP;

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
fn marks_of_another_program_leave_the_questions_of_a_new_project() {
    run(&Options::new(Engine::Chromium), |page| {
        open_pair(page);
        let asked = || page.project()["schemes"][0]["attributes"].clone();
        let before = asked();
        assert!(list(&before).count() > 5, "{before}");
        page.choose_files(&[&write(page, "trip.jsonl", TRIP)]);
        page.find("dialog#import");
        page.click("#import", "Import");
        page.until_said("Opened 1 article with 4 marks");
        assert_eq!(asked(), before);
    });
}
