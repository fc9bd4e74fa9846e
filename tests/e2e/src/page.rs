//! The page under test as its users and scripts see it: opening, waiting, buttons, keys, reading.
//!
//! Input goes through [`crate::actions`]; scripts only read. Knows the hooks of the design and
//! nothing of how the page is made.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::WebElement;

use crate::actions::Point;
use crate::browser::{Browser, Engine, Options};
use crate::server::Server;
use crate::watch::Watch;

/// How long a person would wait before calling it broken.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

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
    /// The file that is opened from disk instead of what the server has.
    disk: RefCell<Option<PathBuf>>,
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
            disk: RefCell::default(),
        };
        page.watch.install(&page.browser);
        page
    }

    /// Ends the browser as a power cut does, and starts it again on what is left. Nothing is opened.
    pub fn cut_power(&mut self, options: &Options) {
        self.browser.kill_and_restart(options);
        self.watch.restarted();
        self.watch.install(&self.browser);
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
        let address = match &*self.disk.borrow() {
            Some(file) => format!("file://{}{rest}", file.display()),
            None => format!("{}{rest}", self.server.base(self.origin.get())),
        };
        // A change of the fragment alone would not load the page anew.
        self.browser.wait(self.browser.driver().goto("about:blank"));
        self.browser.wait(self.browser.driver().goto(address));
    }

    /// From now on the page is a file on the disk, opened as a double click does.
    pub fn take_from_disk(&self, file: &Path) {
        self.disk.replace(Some(file.to_owned()));
    }

    /// From now on the page is opened on another origin, where nothing is stored yet; from disk it is another file.
    pub fn move_to_fresh_origin(&self) {
        if let Some(file) = self.disk.borrow_mut().as_mut() {
            let text = fs::read_to_string(&*file).expect("the file can be read");
            file.set_file_name("another.html");
            let store = "name=\"sourcelight-store\" content=\"";
            let text = text.replacen(store, &format!("{store}another-"), 1);
            fs::write(&*file, text).expect("the file can be written");
            return;
        }
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

    /// Waits for `data-ready`, and then for the rest of the program.
    #[track_caller]
    pub fn until_ready(&self) {
        self.until(
            "the first article can be marked (<html data-ready>)",
            || self.is("document.documentElement.hasAttribute('data-ready')"),
        );
        self.until("all of the program is here (<html data-complete>)", || {
            self.is("document.documentElement.hasAttribute('data-complete')")
        });
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

    /// Holds that nothing reaches beyond so many CSS pixels, to which one would have to scroll sideways.
    #[track_caller]
    pub fn assert_fits(&self, width: u64) {
        let wide = self.read("document.documentElement.scrollWidth");
        assert!(
            wide.as_u64().is_some_and(|it| it <= width),
            "the page is {wide} wide"
        );
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

    /// Waits for the download of a project file and gives its bytes; the file is removed.
    #[track_caller]
    pub fn download(&self) -> Vec<u8> {
        let (name, bytes) = self.download_of("json");
        assert!(
            name.starts_with("sourcelight-"),
            "the download is called {name}"
        );
        bytes
    }

    /// Waits for a download with this ending and gives its name and bytes; the file is removed.
    #[track_caller]
    pub fn download_of(&self, ending: &str) -> (String, Vec<u8>) {
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
                path.extension().is_some_and(|end| end == ending) && size > 0
            });
            !partial && found.is_some()
        });
        let path = found.expect("it arrived");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let bytes = fs::read(&path).expect("the download can be read");
        fs::remove_file(&path).expect("the download can be removed");
        (name.into_owned(), bytes)
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

    /// Shows the page as it is printed by somebody who reads in the dark (Chromium).
    pub fn on_paper(&self) {
        let dark = json!({"name": "prefers-color-scheme", "value": "dark"});
        let media = json!({"media": "print", "features": [dark]});
        self.browser.devtools("Emulation.setEmulatedMedia", media);
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
