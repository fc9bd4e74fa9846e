//! A file of any kind at first sight: its text, and enough of its shape to tell formats apart by
//! their content. Knows nothing of the formats.

use std::cell::Cell;

use super::archive;
use crate::format::json::{Json, Object, Parsed, Source, as_count, as_text, mend};
use crate::format::{Problem, encoding};

/// How many lines, or items of a list, are looked at to tell what a file is.
const LOOKED_AT: usize = 20;

/// How much of a large file of lines is looked at to tell what it is, in bytes.
const HEAD: usize = 300_000;

/// How many paths of a JSON value are noted: a format has some, and objects by name have no end.
const MOST_PATHS: usize = 300;

/// A file with its text.
pub(super) struct Input<'a> {
    pub(super) name: &'a str,
    pub(super) text: String,
    pub(super) notice: Option<String>,
    pub(super) shape: Shape,
    /// The number of its first line, where it is a part of a larger file.
    pub(super) first_line: u32,
    /// How many characters in its JSON were damaged, as far as that has been read.
    pub(super) damaged: Cell<usize>,
    /// What of a large file has not been looked at.
    rest: &'a [u8],
}

/// What kind of text it is.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    /// One JSON value. Its paths: `a`, `a.b` for an object in an object, `a[].b` for one in a list;
    /// those of a list's items begin with `[].`.
    Json(Vec<String>),
    /// One JSON object a line, with the paths of the first of them.
    Lines(Vec<String>),
    /// An XML document, by the name of its root without its prefix.
    Xml(String),
    /// An archive, with the files in it.
    Archive(Vec<(String, Vec<u8>)>),
    /// Anything else.
    Text,
}

impl<'a> Input<'a> {
    /// # Errors
    /// Where the file is no text.
    pub(super) fn of(name: &'a str, bytes: &[u8]) -> Result<Self, Problem> {
        let made = |text, shape, notice| Self {
            name,
            text,
            notice,
            shape,
            first_line: 1,
            damaged: Cell::default(),
            rest: &[],
        };
        if bytes.is_empty() {
            // Some formats have files without a line where nothing is marked.
            return Ok(made(String::new(), Shape::Text, None));
        }
        if archive::is_archive(bytes) {
            let files = archive::unpack(bytes).map_err(|why| Problem::new(name, why))?;
            return Ok(made(String::new(), Shape::Archive(files), None));
        }
        let decoded = encoding::decode(name, bytes)?;
        let shape = shape(&decoded.text);
        Ok(made(decoded.text.into_owned(), shape, decoded.notice))
    }

    /// A slice of a file that has one JSON object a line, and the number of its first line. What it is has
    /// been found out before.
    ///
    /// # Errors
    /// Where it is no text.
    pub(super) fn of_lines(name: &'a str, bytes: &[u8], first_line: u32) -> Result<Self, Problem> {
        let decoded = encoding::decode(name, bytes)?;
        Ok(Self {
            name,
            text: decoded.text.into_owned(),
            notice: decoded.notice,
            shape: Shape::Lines(Vec::new()),
            first_line,
            damaged: Cell::default(),
            rest: &[],
        })
    }

    /// As much of a file as tells what it is: of a large one with an object a line the first lines.
    ///
    /// # Errors
    /// Where it is no text.
    pub(super) fn at_sight(name: &'a str, bytes: &'a [u8]) -> Result<Self, Problem> {
        let head = bytes.get(..HEAD).filter(|it| it[0] == b'{');
        let end = head.and_then(|it| it.iter().rposition(|&it| it == b'\n'));
        if let (Some(head), Some(end)) = (head, end) {
            let first = Self::of(name, &head[..end])?;
            if matches!(first.shape, Shape::Lines(_)) {
                let rest = &bytes[end..];
                return Ok(Self { rest, ..first });
            }
        }
        Self::of(name, bytes)
    }

    /// Whether there are characters of two UTF-16 units in it, as they are or as JSON escapes them; of a
    /// large file in all of it.
    pub(super) fn has_wide_characters(&self) -> bool {
        let is_wide = |it: &[u8]| it[0] >= 0xf0 || it.eq_ignore_ascii_case(b"\\ud");
        let mut all = [self.text.as_bytes(), self.rest].into_iter();
        all.any(|it| it.windows(3).any(is_wide))
    }

