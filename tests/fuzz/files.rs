//! Files that people open: project files, and articles of every kind.

use sourcelight::format::reading_set;
use sourcelight::model::Import;

use crate::input::Input;
use crate::mutate::{Dice, mutate};
use crate::rules;
use crate::run::Target;
use crate::support::{bare_project, merge_change, merged, read, render};
use crate::values::projects;

/// Project files, read where nothing is and where the same project is.
pub struct ProjectFiles(Vec<String>);

impl ProjectFiles {
    pub fn new(seed: u64) -> Self {
        let own = projects(seed)
            .iter()
            .map(render)
            .collect::<Vec<_>>()
            .into_iter();
        Self(own.chain(fixtures(&["v1.json", "foreign.json"])).collect())
    }
}

impl Target for ProjectFiles {
    fn name(&self) -> &'static str {
        "project"
    }

    fn make(&self, dice: &mut Dice) -> Input {
        let mut bytes = dice.pick(&self.0).clone().into_bytes();
        let others = [dice.pick(&self.0).as_bytes()];
        mutate(&mut bytes, &others, dice);
        let ending = *dice.pick(&["json", "json", "json", "jsonl", "txt"]);
        Input::File(ending.to_owned(), bytes)
    }

    fn check(&self, input: &Input) -> Result<bool, String> {
        check(input)
    }
}

/// Article files: text, Markdown, HTML as far as it is not the browser's, JSON, JSON Lines, and the
/// list of a reading set.
pub struct ArticleFiles(Vec<(&'static str, Vec<u8>)>);

impl ArticleFiles {
    pub fn new(seed: u64) -> Self {
        let mut files: Vec<(&str, Vec<u8>)> = Vec::new();
        for name in ["article.html", "article.md", "articles.jsonl", "latin.txt"] {
            let ending = name.rsplit('.').next().expect("a name with an ending");
            files.push((ending, crate::values::fixture(name)));
        }
        for source in MARKDOWN {
            files.push(("md", source.as_bytes().to_vec()));
        }
        files.push(("json", JSON.as_bytes().to_vec()));
        files.push(("set", SET.as_bytes().to_vec()));
        for project in projects(seed) {
            for document in project.documents() {
                let text = document.text.as_str();
                files.push(("txt", text.as_bytes().to_vec()));
                files.push(("md", text.replace("- ", "\n> 1. *").into_bytes()));
                let wide = std::iter::once(0xfeff).chain(text.encode_utf16());
                files.push(("txt", wide.flat_map(u16::to_le_bytes).collect()));
            }
        }
        Self(files)
    }
}

const MARKDOWN: [&str; 2] = [
    "---\ntitle: \"One\"\nauthor: A\n---\n# Head *line*\n\n> quoted [link](http://a \"b\") `code`\n> - item\n>   1. inner\n\n| a | b |\n|---|:-:|\n| **c** | d\\| |\n\n```\nfenced\n```\n\nTwo  \nlines\\\nhere &amp; <b>there</b>[^1]\n\n[^1]: note\n",
    "Title\n=====\n\n* one\n* two\n\n    code\n\n***\n\n![alt](x.png) <div>\n<p>raw</p></div>\n[ref]: http://x\n[ref] and __this__\n",
];

const JSON: &str = r#"[{"id": "x1", "text": "Tea 🚲 was late.\r\nSo.", "headline": "H", "source": "S", "authors": ["A", "B"], "date": 2031, "label": [[0, 3, "X"]], "spans": [{"start": 0, "end": 3, "label": "claim"}]},
 {"id": 7, "text": "U", "meta": {"title": "In meta", "more": [1 , 2]}, "source": {"a": 1}}]"#;

const SET: &str = r#"{"format": "sourcelight-reading-set", "version": "1", "title": "T", "articles": [
 {"id": "a", "file": "a.txt", "title": "A", "date": "2031-05-04"}, {"file": "b/c.md", "event": "E"}]}"#;

impl Target for ArticleFiles {
    fn name(&self) -> &'static str {
        "article"
    }

    fn make(&self, dice: &mut Dice) -> Input {
        let (ending, bytes) = dice.pick(&self.0);
        let mut bytes = bytes.clone();
        let others = [dice.pick(&self.0).1.as_slice()];
        mutate(&mut bytes, &others, dice);
        // Now and then as a file of another kind.
        let ending = match dice.below(8) {
            0 => *dice.pick(&["json", "jsonl", "txt", "md", "html", "none"]),
            _ => *ending,
        };
        Input::File(ending.to_owned(), bytes)
    }

    fn check(&self, input: &Input) -> Result<bool, String> {
        match input {
            Input::File(ending, bytes) if ending == "set" => {
                let json = String::from_utf8_lossy(bytes);
                reading_set::is_reading_set(&json);
                Ok(reading_set::parse("index.json", &json).is_ok())
            }
            _ => check(input),
        }
    }
}

fn fixtures(names: &[&str]) -> Vec<String> {
    let read = |name: &&str| String::from_utf8(crate::values::fixture(name)).expect("UTF-8");
    names.iter().map(read).collect()
}

/// Reads a file into nothing and into what it made; both keep the rules.
fn check(input: &Input) -> Result<bool, String> {
    let Input::File(ending, bytes) = input else {
        return Err("not made for this target".into());
    };
    let name = format!("file.{ending}");
    let reading = match read(&bare_project(), &name, bytes) {
        Ok(reading) => reading,
        Err(problem) if problem.to_string().starts_with(&name) => return Ok(false),
        Err(problem) => return Err(format!("a problem does not name its file: {problem}")),
    };
    for document in &reading.duplicates {
        let import = Import {
            documents: vec![document.clone()],
            ..Import::default()
        };
        rules::check(&merged(&bare_project(), import))?;
    }
    let is_whole = reading.problems.is_empty() && !reading.import.documents.is_empty();
    let after = merged(&bare_project(), reading.import);
    rules::check(&after)?;
    // A second time it is known: nothing comes twice.
    let again = read(&after, &name, bytes).map_err(|it| format!("not read again: {it}"))?;
    let changed = merge_change(&after, again.import);
    let after = changed.map(|change| {
        let mut after = after.clone();
        after.apply(&change);
        after
    });
    after.as_ref().map_or(Ok(()), rules::check)?;
    Ok(is_whole)
}
