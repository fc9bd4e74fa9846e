//! A small file server on 127.0.0.1 that writes down every request.
//!
//! It serves a folder below a sub-path, so that a page with absolute addresses fails, and files
//! that a test adds. Several ports lead to the same files: to the browser each is another origin
//! with storage of its own. It knows nothing of the page.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Where the page lies on the server. Not the root: its addresses have to be relative.
pub const BASE: &str = "/deep/path/";

/// One request that reached the server.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Path and query as the browser sent them.
    pub target: String,
    /// The status that was answered.
    pub status: u16,
}

/// The running server. It ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    addresses: Vec<SocketAddr>,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    files: Mutex<BTreeMap<String, Vec<u8>>>,
    /// What is sent compressed with brotli: paths and compressed bytes.
    compressed: Mutex<BTreeMap<String, Vec<u8>>>,
    seen: Mutex<Vec<Seen>>,
    /// What is not answered now.
    hindered: Mutex<Option<Hindered>>,
    cached: AtomicBool,
    ending: AtomicBool,
}

/// Requests that are not answered as they should be.
#[derive(Debug, Clone)]
struct Hindered {
    /// Part of their target.
    part: String,
    /// Whether they wait, instead of being told that nothing is there.
    wait: bool,
}

impl Server {
    /// Serves `folder` on two free ports.
    pub fn start(folder: &Path) -> Server {
        let shared = Arc::new(Shared {
            folder: folder.to_path_buf(),
            files: Mutex::default(),
            compressed: Mutex::default(),
            seen: Mutex::default(),
            hindered: Mutex::default(),
            cached: AtomicBool::new(false),
            ending: AtomicBool::new(false),
        });
        let addresses = (0..2).map(|_| listen(&shared)).collect();
        Server { addresses, shared }
    }

    /// The page's address on the first or second origin, ending in `/`.
    pub fn base(&self, origin: usize) -> String {
        format!("http://{}{BASE}", self.addresses[origin])
    }

    /// Adds a file at `path` below the page, in front of what the folder holds.
    pub fn add(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        lock(&self.shared.files).insert(path.to_owned(), bytes.into());
    }

    /// Sends these files compressed, as a static host does: paths and what brotli made of them.
    pub fn send_compressed(&self, files: BTreeMap<String, Vec<u8>>) {
        *lock(&self.shared.compressed) = files;
    }

    /// Lets the browser keep what it fetched; without this it asks again each time.
    pub fn let_cache(&self) {
        self.shared.cached.store(true, Ordering::Relaxed);
    }

    /// Has nothing at addresses with `part` in them, until [`Self::answer_all`].
    pub fn refuse(&self, part: &str) {
        self.hinder(part, false);
    }

    /// Lets requests for addresses with `part` in them wait, until [`Self::answer_all`].
    pub fn hold(&self, part: &str) {
        self.hinder(part, true);
    }

    fn hinder(&self, part: &str, wait: bool) {
        let part = part.to_owned();
        *lock(&self.shared.hindered) = Some(Hindered { part, wait });
    }

    /// Answers everything again, what waits too.
    pub fn answer_all(&self) {
        *lock(&self.shared.hindered) = None;
    }

    /// How many requests were seen so far.
    pub fn count(&self) -> usize {
        lock(&self.shared.seen).len()
    }

    /// The requests after the first `count`.
    pub fn since(&self, count: usize) -> Vec<Seen> {
        lock(&self.shared.seen)
            .iter()
            .skip(count)
            .cloned()
            .collect()
    }
}

impl Shared {
    fn hinders(&self, target: &str, wait: bool) -> bool {
        let hindered = lock(&self.hindered);
        let is_it = |it: &Hindered| it.wait == wait && target.contains(&it.part);
        hindered.as_ref().is_some_and(is_it)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.answer_all();
        self.shared.ending.store(true, Ordering::Relaxed);
        for address in &self.addresses {
            // A last connection wakes the thread that waits for one.
            drop(TcpStream::connect(address));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn listen(shared: &Arc<Shared>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a bound port has an address");
    let shared = Arc::clone(shared);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if shared.ending.load(Ordering::Relaxed) {
                break;
            }
            let shared = Arc::clone(&shared);
            thread::spawn(move || serve(&shared, &stream));
        }
    });
    address
}

/// Answers requests on one connection until the browser closes it.
fn serve(shared: &Shared, stream: &TcpStream) {
    let mut reader = BufReader::new(stream);
    while let Some((method, target)) = request(&mut reader) {
        while shared.hinders(&target, true) {
            thread::sleep(Duration::from_millis(10));
        }
        let answer = if shared.hinders(&target, false) {
            None
        } else if method == "GET" || method == "HEAD" {
            content(shared, &target)
        } else {
            None
        };
        let status = if answer.is_some() { 200 } else { 404 };
        lock(&shared.seen).push(Seen {
            target: target.clone(),
            status,
        });
        let (kind, mut body) = answer.unwrap_or(("text/plain", b"not here".to_vec()));
        let mut encoding = "";
        if let Some(bytes) =
            path_of(&target).and_then(|it| lock(&shared.compressed).get(it).cloned())
        {
            body = bytes;
            encoding = "Content-Encoding: br\r\n";
        }
        let keep = if shared.cached.load(Ordering::Relaxed) {
            "max-age=3600"
        } else {
            "no-store"
        };
        let head = format!(
            "HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{encoding}Cache-Control: {keep}\r\n\r\n",
            body.len()
        );
        let mut out = stream;
        if out.write_all(head.as_bytes()).is_err() {
            return;
        }
        if method != "HEAD" && out.write_all(&body).is_err() {
            return;
        }
    }
}

/// Method and target of the next request; its head is read to the end, its body skipped.
fn request(reader: &mut BufReader<&TcpStream>) -> Option<(String, String)> {
    let first = line(reader)?;
    let mut parts = first.split(' ');
    let (method, target) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let mut length = 0;
    loop {
        let header = line(reader)?.to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((method, target))
}

fn line(reader: &mut BufReader<&TcpStream>) -> Option<String> {
    let mut line = String::new();
    loop {
        match reader.read_line(&mut line) {
            Ok(0) => return None,
            Ok(_) => return Some(line.trim_end().to_owned()),
            Err(why) if why.kind() == ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// The path below the page that a request asks for.
fn path_of(target: &str) -> Option<&str> {
    let path = target.split(['?', '#']).next()?.strip_prefix(BASE)?;
    Some(if path.is_empty() { "index.html" } else { path })
}

fn content(shared: &Shared, target: &str) -> Option<(&'static str, Vec<u8>)> {
    let path = path_of(target)?;
    if let Some(bytes) = lock(&shared.files).get(path) {
        return Some((kind(path), bytes.clone()));
    }
    let relative = Path::new(path);
    if !relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return None;
    }
    let bytes = fs::read(shared.folder.join(relative)).ok()?;
    Some((kind(path), bytes))
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript",
        "css" => "text/css",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
