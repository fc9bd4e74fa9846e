//! The page under test as its users and scripts see it: opening, waiting, buttons, keys, reading.
//!
//! Input goes through [`crate::actions`]; scripts only read. Knows the hooks of the design and
//! nothing of how the page is made.

use std::cell::Cell;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use http::Method;
use serde_json::{Value, json};
use thirtyfour::WebElement;

use crate::actions::{self, Point};
use crate::browser::{Browser, Engine, Options};
use crate::server::Server;
use crate::watch::Watch;

/// How long a person would wait before calling it broken.
const PATIENCE: Duration = Duration::from_secs(15);

/// A browser on the page, and the server behind it.
#[derive(Debug)]
pub struct Page {
    /// The browser.
    pub browser: Browser,
    /// The server.
    pub server: Server,
    /// What went wrong unseen.
    pub watch: Watch,
    /// Whether a finger takes the mouse's place.
    pub phone: bool,
    origin: Cell<usize>,
}

impl Page {
    /// Starts server and browser; nothing is opened yet.
    pub fn start(options: &Options, server: Server) -> Page {
        let page = Page {
            browser: Browser::start(options),
            server,
            watch: Watch::default(),
            phone: options.phone,
            origin: Cell::new(0),
        };
        page.watch.install(&page.browser);
        page
    }

    /// Names what the test does now.
    pub fn step(&self, name: &str) {
        self.watch.step(name);
    }

    /// Opens the page with what follows its address (`""`, `?set=…`, `#/document/…`) and waits
    /// until its first article can be marked.
    #[track_caller]
    pub fn open(&self, rest: &str) {
        self.go(rest);
        self.until_ready();
    }

    /// Opens the page and does not wait for an article.
    #[track_caller]
    pub fn go(&self, rest: &str) {
        self.watch.collect(&self.browser, &self.server);
        let address = format!("{}{rest}", self.server.base(self.origin.get()));
        // A change of the fragment alone would not load the page anew.
        self.browser.wait(self.browser.driver().goto("about:blank"));
        self.browser.wait(self.browser.driver().goto(address));
    }

    /// From now on the page is opened on another origin, where nothing is stored yet.
    pub fn move_to_fresh_origin(&self) {
        assert_eq!(self.origin.get(), 0, "there are two origins");
        self.origin.set(1);
    }

    /// Loads the page again, as the browser's button does.
    #[track_caller]
    pub fn reload(&self) {
        self.watch.collect(&self.browser, &self.server);
        self.browser.wait(self.browser.driver().refresh());
        self.until_ready();
    }

    /// Waits for `data-ready`.
    #[track_caller]
    pub fn until_ready(&self) {
        self.until(
            "the first article can be marked (<html data-ready>)",
            || self.is("document.documentElement.hasAttribute('data-ready')"),
        );
        self.watch.loaded(&self.browser, &self.server);
    }

    /// Waits until `condition` holds.
    ///
    /// # Panics
    /// With `what` when it does not within 15 seconds.
    #[track_caller]
    pub fn until(&self, what: &str, condition: impl FnMut() -> bool) {
        assert!(
            self.comes(PATIENCE, condition),
            "Waited in vain until {what}."
        );
    }

    /// Whether `condition` holds within `patience`.
    pub fn comes(&self, patience: Duration, mut condition: impl FnMut() -> bool) -> bool {
        let start = Instant::now();
        loop {
            if condition() {
                return true;
            }
            if start.elapsed() > patience {
                return false;
            }
            thread::sleep(Duration::from_millis(25));
        }
    }

    /// Gives the page time to do what it should not do.
    pub fn rest(&self, milliseconds: u64) {
        thread::sleep(Duration::from_millis(milliseconds));
    }

    /// Whether a JavaScript expression is true.
    #[track_caller]
    pub fn is(&self, expression: &str) -> bool {
        self.read(expression) == Value::Bool(true)
    }

    /// The value of a JavaScript expression.
    #[track_caller]
    pub fn read(&self, expression: &str) -> Value {
        self.browser
            .read(&format!("return ({expression})"), Vec::new())
    }

    /// The value of a JavaScript expression that is a text; an empty one for null.
    #[track_caller]
    pub fn text_of(&self, expression: &str) -> String {
        self.read(expression)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// How many elements a selector finds.
    #[track_caller]
    pub fn count(&self, selector: &str) -> u64 {
        let script = "return document.querySelectorAll(arguments[0]).length";
        let found = self.browser.read(script, vec![json!(selector)]);
        found.as_u64().expect("a length is a number")
    }

    /// Waits for a visible element.
    #[track_caller]
    pub fn find(&self, selector: &str) -> WebElement {
        let mut found = None;
        let came = self.comes(PATIENCE, || {
            found = self.browser.element(FIND, vec![json!(selector)]);
            found.is_some()
        });
        assert!(came, "Nothing visible is {selector}.");
        found.expect("it came")
    }

    /// Whether a visible element is there now.
    #[track_caller]
    pub fn sees(&self, selector: &str) -> bool {
        self.browser.element(FIND, vec![json!(selector)]).is_some()
    }

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
        let label = self
            .browser
            .element(script, vec![json!(scope), json!(words)]);
        let label = label.unwrap_or_else(|| panic!("no label in {scope} says “{words}”"));
        self.browser.wait(label.click());
    }

