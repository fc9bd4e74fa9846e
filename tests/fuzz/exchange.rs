//! Files of other programs: what goes out in each format, and what only comes in, is damaged and read in
//! every format that it can be of.

use sourcelight::format::exchange::{
    FORMATS, Format, InFile, Options, OutFile, archive, by_id, sort_out,
};
use sourcelight::model::DocumentId;

use crate::input::Input;
use crate::mutate::{Dice, mutate};
use crate::rules;
use crate::run::Target;
use crate::support::{bare_project, merged, with_context};
use crate::values::{fixture, projects};

/// Stands before the name of each of several files that are damaged as one.
const FILE: &str = "\n\u{1}FILE ";

/// Of so many projects each format is written.
const PROJECTS: usize = 6;

/// The id of a format, and its files as one.
pub struct ExchangeFiles(Vec<(&'static str, Vec<u8>)>);

impl ExchangeFiles {
    pub fn new(seed: u64) -> Self {
        let mut all: Vec<(&str, Vec<u8>)> = Vec::new();
        for project in projects(seed).iter().take(PROJECTS) {
            let ids: Vec<DocumentId> = project.documents().iter().map(|it| it.id.clone()).collect();
            for format in FORMATS.iter().filter(|it| it.is_read() && it.is_written()) {
                let files = format.write(project, &ids, Options::default()).files;
                all.push((format.id, packed(&files)));
                all.push(("zip", archive::pack(&files)));
            }
        }
        all.push(("docx", fixture("exchange-in/ferry.docx")));
        all.push(("epub", fixture("exchange-in/kel.epub")));
        all.extend(OTHERS.map(|(name, text)| (name, text.as_bytes().to_vec())));
        Self(all)
    }
}

/// Forms that other programs write and we do not.
const OTHERS: [(&str, &str); 5] = [
    (
        "feed",
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title><item><title>A &amp; b</title>\
         <link>https://example.org/1</link><pubDate>Sat, 03 May 2031 09:00:00 GMT</pubDate>\
         <description><![CDATA[<p>It rained 🚲.</p>]]></description></item></channel></rss>",
    ),
    (
        "feed",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>K</title><entry><title>T</title><link href=\"x\"/>\
         <updated>2031-05-04</updated><content type=\"html\">&lt;p&gt;Words.&lt;/p&gt;</content></entry></feed>",
    ),
    (
        "label-studio",
        r#"[{"data": {"t": "One 🚲 two."}, "completions": [{"result": [{"type": "labels", "id": "a.b",
        "value": {"start": 6, "end": 9, "text": "two", "labels": ["X", "y"]}}]}]}]"#,
    ),
    (
        "webanno-tsv",
        "#FORMAT=WebAnno TSV 3.2\n#T_SP=webanno.custom.L|f\n\n\n#Text=One 🚲 two\n1-1\t0-3\tOne\t*[1]|x[2]\t\n1-2\t4-6\t🚲\t*[1]\t\n1-2.1\t4-5\t🚲\t_\t\n",
    ),
    (
        "web-annotation",
        r#"{"type": "AnnotationPage", "items": [{"@context": ["x"], "type": "Annotation", "body": "b", "target": {"source": "s",
        "selector": {"type": "TextPositionSelector", "start": 0, "end": 2, "refinedBy": {"type": "TextQuoteSelector", "exact": "ab"}}}}]}"#,
    ),
];

fn packed(files: &[OutFile]) -> Vec<u8> {
    let mut all = Vec::new();
    for file in files {
        all.extend_from_slice(format!("{FILE}{}\n", file.name).as_bytes());
        all.extend_from_slice(&file.bytes);
    }
    all
}

/// Names and bytes; where no name is said the ending makes one.
fn unpacked(ending: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mark = FILE.as_bytes();
    let starts: Vec<usize> = bytes
        .windows(mark.len())
        .enumerate()
        .filter(|it| it.1 == mark)
        .map(|it| it.0)
        .collect();
    if starts.is_empty() {
        return vec![(format!("file.{ending}"), bytes.to_vec())];
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let file = |(start, end): (usize, usize)| {
        let own = &bytes[start + mark.len()..end];
        let line = own.iter().position(|&it| it == b'\n').unwrap_or(own.len());
        let name = String::from_utf8_lossy(&own[..line]).into_owned();
        (name, own.get(line + 1..).unwrap_or_default().to_vec())
    };
    starts.iter().copied().zip(ends).map(file).collect()
}

impl Target for ExchangeFiles {
    fn name(&self) -> &'static str {
        "exchange"
    }

    fn make(&self, dice: &mut Dice) -> Input {
        let (ending, bytes) = dice.pick(&self.0);
        let mut bytes = bytes.clone();
        let others = [dice.pick(&self.0).1.as_slice()];
        mutate(&mut bytes, &others, dice);
        Input::File((*ending).to_owned(), bytes)
    }

    fn check(&self, input: &Input) -> Result<bool, String> {
        let Input::File(ending, bytes) = input else {
            return Err("not made for this target".into());
        };
        let (files, _) = archive::opened(unpacked(ending, bytes));
        let files: Vec<InFile<'_>> = files
            .iter()
            .map(|(name, bytes)| InFile { name, bytes })
            .collect();
        let mut is_taken = false;
        for packet in sort_out(&files) {
            let own: Vec<InFile<'_>> = packet.files.iter().map(|&at| files[at]).collect();
            // Somebody may also say what it is.
            let named = by_id(ending).filter(|it| it.is_read() && !packet.candidates.contains(it));
            for format in packet.candidates.into_iter().chain(named) {
                is_taken |= taken_over(format, &own)?;
            }
        }
        Ok(is_taken)
    }
}

/// Reads files into nothing and into what they made; both keep the rules.
fn taken_over(format: &Format, files: &[InFile<'_>]) -> Result<bool, String> {
    let here = bare_project();
    let reading = match with_context(&here, |cx| format.read(files, &[], cx)) {
        Ok(reading) => reading,
        Err(problem) if files.iter().any(|it| it.name == problem.file) => return Ok(false),
        Err(problem) => return Err(format!("a problem does not name its file: {problem}")),
    };
    let is_whole = reading.problems.is_empty() && !reading.import.documents.is_empty();
    let after = merged(&here, reading.import);
    rules::check(&after)?;
    let again = with_context(&after, |cx| format.read(files, &[], cx));
    let again = again.map_err(|it| format!("not read again: {it}"))?;
    rules::check(&merged(&after, again.import))?;
    Ok(is_whole)
}
