//! One browser with its driver: started on free ports with a new profile, ended when dropped.
//!
//! Its calls wait for the answer, so tests read as plain steps. It knows nothing of the page.

use std::fs;
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Capabilities, RequestData, SessionId, WebDriver, WebElement};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use crate::{capabilities, tools};

/// Which browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium through chromedriver.
    Chromium,
    /// Firefox through geckodriver.
    Firefox,
}

/// How a browser is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which one.
    pub engine: Engine,
    /// A phone of 390×844 with a finger instead of a mouse (Chromium).
    pub phone: bool,
    /// The person has forbidden the site to keep data (Chromium).
    pub blocked_storage: bool,
    /// A private window (Chromium).
    pub private: bool,
    /// The person moves a caret through the text and selects by keys.
    pub caret_browsing: bool,
    /// Keep the driver's network and console logs, which cost time: off for measuring.
    pub logs: bool,
    /// How long the browser may take for one answer.
    pub patience: Duration,
    /// Outer size of the window in CSS pixels.
    pub window: (u32, u32),
}

impl Options {
    /// A desktop window with everything as the browser comes.
    pub fn new(engine: Engine) -> Options {
        Options {
            engine,
            phone: false,
            blocked_storage: false,
            private: false,
            caret_browsing: false,
            logs: true,
            patience: Duration::from_secs(90),
            window: (1280, 900),
        }
    }
}

/// A running browser.
#[derive(Debug)]
pub struct Browser {
    /// Which one it is.
    pub engine: Engine,
    /// Where its downloads arrive.
    pub downloads: PathBuf,
    driver: Option<WebDriver>,
    runtime: Runtime,
    child: Child,
    profile: PathBuf,
}

impl Browser {
    /// Starts driver and browser.
    pub fn start(options: &Options) -> Browser {
        Self::with_profile(options, fresh_folder())
    }

    /// Starts driver and browser on what an earlier browser left in `profile`.
    fn with_profile(options: &Options, profile: PathBuf) -> Browser {
        let downloads = profile.join("downloads");
        fs::create_dir_all(&downloads).expect("a folder for downloads");
        let (child, address) = start_driver(options.engine, &profile);
        let capabilities = match options.engine {
            Engine::Chromium => capabilities::chromium(options, &profile, &downloads),
            Engine::Firefox => capabilities::firefox(options, &profile, &downloads),
        };
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        // From here on a failure drops `browser`, which ends the driver.
        let mut browser = Browser {
            engine: options.engine,
            downloads,
            driver: None,
            runtime,
            child,
            profile,
        };
        let Value::Object(map) = capabilities else {
            unreachable!("capabilities are an object")
        };
        let connecting =
            WebDriver::builder(address, Capabilities::from(map)).request_timeout(options.patience);
        browser.driver = Some(browser.wait(async { connecting.await }));
        browser
    }

    /// Ends the browser as a power cut does, with all its processes at once, and starts another on
    /// what is left.
    pub fn kill_and_restart(&mut self, options: &Options) {
        let driver = self.driver.take().expect("present until dropped");
        let browser = browser_process(&driver).expect("the driver says which process it is");
        let mut all = descendants(&browser);
        all.push(browser);
        kill(&all);
        // The session is gone with the browser; asking the driver to end it would only wait.
        drop(driver.leak());
        drop(self.child.kill());
        drop(self.child.wait());
        let profile = std::mem::take(&mut self.profile);
        *self = Self::with_profile(options, profile);
    }

    /// The session, for calls of `thirtyfour` that have no short form here.
    pub fn driver(&self) -> &WebDriver {
        self.driver.as_ref().expect("present until dropped")
    }

    /// Waits for an answer of the driver.
    ///
    /// # Panics
    /// With the driver's sentence where it refuses.
    #[track_caller]
    pub fn wait<T>(&self, answer: impl Future<Output = WebDriverResult<T>>) -> T {
        match self.runtime.block_on(answer) {
            Ok(value) => value,
            Err(why) => panic!("the browser's driver says: {why:?}"),
        }
    }

    /// Runs `script` as the body of a function with `arguments` and gives what it returns.
    #[track_caller]
    pub fn read(&self, script: &str, arguments: Vec<Value>) -> Value {
        let answer = self.wait(self.driver().execute(script, arguments));
        answer.json().clone()
    }

    /// Like [`Browser::read`] for a script that awaits: it is the body of an async function.
    /// What it throws comes back as `{"thrown": sentence}`.
    #[track_caller]
    pub fn read_later(&self, script: &str, arguments: Vec<Value>) -> Value {
        let whole = format!(
            "const done = arguments[arguments.length - 1];
             (async function () {{ {script} }}).apply(null, arguments)
               .then(value => done(value), why => done({{thrown: String(why)}}));"
        );
        let answer = self.wait(self.driver().execute_async(whole, arguments));
        answer.json().clone()
    }

    /// Like [`Browser::read`] for a script that returns an element or null.
    #[track_caller]
    pub fn element(&self, script: &str, arguments: Vec<Value>) -> Option<WebElement> {
        let answer = self.wait(self.driver().execute(script, arguments));
        if answer.json().is_null() {
            return None;
        }
        Some(answer.element().expect("the script returns an element"))
    }

    /// Performs input made by [`crate::actions`].
    #[track_caller]
    pub fn act(&self, actions: Value) {
        self.raw(Method::POST, "actions", Some(json!({ "actions": actions })));
    }

    /// A WebDriver command below the session's address.
    #[track_caller]
    pub fn raw(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let command = Raw {
            method,
            path: path.to_owned(),
            body,
        };
        let answer = self.wait(self.driver().handle().cmd(command));
        answer.value().expect("every answer is JSON")
    }

