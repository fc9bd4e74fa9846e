//! The formats of other programs: what goes out comes in again, what cannot go out is named, and the
//! programs themselves are asked where they are here.

mod accepted;
mod articles;
mod broken;
mod dry_run;
mod exports;
#[path = "../laws/generate.rs"]
mod generate;
mod judged;
mod languages;
mod laws;
mod nasty;
mod samples;
mod tables;
mod training;
mod unsaid;
mod whole;

use sourcelight::format::exchange::{Format, InFile, Options, OutFile, Packet, Written, sort_out};
use sourcelight::format::{Problem, Reading};
use sourcelight::model::{Annotation, Answer, DocumentId, Project};

use crate::support::{merged, with_context};

/// All articles of a project in a format.
pub fn written(format: &Format, project: &Project) -> Written {
    let all: Vec<DocumentId> = project.documents().iter().map(|it| it.id.clone()).collect();
    format.write(project, &all, Options::default())
}

/// Reads files into what is here, each packet in its likeliest format.
pub fn read_files(project: &Project, files: &[(&str, &[u8])]) -> Result<Vec<Reading>, Problem> {
    let files: Vec<InFile<'_>> = files
        .iter()
        .map(|&(name, bytes)| InFile { name, bytes })
        .collect();
    let packets = sort_out(&files);
    packets
        .iter()
        .map(|it| read_packet(project, &files, it))
        .collect()
}

fn read_packet(project: &Project, files: &[InFile<'_>], it: &Packet) -> Result<Reading, Problem> {
    let own: Vec<InFile<'_>> = it.files.iter().map(|&at| files[at]).collect();
    let Some(format) = it.candidates.first() else {
        return Err(Problem::new(own[0].name, "no candidate"));
    };
    with_context(project, |cx| format.read(&own, &[], cx))
}

/// Reads what was written, in the format it was written in.
pub fn read_back(
    format: &Format,
    files: &[OutFile],
    project: &Project,
) -> Result<Reading, Problem> {
    let files: Vec<InFile<'_>> = files
        .iter()
        .map(|it| InFile {
            name: &it.name,
            bytes: &it.bytes,
        })
        .collect();
    let packets = sort_out(&files);
    // Where both units of doccano are the same there is nothing to choose.
    let ids = [format.id, format.id.trim_end_matches("-code-points")];
    let is_it = |it: &&Packet| it.candidates.iter().any(|it| ids.contains(&it.id));
    let mut packets = packets.iter().filter(is_it);
    let Some(first) = packets.next() else {
        return Err(Problem::new(format.id, "its own files are not recognised"));
    };
    let mut own: Vec<InFile<'_>> = first.files.iter().map(|&at| files[at]).collect();
    // Of others that say one thing in several files the first is enough; here each article has its own.
    if ["brat", "webanno-tsv", "uima-xmi", "uima-json"].contains(&format.id) {
        own = files;
    }
    with_context(project, |cx| format.read(&own, &[], cx))
}

/// The project after what was written has been read into `into`.
pub fn back(format: &Format, files: &[OutFile], into: &Project) -> Project {
    let reading = read_back(format, files, into).unwrap_or_else(|it| panic!("{format:?}: {it}"));
    assert_eq!(reading.problems, [], "{format:?}");
    merged(into, reading.import)
}

/// An answer as it stands in a file.
fn json(answer: &Answer) -> String {
    let quoted = |it: &String| serde_json::to_string(it).expect("a text is JSON");
    match answer {
        // Words are written with their article.
        Answer::Null | Answer::Span(_) => "null".to_owned(),
        Answer::Flag(flag) => flag.to_string(),
        Answer::Number(digits) => digits.clone(),
        Answer::Text(text) => quoted(text),
        Answer::List(all) => format!("[{}]", all.iter().map(json).collect::<Vec<_>>().join(",")),
        Answer::Fields(all) => {
            let all = all.iter();
            let all = all.map(|it| format!("{}:{}", quoted(&it.0), json(&it.1)));
            format!("{{{}}}", all.collect::<Vec<_>>().join(","))
        }
    }
}

/// What an annotation says besides its label, names and values as text.
pub fn attributes(annotation: &Annotation) -> Vec<(String, String)> {
    let answers = annotation.details.iter().flat_map(|it| it.answers.iter());
    let value = |it: &Answer| match it {
        Answer::Null => String::new(),
        Answer::Flag(flag) => flag.to_string(),
        Answer::Number(text) | Answer::Text(text) => text.clone(),
        other => json(other),
    };
    let mut all: Vec<(String, String)> = answers
        .map(|(name, answer)| (name.clone(), value(answer)))
        .filter(|it| !it.0.is_empty() && !it.1.is_empty())
        .collect();
    all.sort();
    all
}
