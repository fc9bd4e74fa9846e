//! `cargo xtask serve`: hands the built page to browsers on this computer, and to nobody else. Knows nothing of what the page does.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::reading_set::ReadingSet;
use crate::site::Site;
use crate::steps::Outcome;
use crate::{build, http, setup, workspace};

/// How many ports after the wanted one are tried.
const PORTS_TO_TRY: u16 = 50;

/// What `cargo xtask serve` was asked for.
pub struct Options {
    /// The port to begin with.
    pub port: u16,
    /// A folder whose articles are read instead of the practice set.
    pub articles: Option<PathBuf>,
    /// Whether to open the page in a browser.
    pub open: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8080,
            articles: None,
            open: false,
        }
    }
}

/// Builds the page and serves it until the program is ended.
pub fn command(options: Options) -> Outcome<()> {
    // A wrong folder is said at once, not after a long build.
    let articles = options.articles.map(ReadingSet::open).transpose()?;
    build::build(&setup::for_build()?)?;
    let (listener, port) = listen(options.port)?;
    let site = Site {
        dist: workspace::dist(),
        articles,
    };
    let address = format!("http://127.0.0.1:{port}/");
    announce(&site, options.port, port, &address)?;
    if options.open {
        open_in_browser(&address);
    }
    serve(&listener, site)
}

fn announce(site: &Site, wanted: u16, port: u16, address: &str) -> Outcome<()> {
    println!();
    if let Some(articles) = &site.articles {
        println!(
            "The reading set: {} articles from {}.",
            articles.entries()?.len(),
            articles.folder().display()
        );
    }
    // Port 0 asks for any port.
    if port != wanted && wanted != 0 {
        println!(
            "Port {wanted} is taken, so this is {port}. A browser keeps marks for each address apart: \
             those made on port {wanted} are not seen here."
        );
    }
    println!("Sourcelight is at {address} (Ctrl+C ends it).");
    Ok(())
}

/// The first free port from `wanted` on.
fn listen(wanted: u16) -> Outcome<(TcpListener, u16)> {
    for port in wanted..=wanted.saturating_add(PORTS_TO_TRY) {
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            // Port 0 lets the system choose, so the number is asked for.
            let port = listener.local_addr().map_or(port, |address| address.port());
            return Ok((listener, port));
        }
    }
    let last = wanted.saturating_add(PORTS_TO_TRY);
    Err(format!(
        "None of the ports {wanted} to {last} is free; choose another with `--port N`."
    ))
}

fn serve(listener: &TcpListener, site: Site) -> Outcome<()> {
    let site = Arc::new(site);
    for stream in listener.incoming().flatten() {
        let site = Arc::clone(&site);
        // A browser that goes away in the middle is its own affair.
        std::thread::spawn(move || http::answer(&stream, |request| site.respond(request)));
    }
    Err("The server was ended by the system.".to_owned())
}

fn open_in_browser(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut browser = Command::new(program);
    browser
        .args(arguments)
        .arg(address)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if browser.spawn().is_err() {
        println!("No browser could be opened; please open the address yourself.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_free_port_is_taken() {
        let (first, port) = listen(0).expect("the system has a free port");
        let (_second, next) = listen(port).expect("one of the next ports is free");
        assert!(next > port, "{next} after {port}");
        drop(first);
    }

    #[test]
    fn a_whole_exchange_over_the_network() {
        use std::io::{Read, Write};
        let (listener, port) = listen(0).expect("the system has a free port");
        let site = Site {
            dist: PathBuf::from("no/such/folder"),
            articles: None,
        };
        std::thread::spawn(move || serve(&listener, site));
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).expect("it listens");
        stream
            .write_all(b"HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            .expect("it reads");
        let mut received = String::new();
        stream
            .read_to_string(&mut received)
            .expect("it answers and closes");
        assert!(
            received.starts_with("HTTP/1.1 404 Not Found\r\n") && received.ends_with("\r\n\r\n"),
            "{received}"
        );
    }
}
