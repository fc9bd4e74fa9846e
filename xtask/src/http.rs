//! As much of HTTP as a browser on the same computer needs: reads a request's head, writes a response. Knows no files.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A browser's request heads are far smaller.
const HEAD_LIMIT: u64 = 32 * 1024;
/// Browsers open connections in advance; those that stay silent are closed.
const PATIENCE: Duration = Duration::from_secs(20);

/// The head of a request; bodies are not read.
#[derive(Debug, Default, PartialEq)]
pub struct Request {
    /// `GET`, `HEAD` or something that will be refused.
    pub method: String,
    /// The path with its percent signs, without the query.
    pub path: String,
    /// The `Host` header.
    pub host: String,
    /// The `If-None-Match` header.
    pub known_etag: String,
}

/// What is sent back.
#[derive(Debug, PartialEq)]
pub struct Response {
    /// For example 200.
    pub status: u16,
    /// Beside those that every response has.
    pub headers: Vec<(&'static str, String)>,
    /// Left out for `HEAD`, though its length is told.
    pub body: Vec<u8>,
}

impl Response {
    /// A response that is a sentence.
    pub fn sentence(status: u16, sentence: &str) -> Self {
        let headers = vec![
            ("Content-Type", "text/plain; charset=utf-8".to_owned()),
            ("Cache-Control", "no-store".to_owned()),
        ];
        Self {
            status,
            headers,
            body: format!("{sentence}\n").into_bytes(),
        }
    }

    /// The value of a header.
    #[cfg(test)]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Answers one request and closes the connection.
pub fn answer(stream: &TcpStream, respond: impl FnOnce(&Request) -> Response) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Some(request) = read_request(BufReader::new(stream.take(HEAD_LIMIT)))? else {
        return Ok(());
    };
    let response = respond(&request);
    write_response(stream, &response, request.method == "HEAD")
}

/// Reads a head to its empty line; nothing when the connection ends before or the head is no HTTP.
fn read_request(reader: impl BufRead) -> io::Result<Option<Request>> {
    let mut lines = reader.lines();
    let Some(first) = lines.next().transpose()? else {
        return Ok(None);
    };
    let mut words = first.split_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let mut request = Request {
        method: method.to_owned(),
        path: path.to_owned(),
        ..Request::default()
    };
    for line in lines {
        let line = line?;
        if line.is_empty() {
            return Ok(Some(request));
        }
        let Some((name, value)) = line.split_once(':') else {
            return Ok(None);
        };
        match name.to_ascii_lowercase().as_str() {
            "host" => value.trim().clone_into(&mut request.host),
            "if-none-match" => value.trim().clone_into(&mut request.known_etag),
            _ => {}
        }
    }
    Ok(None)
}

fn write_response(mut stream: impl Write, response: &Response, head_only: bool) -> io::Result<()> {
    let mut head = format!(
        "HTTP/1.1 {} {}\r\n",
        response.status,
        reason(response.status)
    );
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!(
        "Content-Length: {}\r\nConnection: close\r\n\r\n",
        response.body.len()
    ));
    stream.write_all(head.as_bytes())?;
    if !head_only {
        stream.write_all(&response.body)?;
    }
    stream.flush()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        304 => "Not Modified",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "Internal Server Error",
    }
}

/// Turns `%41` into `A`; nothing when the result is not UTF-8 or an escape is broken.
pub fn percent_decoded(path: &str) -> Option<String> {
    let mut bytes = path.bytes();
    let mut decoded = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let mut digit = || bytes.next().and_then(|byte| char::from(byte).to_digit(16));
        let (high, low) = (digit()?, digit()?);
        decoded.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_head_is_read() {
        let head = "GET /a%20b.js?x=1 HTTP/1.1\r\nHOST: localhost:8080\r\nif-none-match: \"1\"\r\nAccept: */*\r\n\r\n";
        let request = read_request(head.as_bytes())
            .expect("memory does not fail")
            .expect("it is whole");
        let wanted = Request {
            method: "GET".into(),
            path: "/a%20b.js".into(),
            host: "localhost:8080".into(),
            known_etag: "\"1\"".into(),
        };
        assert_eq!(request, wanted);
    }

    #[test]
    fn what_is_no_whole_request_is_dropped() {
        for head in [
            "",
            "\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        ] {
            assert_eq!(
                read_request(head.as_bytes()).expect("memory does not fail"),
                None,
                "{head:?}"
            );
        }
    }

    #[test]
    fn head_tells_the_length_and_sends_no_body() {
        let mut sent = Vec::new();
        write_response(&mut sent, &Response::sentence(404, "Nothing."), true)
            .expect("memory does not fail");
        let sent = String::from_utf8(sent).expect("it is text");
        assert!(sent.starts_with("HTTP/1.1 404 Not Found\r\n"), "{sent}");
        assert!(sent.contains("Content-Length: 9\r\n"), "{sent}");
        assert!(sent.ends_with("\r\n\r\n"), "{sent}");
    }

    #[test]
    fn percent_signs_are_decoded() {
        assert_eq!(percent_decoded("/a%20%C3%A9").as_deref(), Some("/a é"));
        for broken in ["/%", "/%4", "/%zz", "/%ff", "/%+1"] {
            assert_eq!(percent_decoded(broken), None, "{broken}");
        }
    }
}