    /// A DevTools command (Chromium).
    #[track_caller]
    pub fn devtools(&self, method: &str, parameters: Value) -> Value {
        let cdp = self.driver().cdp();
        self.wait(cdp.send_raw(method, parameters))
    }

    /// Takes the entries of a log that came since the last call (Chromium; empty in Firefox).
    pub fn log(&self, kind: &str) -> Vec<thirtyfour::BrowserLogEntry> {
        match self.engine {
            Engine::Chromium => self.wait(self.driver().get_log(kind)),
            Engine::Firefox => Vec::new(),
        }
    }

    /// What driver and browser printed so far.
    pub fn printed(&self) -> String {
        let bytes = fs::read(self.profile.join("driver.log")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// A picture of the window as PNG, `None` where the browser cannot give one any more.
    pub fn picture(&self) -> Option<Vec<u8>> {
        let taking = self.driver().screenshot_as_png();
        self.runtime.block_on(taking).ok()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(driver) = self.driver.take() {
            let browser = browser_process(&driver);
            let quitting = async { timeout(Duration::from_secs(5), driver.quit()).await };
            let polite = self.runtime.block_on(quitting).is_ok();
            if let (false, Some(process)) = (polite, browser) {
                kill(&[process]);
            }
        }
        drop(self.child.kill());
        drop(self.child.wait());
        drop(fs::remove_dir_all(&self.profile));
    }
}

#[derive(Debug)]
struct Raw {
    method: Method,
    path: String,
    body: Option<Value>,
}

impl FormatRequestData for Raw {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let data = RequestData::new(
            self.method.clone(),
            format!("session/{session}/{}", self.path),
        );
        match &self.body {
            Some(body) => data.add_body(body.clone()),
            None => data,
        }
    }
}

fn fresh_folder() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("sourcelight-e2e-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).expect("the system's folder for temporary files can be written");
    folder
}

/// Starts the driver. The port that it chooses may just have been taken by somebody else, and then
/// it ends: another one is tried.
fn start_driver(engine: Engine, profile: &Path) -> (Child, String) {
    let started = (0..5).find_map(|_| try_driver(engine, profile));
    started
        .unwrap_or_else(|| panic!("the driver of {engine:?} ended before it listened, five times"))
}

/// Starts the driver on a port it chooses and reads that port from what it prints.
fn try_driver(engine: Engine, profile: &Path) -> Option<(Child, String)> {
    let (program, arguments) = match engine {
        Engine::Chromium => (
            tools::program("CHROMEDRIVER", &["chromedriver"]),
            vec!["--port=0".to_owned()],
        ),
        Engine::Firefox => (
            tools::program("GECKODRIVER", &["geckodriver"]),
            ["--port", "0", "--websocket-port", "0", "--profile-root"]
                .map(str::to_owned)
                .into_iter()
                .chain([profile.display().to_string()])
                .collect(),
        ),
    };
    let log = fs::File::create(profile.join("driver.log")).expect("a log file");
    let mut child = Command::new(&program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .unwrap_or_else(|why| panic!("{} cannot be started: {why}", program.display()));
    let mut lines = BufReader::new(child.stdout.take().expect("piped above"));
    let mut line = String::new();
    let port = loop {
        line.clear();
        let read = lines.read_line(&mut line).unwrap_or(0);
        if read == 0 {
            drop(child.wait());
            return None;
        }
        if let Some(port) = port_in(&line) {
            break port;
        }
    };
    // The pipe has to be read on, or the driver stops when it is full.
    let log = profile.join("driver.log");
    thread::spawn(move || {
        let file = fs::OpenOptions::new().append(true).open(log);
        if let Ok(mut file) = file {
            drop(std::io::copy(&mut lines, &mut file));
        }
    });
    Some((child, format!("http://127.0.0.1:{port}")))
}

/// The port in “… started successfully on port 123.” or “… Listening on 127.0.0.1:123”.
fn port_in(line: &str) -> Option<u16> {
    if !line.contains("started successfully") && !line.contains("Listening on") {
        return None;
    }
    let line = line.trim().trim_end_matches('.');
    let digits = line
        .rsplit(|letter: char| !letter.is_ascii_digit())
        .next()?;
    digits.parse().ok()
}

/// The browser's own process, where the driver says it.
fn browser_process(driver: &WebDriver) -> Option<String> {
    let capabilities = driver.capabilities();
    let names = ["goog:processID", "moz:processID"];
    let id = names.iter().find_map(|name| capabilities.get(name))?;
    Some(id.as_u64()?.to_string())
}

/// Ends processes that did not end when asked, or were not asked.
fn kill(processes: &[String]) {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("taskkill");
        command.args(["/F", "/T"]);
        command.args(processes.iter().flat_map(|it| ["/PID", it]));
        command
    } else {
        let mut command = Command::new("kill");
        command.arg("-9").args(processes);
        command
    };
    drop(command.stdout(Stdio::null()).stderr(Stdio::null()).status());
}

/// The processes that a process has started, and theirs.
fn descendants(process: &str) -> Vec<String> {
    let listed = Command::new("ps").args(["-A", "-o", "pid=,ppid="]).output();
    let listed = listed.expect("ps lists the processes").stdout;
    let listed = String::from_utf8_lossy(&listed);
    let pairs: Vec<(&str, &str)> = listed
        .lines()
        .filter_map(|line| line.trim().split_once(char::is_whitespace))
        .map(|(process, parent)| (process, parent.trim()))
        .collect();
    let mut found = vec![process];
    let mut at = 0;
    while at < found.len() {
        let parent = found[at];
        found.extend(pairs.iter().filter(|it| it.1 == parent).map(|it| it.0));
        at += 1;
    }
    found[1..].iter().map(|it| (*it).to_owned()).collect()
}
