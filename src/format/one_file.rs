//! The page in one file, with work in it: where the work stands there, and under which name the file keeps what is done with
//! it. Knows nothing of what the work says. The page is made in `xtask/src/one_file`, and its scripts read what is put here.

/// Stands before the name of the file's own store; `"` ends it.
const STORE: &str = "<meta name=\"sourcelight-store\" content=\"";

/// Stands before the work, which is JSON; [`END`] ends it.
const WORK: &str = "<script type=\"application/json\" id=\"sourcelight-work\">";

const END: &str = "</script>";

/// What a file with work in it is for. Its scripts know it by the beginning of the store's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Work goes on in it: what it came with is taken in once.
    Copy,
    /// A lesson begins in it: it is offered until it is begun.
    Lesson,
}

/// `page` with `work` in it, which is JSON, and with a store of its own, named after `id`: of that, the last letters and digits
/// will do. `None` where `page` is not the page in one file.
pub fn with_work(page: &str, purpose: Purpose, id: &str, work: &str) -> Option<String> {
    let purpose = match purpose {
        Purpose::Copy => "copy",
        Purpose::Lesson => "lesson",
    };
    // Fresh ids end in what chance has made; each name of the store begins with it, so it is short.
    let letters = id.chars().rev().filter(char::is_ascii_alphanumeric);
    let store: String = letters.take(12).collect();
    let (before, rest) = page.split_once(STORE)?;
    let (_, rest) = rest.split_once('"')?;
    let (between, rest) = rest.split_once(WORK)?;
    let (_, after) = rest.split_once(END)?;
    // In JSON the sign stands in texts alone, where it can be written like that; nothing ends the script then, or hides its end.
    let work = work.replace('<', "\\u003c");
    Some(
        [
            before, STORE, purpose, "-", &store, "\"", between, WORK, &work, END, after,
        ]
        .concat(),
    )
}

/// The work in a page in one file, as JSON; `None` where there is none, or the file is another.
pub fn work_in(page: &[u8]) -> Option<&str> {
    // A file of somebody else is not read to its end.
    let beginning = page.get(..4_000).unwrap_or(page);
    if !beginning
        .windows(STORE.len())
        .any(|it| it == STORE.as_bytes())
    {
        return None;
    }
    let (_, rest) = std::str::from_utf8(page).ok()?.split_once(WORK)?;
    let (work, _) = rest.split_once(END)?;
    Some(work).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Purpose, with_work, work_in};

    const PAGE: &str = "<!doctype html><meta name=\"sourcelight-store\" content=\"practice\"><script>1</script>\
                        <script type=\"application/json\" id=\"sourcelight-work\"></script><script>2</script>";

    #[test]
    fn work_goes_in_and_comes_out_again() {
        let made = with_work(PAGE, Purpose::Copy, "0197-ab-cdef", "{\"a\":1}").expect("a page");
        assert_eq!(work_in(made.as_bytes()), Some("{\"a\":1}"));
        assert!(made.contains("content=\"copy-fedcba7910\""), "{made}");
        assert!(made.starts_with("<!doctype html>") && made.ends_with("<script>2</script>"));
        // A copy of a copy has the new work alone.
        let again = with_work(&made, Purpose::Lesson, "x\"y", "{}").expect("a page");
        assert_eq!(work_in(again.as_bytes()), Some("{}"));
        assert!(again.contains("content=\"lesson-yx\"") && !again.contains("copy-"));
    }

    #[test]
    fn nothing_gets_out_of_the_work() {
        for hostile in [
            "</script><script>alert(1)</script>",
            "<!--<script>",
            "</SCRIPT >",
            "]]>\u{2028}",
        ] {
            let work = format!("{{\"text\":\"{hostile}\"}}");
            let made = with_work(PAGE, Purpose::Copy, "1", &work).expect("a page");
            assert_eq!(made.matches("<script").count(), 3, "{made}");
            assert!(!made.contains("<!--"), "{made}");
            let inside = work_in(made.as_bytes()).expect("it has work");
            let read: serde_json::Value = serde_json::from_str(inside).expect("it is JSON still");
            assert_eq!(read["text"], hostile);
        }
    }

    #[test]
    fn other_files_have_no_work() {
        assert_eq!(work_in(PAGE.as_bytes()), None);
        assert_eq!(work_in(b"<p>sourcelight-work</p>"), None);
        assert_eq!(work_in(&[255; 40]), None);
        assert_eq!(with_work("<p>", Purpose::Copy, "1", "{}"), None);
    }
}
