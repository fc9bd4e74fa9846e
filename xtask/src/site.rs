//! What the server answers to a request: the built page, its cache rules, and nothing outside its folder. Knows no ports.

use std::path::{Path, PathBuf};

use crate::file_names;
use crate::http::{self, Request, Response};
use crate::reading_set::ReadingSet;

/// The built page, with somebody's own articles in place of the practice set if there are any.
pub struct Site {
    /// The built page.
    pub dist: PathBuf,
    /// What is read instead of the practice set.
    pub articles: Option<ReadingSet>,
}

impl Site {
    /// The answer to one request.
    pub fn respond(&self, request: &Request) -> Response {
        if !is_this_computer(&request.host) {
            return Response::sentence(403, "This server answers only to 127.0.0.1 and localhost.");
        }
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            let mut response = Response::sentence(405, "Only GET and HEAD are answered.");
            response.headers.push(("Allow", "GET, HEAD".to_owned()));
            return response;
        }
        let Some(path) = http::percent_decoded(&request.path) else {
            return Response::sentence(404, "The address is broken.");
        };
        let found = match (&self.articles, path.strip_prefix("/articles/")) {
            (Some(articles), Some(name)) => {
                articles.file(name).map(|bytes| (bytes, article_type(name)))
            }
            _ => self.dist_file(&path),
        };
        match found {
            None => Response::sentence(404, "There is nothing at this address."),
            Some((bytes, content_type)) => {
                file_response(&path, bytes, content_type, &request.known_etag)
            }
        }
    }

    fn dist_file(&self, path: &str) -> Option<(Vec<u8>, &'static str)> {
        let file = safe_file(&self.dist, path)?;
        let name = file.file_name()?.to_str()?;
        let content_type = if path.starts_with("/articles/") {
            article_type(name)
        } else {
            page_type(name)
        };
        Some((std::fs::read(&file).ok()?, content_type))
    }
}

