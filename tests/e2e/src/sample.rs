//! Texts and files that tests and the bench open. All of it is made here.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::page::Page;

/// An article with what makes offsets hard: astral letters, joined emoji, combining marks, several
/// scripts, curly quotes, a list. “Bicycle repair” is its title.
pub const BICYCLE: &str = "Bicycle repair 🚲 returns to the lake

The town will pay for forty repair posts, the lake office said on Monday. “Nobody should walk home with a flat tyre,” said Zoé Müller, who runs the office, “not even in November.”

What people say

- The posts cost 4 €m in all, the office claims.
- Ana 👩‍🚒 calls the plan a cruel joke.
- Café owners near the shore want chairs instead.

In Arabic the posts are called محطة إصلاح الدراجات and in Japanese 自転車修理台, says the leaflet that everyone got by mail last week.

It is a beautiful, brave and long overdue idea. The first post opened yesterday beside the old ferry house, and eleven people came before noon to fill their tyres and to argue about whom to thank.
";

/// A second, plain article.
pub const KITES: &str = "Kites over the quarry

The quarry club flew ninety kites on Sunday, more than ever before. “We ran out of string,” its chair said.

Nobody was hurt, although a kite in the form of a whale landed on the roof of the school and stayed there until evening.
";

/// Adds a reading set of [`BICYCLE`] and [`KITES`] to the page's server; opened by `?set=pair/index.json`.
pub fn add_pair(page: &Page) {
    let index = json!({
        "format": "sourcelight-reading-set",
        "version": "1.0",
        "title": "Two articles for tests",
        "articles": [
            {"id": "bicycle", "file": "bicycle.txt", "title": "Bicycle repair", "outlet": "Lake Post",
             "author": "Test Writer", "date": "2031-05-03", "event": "Repair posts"},
            {"id": "kites", "file": "kites.txt", "title": "Kites"},
        ],
    });
    page.server.add("pair/index.json", index.to_string());
    page.server.add("pair/bicycle.txt", BICYCLE);
    page.server.add("pair/kites.txt", KITES);
}

/// The address part that opens the set of [`add_pair`].
pub const PAIR: &str = "?set=pair/index.json";

/// A span of a text and its label, in code points.
#[derive(Debug, Clone)]
pub struct Marked {
    /// First character.
    pub start: usize,
    /// After the last character.
    pub end: usize,
    /// Identifier of the label.
    pub label: &'static str,
}

/// The labels that every project has.
pub const LABELS: [&str; 3] = ["claim", "quote", "opinion"];

/// A project file with a mark whose words are not in its article.
pub fn lost() -> Value {
    let mut project = project("lost", "Lost words", KITES, &[]);
    project["documents"][0]["annotations"] = json!([{
        "id": "lost1", "label": "claim", "attributes": {}, "creator": "me",
        "created": "2031-05-03T09:00:00Z", "modified": "2031-05-03T09:00:00Z", "origin": "manual",
        "fragments": [{"start": 5, "end": 40, "utf16": [5, 40],
            "exact": "Xylophones were never so cheap here", "prefix": "", "suffix": ""}],
    }]);
    project
}

/// A project file with one article, in the format of the page's own export.
pub fn project(id: &str, title: &str, text: &str, marks: &[Marked]) -> Value {
    let letters: Vec<char> = text.chars().collect();
    // UTF-16 offset of each code point.
    let mut units = Vec::with_capacity(letters.len() + 1);
    let mut at = 0;
    for letter in &letters {
        units.push(at);
        at += letter.len_utf16();
    }
    units.push(at);
    let slice = |from: usize, to: usize| letters[from..to].iter().collect::<String>();
    let annotations: Vec<Value> = marks
        .iter()
        .enumerate()
        .map(|(number, mark)| {
            json!({
                "id": format!("a{number}"),
                "label": mark.label,
                "fragments": [{
                    "start": mark.start,
                    "end": mark.end,
                    "utf16": [units[mark.start], units[mark.end]],
                    "exact": slice(mark.start, mark.end),
                    "prefix": slice(mark.start.saturating_sub(32), mark.start),
                    "suffix": slice(mark.end, (mark.end + 32).min(letters.len())),
                }],
                "attributes": {},
                "creator": "me",
                "created": "2025-05-03T09:00:00Z",
                "modified": "2025-05-03T09:00:00Z",
                "origin": "manual",
            })
        })
        .collect();
    json!({
        "format": "span-annotations",
        "version": "1.0",
        "offsetUnit": "code-point",
        "generator": {"name": "e2e", "version": "0"},
        "exportedAt": "2025-05-03T09:00:00Z",
        "annotators": [{"id": "me", "name": "Me"}],
        "schemes": [{
            "id": "sourcelight", "version": 1,
            "labels": [
                {"id": "claim", "name": "Claim", "color": "#2f6fab"},
                {"id": "quote", "name": "Quote", "color": "#a4611e"},
                {"id": "opinion", "name": "Opinion", "color": "#7a3f98"},
            ],
            "attributes": [], "relations": [],
        }],
        "documents": [{
            "id": id,
            "scheme": "sourcelight",
            "title": title,
            "text": text,
            "textInfo": {
                "sha256": sha256(text),
                "codePoints": letters.len(),
                "utf16": at,
                "bytes": text.len(),
                "newline": "lf",
                "normalization": "none",
            },
            "annotations": annotations,
            "relations": [],
        }],
    })
}

/// A project file with so many articles, `d0` and on, each with some spans; the last block of each has one.
pub fn many(articles: usize) -> String {
    let mut whole = project("d0", "", "", &[]);
    let made = (0..articles).map(|number| {
        let blocks: Vec<String> = (0..12)
            .map(|at| {
                format!(
                    "Article {number}, part {at}: {}",
                    "words and more words, ".repeat(12)
                )
            })
            .collect();
        let text = blocks.join("\n\n");
        let starts = text.match_indices("Article").map(|it| it.0);
        let marks: Vec<Marked> = starts
            .enumerate()
            .map(|(at, start)| Marked {
                start,
                end: start + 9 + at,
                label: LABELS[at % LABELS.len()],
            })
            .collect();
        let mut file = project(
            &format!("d{number}"),
            &format!("Article {number}"),
            &text,
            &marks,
        );
        let mut document = file["documents"][0].take();
        for (at, annotation) in document["annotations"]
            .as_array_mut()
            .into_iter()
            .flatten()
            .enumerate()
        {
            annotation["id"] = json!(format!("a{number}-{at}"));
        }
        document
    });
    whole["documents"] = made.collect();
    whole.to_string()
}

/// The hash of a text as lower-case hexadecimal.
pub fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Numbers that look random and are the same in every run (xorshift).
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice whose throws follow from `seed`.
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