    /// Whether it is JSON with this path in it.
    pub(super) fn has(&self, path: &str) -> bool {
        match &self.shape {
            Shape::Json(paths) | Shape::Lines(paths) => paths.iter().any(|it| it == path),
            _ => false,
        }
    }

    /// Whether it has one JSON object a line. A file of one line is that as well as one value.
    pub(super) fn has_lines(&self) -> bool {
        match &self.shape {
            Shape::Lines(_) => true,
            Shape::Json(_) => self.text.trim_end().lines().count() == 1 && !self.is_list(),
            _ => false,
        }
    }

    /// The file of this name in the archive that this is.
    pub(super) fn packed(&self, name: &str) -> Option<&[u8]> {
        let Shape::Archive(files) = &self.shape else {
            return None;
        };
        files.iter().find(|it| it.0 == name).map(|it| &*it.1)
    }

    pub(super) fn is_list(&self) -> bool {
        self.text.trim_start().starts_with('[')
    }

    pub(super) fn is_xml(&self, root: &str) -> bool {
        matches!(&self.shape, Shape::Xml(name) if name == root)
    }

    /// The file's name without folders and ending.
    pub(super) fn stem(&self) -> &str {
        crate::format::articles::stem(self.name)
    }

    /// The file's name with its folders and without its ending.
    pub(super) fn path(&self) -> &str {
        match self.name.rsplit_once('.') {
            Some((path, ending)) if !ending.contains(['/', '\\']) => path,
            _ => self.name,
        }
    }

    pub(super) fn ends_with(&self, ending: &str) -> bool {
        let name = self.name.to_ascii_lowercase();
        name.strip_suffix(ending)
            .is_some_and(|it| it.ends_with('.'))
    }

