//! Questions and kinds of relations: made, changed and asked.

use super::*;

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
    page.step("a question for words of the text stays one");
    assert_eq!(known(page, "attributes", "cue")["type"], "words");
    page.click_on("#scheme [data-row=cue] button");
    page.fill("#question-name", "Cue words");
    page.click("#scheme", "Save");
    until_told(page, "Done: change question “Cue”.");
    assert_eq!(known(page, "attributes", "cue")["type"], "words");
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
