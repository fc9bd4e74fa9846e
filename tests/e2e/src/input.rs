//! Buttons, labels, fields and keys of the page, used as a person uses them. Extends [`Page`].

use http::Method;
use serde_json::{Value, json};
use thirtyfour::WebElement;

use crate::actions;
use crate::page::{PATIENCE, Page};

impl Page {
    /// Waits for the one visible button with exactly these words inside `scope`, and holds its
    /// accessible name against them.
    #[track_caller]
    pub fn button(&self, scope: &str, words: &str) -> WebElement {
        let arguments = vec![json!(scope), json!(words)];
        let counting = format!(
            "{BUTTONS} return {{fitting: fitting.length, all: all.map(words).slice(0, 60)}};"
        );
        let mut answer = Value::Null;
        let came = self.comes(PATIENCE, || {
            answer = self.browser.read(&counting, arguments.clone());
            answer["fitting"] == 1
        });
        assert!(
            came,
            "{} visible buttons in {scope} say “{words}”; there are {}.",
            answer["fitting"], answer["all"]
        );
        let script = format!("{BUTTONS} return fitting[0];");
        let button = self.browser.element(&script, arguments);
        let button = button.expect("it was there just now");
        let path = format!("element/{}/computedlabel", button.element_id());
        let name = self.browser.raw(Method::GET, &path, None);
        assert_eq!(
            name, words,
            "accessible name of the button “{words}” in {scope}"
        );
        button
    }

    /// Clicks the button with these words inside `scope`.
    #[track_caller]
    pub fn click(&self, scope: &str, words: &str) {
        let button = self.button(scope, words);
        self.browser.wait(button.click());
    }

    /// Clicks the first visible element of a selector.
    #[track_caller]
    pub fn click_on(&self, selector: &str) {
        let element = self.find(selector);
        self.browser.wait(element.click());
    }

    /// Clicks the visible label with these words inside `scope`, which switches its radio or box.
    #[track_caller]
    pub fn click_label(&self, scope: &str, words: &str) {
        let script = "const [scope, words] = arguments;
            return [...document.querySelectorAll(scope + ' label')].find(it =>
              it.getClientRects().length > 0 && it.innerText.trim() === words) ?? null";
        let label = || {
            self.browser
                .element(script, vec![json!(scope), json!(words)])
        };
        self.until(&format!("a label in {scope} says “{words}”"), || {
            label().is_some()
        });
        if let Some(label) = label() {
            self.browser.wait(label.click());
        }
    }

    /// Touches the middle of the first visible element of a selector.
    #[track_caller]
    pub fn tap_on(&self, selector: &str) {
        let at = self.middle_of(selector);
        self.browser.act(actions::tap(at));
    }

    /// Touches the first of these words in the text, when nothing moves any more.
    #[track_caller]
    pub fn tap_words(&self, words: &str) {
        self.rest(500);
        let place = self.place(words, 0);
        self.browser.act(actions::tap(self.inside(place)));
    }

    /// Types into a field after emptying it by keys, as a person does.
    #[track_caller]
    pub fn fill(&self, selector: &str, text: &str) {
        let field = self.find(selector);
        self.browser.wait(field.click());
        self.press(&[actions::key::CONTROL], 'a');
        self.press(&[], actions::key::BACKSPACE);
        self.browser.wait(field.send_keys(text));
    }

    /// Chooses files in the page's own file field.
    #[track_caller]
    pub fn choose_files(&self, paths: &[&std::path::Path]) {
        let script = "return document.getElementById('open-files')";
        let field = self.browser.element(script, Vec::new());
        let field = field.expect("input#open-files is there");
        let paths: Vec<String> = paths.iter().map(|it| it.display().to_string()).collect();
        // Sent by hand: `thirtyfour` waits for the field to be visible, and this one need not be.
        let body = json!({ "text": paths.join("\n") });
        let path = format!("element/{}/value", field.element_id());
        self.browser.raw(Method::POST, &path, Some(body));
    }

    /// Labels the selection with a digit, once the page shows that it has taken it.
    #[track_caller]
    pub fn label(&self, digit: char) {
        self.find("#draft-bar");
        self.press(&[], digit);
    }

    /// Presses a key once, held ones first.
    #[track_caller]
    pub fn press(&self, held: &[char], typed: char) {
        self.browser.act(actions::chord(held, typed));
    }

    /// Types wherever the focus is.
    #[track_caller]
    pub fn type_keys(&self, text: &str) {
        self.browser.act(actions::keys(text));
    }
}

const BUTTONS: &str = "const scope = document.querySelector(arguments[0]);
  const modal = document.querySelector('dialog:modal');
  const visible = it => it.checkVisibility({visibilityProperty: true}) && it.getClientRects().length > 0
    && !it.closest('[inert]') && (!modal || modal.contains(it));
  const all = scope ? [...scope.querySelectorAll('button, [role=button]')].filter(visible) : [];
  const words = it => it.innerText.trim().replace(/\\s+/g, ' ');
  const fitting = all.filter(it => words(it) === arguments[1]);";