    /// Does something with the one JSON value of the file.
    ///
    /// # Errors
    /// Where it is none.
    pub(super) fn with_json<T>(
        &self,
        work: impl FnOnce(Json<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.with_json_of(&self.text, 1, work)
    }

    /// Does something with the object of each line, and its number from 1; gathers what is wrong.
    pub(super) fn each_line(
        &self,
        problems: &mut Vec<Problem>,
        mut work: impl FnMut(Json<'_>, u32) -> Result<(), Problem>,
    ) {
        let lines = self.text.split('\n').zip(self.first_line..);
        for (line, number) in lines.filter(|it| !it.0.trim().is_empty()) {
            let done = self.with_json_of(line, number, |json| work(json, number));
            problems.extend(done.err());
        }
    }

    /// Does something with each object of a file, a line or an item of its list each, and its number from
    /// 1; gathers what is wrong.
    ///
    /// # Errors
    /// Where it is neither lines nor a value.
    pub(super) fn each_object(
        &self,
        problems: &mut Vec<Problem>,
        mut work: impl FnMut(Json<'_>, u32) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        if self.has_lines() {
            self.each_line(problems, work);
            return Ok(());
        }
        self.with_json(|json| {
            let all = json.items().unwrap_or_else(|| vec![json]);
            for (item, number) in all.into_iter().zip(1..) {
                problems.extend(work(item, number).err());
            }
            Ok(())
        })
    }

    /// What is said of an object in which there is no text.
    pub(super) fn no_article(&self, number: u32) -> Problem {
        if !self.is_list() {
            let message = "There is no “text” here, so it is no article.";
            return Problem::at(self.name, number, message);
        }
        let message = format!("Item {number} of its list has no “text”, so it is no article.");
        Problem::new(self.name, message)
    }

    fn with_json_of<T>(
        &self,
        text: &str,
        first_line: u32,
        work: impl FnOnce(Json<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let wrong = |(line, message)| Problem::at(self.name, first_line + line - 1, message);
        let mended = mend(text).map_err(wrong)?;
        self.damaged.set(self.damaged.get() + mended.damaged);
        let source = Source::new(self.name, &mended.text, first_line);
        let parsed = source.parse()?;
        work(parsed.root())
    }
}

fn shape(text: &str) -> Shape {
    let start = text.trim_start();
    if start.starts_with(['{', '[']) {
        let mut paths = Vec::new();
        // Two lines of which the first is an object are no one value: so much is not read in vain.
        let mut filled = text.lines().filter(|it| !it.trim().is_empty());
        let first = filled.next().filter(|it| it.trim_start().starts_with('{'));
        let is_object = first.is_some_and(|it| of_json(it, &mut paths));
        if !(is_object && filled.next().is_some()) && of_json(text, &mut paths) {
            return Shape::Json(paths);
        }
        let lines = text.lines().filter(|it| !it.trim().is_empty());
        let is_json = |line: &str| line.trim_start().starts_with('{') && of_json(line, &mut paths);
        if lines
            .take(LOOKED_AT)
            .filter(|it| !it.is_empty())
            .map(is_json)
            .fold(false, |a, b| a | b)
        {
            return Shape::Lines(paths);
        }
    }
    match root_name(start) {
        Some(name) => Shape::Xml(name.to_owned()),
        None => Shape::Text,
    }
}

fn of_json(text: &str, paths: &mut Vec<String>) -> bool {
    let Ok(mended) = mend(text) else {
        return false;
    };
    let Ok(parsed) = Parsed::of(&mended.text) else {
        return false;
    };
    add_paths(parsed.root(), "", 3, paths);
    true
}

fn add_paths(json: Json<'_>, before: &str, depth: u32, paths: &mut Vec<String>) {
    if paths.len() >= MOST_PATHS {
        return;
    }
    let mut add = |path: &str| {
        if !paths.iter().any(|it| it == path) {
            paths.push(path.to_owned());
        }
    };
    if let Some(items) = json.items() {
        let before = format!("{before}[]");
        add(&before);
        for item in items.into_iter().take(LOOKED_AT) {
            add_paths(item, &before, depth, paths);
        }
        return;
    }
    if depth == 0 {
        return;
    }
    for (name, value) in json.fields() {
        let dot = if before.is_empty() { "" } else { "." };
        let path = format!("{before}{dot}{name}");
        if !paths.contains(&path) {
            paths.push(path.clone());
        }
        add_paths(value, &path, depth - 1, paths);
    }
}

/// The name of the root element of an XML document that begins here.
fn root_name(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let inner = rest.strip_prefix('<')?;
        if inner.starts_with(['?', '!']) {
            let end = if inner.starts_with("!--") { "-->" } else { ">" };
            rest = &rest[rest.find(end)? + end.len()..];
            continue;
        }
        let is_part = |c: char| c.is_alphanumeric() || ":_-.".contains(c);
        let name = &inner[..inner.find(|c| !is_part(c)).unwrap_or(inner.len())];
        let name = name.rsplit(':').next().unwrap_or(name);
        return (!name.is_empty()).then_some(name);
    }
}

/// The value of a field; `null` is none, and of several of one name the last one counts.
pub(super) fn get<'a>(json: Json<'a>, name: &str) -> Option<Json<'a>> {
    Object::of(json)?.peek(name).filter(|it| !it.is_null())
}

/// What a field says, as text; empty where there is none.
pub(super) fn text(json: Json<'_>, name: &str) -> String {
    get(json, name).and_then(as_text).unwrap_or_default()
}

/// A field that is a position.
pub(super) fn count(json: Json<'_>, name: &str) -> Option<u32> {
    get(json, name).and_then(as_count)
}

/// The items of a field; none where it is no list.
pub(super) fn items<'a>(json: Json<'a>, name: &str) -> Vec<Json<'a>> {
    get(json, name).and_then(Json::items).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_shape() {
        let paths = |text: &str| match shape(text) {
            Shape::Json(paths) => ("json", paths.join(" ")),
            Shape::Lines(paths) => ("lines", paths.join(" ")),
            Shape::Xml(root) => ("xml", root),
            Shape::Archive(_) => ("archive", String::new()),
            Shape::Text => ("text", String::new()),
        };
        for (text, kind, expected) in [
            ("[{\"a\": {\"b\": 1}}]", "json", "[] [].a [].a.b"),
            ("{\"a\": []}\n{\"a\": [[1]]}\n", "lines", "a a[] a[][]"),
            (
                "<?xml version='1.0'?>\n<!-- > --><xmi:XMI x='1'>",
                "xml",
                "XMI",
            ),
            ("<!DOCTYPE html><html>", "xml", "html"),
            ("a < b", "text", ""),
            ("[An article] may begin so.", "text", ""),
        ] {
            assert_eq!(paths(text), (kind, expected.to_owned()), "{text}");
        }
    }
}