    /// Touches the middle of the first visible element of a selector.
    #[track_caller]
    pub fn tap_on(&self, selector: &str) {
        let at = self.middle_of(selector);
        self.browser.act(actions::tap(at));
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

    /// The middle of the first visible element of a selector.
    #[track_caller]
    pub fn middle_of(&self, selector: &str) -> Point {
        let element = self.find(selector);
        let script = "const box = arguments[0].getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]";
        let json = element.to_json().expect("an element is JSON");
        point(&self.browser.read(script, vec![json]))
    }

    /// What the page just said.
    pub fn notices(&self) -> String {
        self.text_of("document.querySelector('#notices')?.textContent ?? ''")
    }

    /// Waits for a notice with these words.
    #[track_caller]
    pub fn until_said(&self, words: &str) {
        let mut last = String::new();
        let came = self.comes(PATIENCE, || {
            last = self.notices();
            last.contains(words)
        });
        assert!(came, "No notice says “{words}”; they say “{last}”.");
    }

    /// The state in `#save-state`.
    pub fn save_state(&self) -> String {
        self.text_of("document.querySelector('#save-state')?.dataset.state ?? ''")
    }

    /// The identifier of the open article.
    pub fn open_document(&self) -> String {
        self.text_of("document.querySelector('#reader')?.dataset.document ?? ''")
    }

    /// The project as `window.sourcelight` gives it.
    #[track_caller]
    pub fn project(&self) -> Value {
        let script = "return await window.sourcelight.exportProject()";
        let text = self.browser.read_later(script, Vec::new());
        let text = text
            .as_str()
            .unwrap_or_else(|| panic!("exportProject() gave {text}"));
        serde_json::from_str(text).expect("exportProject() gives JSON")
    }

    /// Waits for a download whose name ends in `.json` and gives its bytes; the file is removed.
    #[track_caller]
    pub fn download(&self) -> Vec<u8> {
        let mut found = None;
        self.until("a download arrives", || {
            let entries = fs::read_dir(&self.browser.downloads)
                .into_iter()
                .flatten()
                .flatten();
            let paths: Vec<_> = entries.map(|entry| entry.path()).collect();
            let partial = paths.iter().any(|path| {
                path.extension()
                    .is_some_and(|end| end == "crdownload" || end == "part")
            });
            found = paths.into_iter().find(|path| {
                let size = fs::metadata(path).map_or(0, |data| data.len());
                path.extension().is_some_and(|end| end == "json") && size > 0
            });
            !partial && found.is_some()
        });
        let path = found.expect("it arrived");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        assert!(
            name.starts_with("sourcelight-"),
            "the download is called {name}"
        );
        let bytes = fs::read(&path).expect("the download can be read");
        fs::remove_file(&path).expect("the download can be removed");
        bytes
    }

    /// Sets the size of the page itself in CSS pixels (Chromium).
    pub fn resize(&self, width: u32, height: u32, scale: f64) {
        let metrics =
            json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": false});
        self.browser
            .devtools("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Pretends to a media feature such as `prefers-color-scheme` (Chromium).
    pub fn pretend(&self, feature: &str, value: &str) {
        let features = json!({"features": [{"name": feature, "value": value}]});
        self.browser
            .devtools("Emulation.setEmulatedMedia", features);
    }

    /// Writes a picture of the window to `target/e2e/screens/NAME.png`.
    pub fn screenshot(&self, name: &str) {
        let folder = crate::tools::output().join("screens");
        fs::create_dir_all(&folder).expect("target/e2e/screens can be made");
        let picture = self.browser.picture().expect("a picture");
        fs::write(folder.join(format!("{name}.png")), picture).expect("it can be written");
    }

    /// Whether the browser is Firefox, where a few inputs differ.
    pub fn is_firefox(&self) -> bool {
        self.browser.engine == Engine::Firefox
    }
}

/// A point from a JSON pair.
pub(crate) fn point(pair: &Value) -> Point {
    let number = |index: usize| pair[index].as_f64().expect("a point is two numbers");
    Point {
        x: number(0),
        y: number(1),
    }
}

const FIND: &str = "return [...document.querySelectorAll(arguments[0])].find(it =>
    it.checkVisibility({visibilityProperty: true}) && it.getClientRects().length > 0) ?? null";

const BUTTONS: &str = "const scope = document.querySelector(arguments[0]);
  const modal = document.querySelector('dialog:modal');
  const visible = it => it.checkVisibility({visibilityProperty: true}) && it.getClientRects().length > 0
    && !it.closest('[inert]') && (!modal || modal.contains(it));
  const all = scope ? [...scope.querySelectorAll('button, [role=button]')].filter(visible) : [];
  const words = it => it.innerText.trim().replace(/\\s+/g, ' ');
  const fitting = all.filter(it => words(it) === arguments[1]);";