fn file_response(path: &str, bytes: Vec<u8>, content_type: &str, known_etag: &str) -> Response {
    let name = path.rsplit('/').next().unwrap_or_default();
    let etag = format!("\"{}\"", file_names::short_hash(&bytes));
    // A name with the hash of its bytes in it will never mean other bytes; everything else is asked for again.
    let named_by_hash = file_names::hash_in_name(name).is_some() && !path.starts_with("/articles/");
    let cache = if named_by_hash {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let known = known_etag
        .split(',')
        .any(|known| known.trim().trim_start_matches("W/") == etag);
    let headers = vec![
        ("Content-Type", content_type.to_owned()),
        ("Cache-Control", cache.to_owned()),
        ("ETag", etag),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        // The one part of the page's policy that only a header can set.
        (
            "Content-Security-Policy",
            "frame-ancestors 'none'".to_owned(),
        ),
    ];
    if known {
        Response {
            status: 304,
            headers,
            body: Vec::new(),
        }
    } else {
        Response {
            status: 200,
            headers,
            body: bytes,
        }
    }
}

/// A page elsewhere can point a name of its own at 127.0.0.1 and so read what is served here; the `Host` header tells.
fn is_this_computer(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

/// The file a decoded path means, if it lies in `folder` and nowhere else.
fn safe_file(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = path.strip_prefix('/')?;
    let path = if path.is_empty() { "index.html" } else { path };
    let is_plain =
        |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
    if !path.split('/').all(is_plain) {
        return None;
    }
    // A link inside the folder may still point out of it.
    let folder = folder.canonicalize().ok()?;
    let file = folder.join(path).canonicalize().ok()?;
    (file.starts_with(&folder) && file.is_file()).then_some(file)
}

fn page_type(name: &str) -> &'static str {
    match ending(name).as_str() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Articles are texts in an encoding that the page finds out. HTML is no exception: as a page of this address it could run
/// scripts and read the marks of every other article.
fn article_type(name: &str) -> &'static str {
    match ending(name).as_str() {
        "json" => "application/json",
        _ => "text/plain",
    }
}

fn ending(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir()
                .join(format!("sourcelight-serve-{name}-{}", std::process::id()));
            std::fs::create_dir_all(folder.join("dist/articles"))
                .expect("temporary folders can be made");
            std::fs::create_dir_all(folder.join("own")).expect("temporary folders can be made");
            for (name, text) in [
                ("secret.txt", "secret"),
                ("dist/index.html", "<!doctype html>"),
                ("dist/app-0123456789abcdef_bg.wasm", "wasm"),
                ("dist/articles/index.json", "{\"practice\":1}"),
                ("dist/articles/key.json", "{}"),
                ("own/My page.html", "<h1>Mine</h1>"),
            ] {
                std::fs::write(folder.join(name), text).expect("the folder is writable");
            }
            Self(folder)
        }

        fn site(&self, own_articles: bool) -> Site {
            let articles = own_articles
                .then(|| ReadingSet::open(self.0.join("own")).expect("it has an article"));
            Site {
                dist: self.0.join("dist"),
                articles,
            }
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            // What is left in the system's folder for temporary files does no harm.
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn get(site: &Site, path: &str) -> Response {
        site.respond(&Request {
            method: "GET".into(),
            path: path.into(),
            host: "127.0.0.1:8080".into(),
            known_etag: String::new(),
        })
    }

    #[test]
    fn files_come_with_their_type_and_cache_rule() {
        let folder = Folder::new("types");
        let site = folder.site(false);
        let page = get(&site, "/");
        assert_eq!(
            (page.status, page.body.as_slice()),
            (200, b"<!doctype html>".as_slice())
        );
        assert_eq!(
            page.header("Content-Type"),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(page.header("Cache-Control"), Some("no-cache"));
        let program = get(&site, "/app-0123456789abcdef_bg.wasm");
        assert_eq!(program.header("Content-Type"), Some("application/wasm"));
        assert!(
            program
                .header("Cache-Control")
                .is_some_and(|rule| rule.contains("immutable"))
        );
        assert_eq!(get(&site, "/articles/key.json").status, 200);
    }

    #[test]
    fn a_known_file_is_not_sent_again() {
        let folder = Folder::new("etag");
        let site = folder.site(false);
        let etag = get(&site, "/")
            .header("ETag")
            .expect("files have it")
            .to_owned();
        let request = Request {
            method: "GET".into(),
            path: "/".into(),
            host: "localhost".into(),
            known_etag: etag,
        };
        let response = site.respond(&request);
        assert_eq!((response.status, response.body.len()), (304, 0));
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let folder = Folder::new("traversal");
        for site in [folder.site(false), folder.site(true)] {
            for path in [
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/articles/../../secret.txt",
                "/articles/..%2f..%2fsecret.txt",
                "/..%5csecret.txt",
                "//secret.txt",
                "/./index.html",
                "/articles",
                "/articles/",
                "secret.txt",
                "/c:/secret.txt",
                "/secret.txt%00",
            ] {
                assert_eq!(get(&site, path).status, 404, "{path}");
            }
            let outside = folder.0.join("secret.txt");
            assert_eq!(get(&site, &outside.display().to_string()).status, 404);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let folder = Folder::new("link");
        std::os::unix::fs::symlink(folder.0.join("secret.txt"), folder.0.join("dist/link.txt"))
            .expect("links can be made");
        assert_eq!(get(&folder.site(false), "/link.txt").status, 404);
    }

    #[test]
    fn own_articles_stand_in_for_the_practice_set() {
        let folder = Folder::new("own");
        let site = folder.site(true);
        let index =
            String::from_utf8(get(&site, "/articles/index.json").body).expect("JSON is UTF-8");
        assert!(
            index.contains("\"My page.html\"") && !index.contains("practice"),
            "{index}"
        );
        let article = get(&site, "/articles/My%20page.html");
        assert_eq!(article.body, b"<h1>Mine</h1>");
        assert_eq!(
            article.header("Content-Type"),
            Some("text/plain"),
            "it must not run as a page"
        );
        assert_eq!(get(&site, "/articles/key.json").status, 404);
    }

    #[test]
    fn strange_hosts_and_methods_are_refused() {
        let folder = Folder::new("host");
        let site = folder.site(false);
        let mut request = Request {
            method: "GET".into(),
            path: "/".into(),
            host: "evil.example:8080".into(),
            known_etag: String::new(),
        };
        assert_eq!(site.respond(&request).status, 403);
        request.host = "localhost:8080".into();
        assert_eq!(site.respond(&request).status, 200);
        request.method = "POST".into();
        assert_eq!(site.respond(&request).status, 405);
    }
}
