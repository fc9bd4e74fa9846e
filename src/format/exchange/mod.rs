//! The formats of other programs, in and out. One module a format; all of them write from the same
//! [`Selection`] and read into the same [`Found`], and this list names each with what it cannot say.
//!
//! A file is known by its content. Where it could be two things, both are answered and a person
//! chooses. Knows nothing of dialogs and downloads.

mod alignment;
/// Archives, in and out.
pub mod archive;
mod brat;
mod card;
mod conll;
mod delimited;
mod doccano;
mod documents;
mod dry_run;
mod feed;
mod filter;
mod found;
mod hugging_face;
mod input;
mod label_studio;
mod loss;
mod marked;
mod meta;
mod options;
mod prodigy;
mod selection;
mod slices;
mod span_lines;
mod split;
mod table;
mod tagged;
mod tei;
mod token_lines;
mod tokens;
mod uima;
mod web_annotation;
mod webanno;
mod worksheet;
mod xml;

use super::json::notice;
use super::{Problem, ReadContext, Reading};
use crate::model::sorted::sort_by_key;
use crate::model::{DocumentId, LabelId, Project};
use found::Found;
use input::Input;
use selection::Selection;

pub use alignment::{Ends, aligned, cut_words};
pub use dry_run::{DryRun, Fate, FoundSpan, found_spans, unknown_labels};
pub use filter::Filter;
pub use loss::{Feature, Loss};
pub use options::{Options, Overlaps};
pub use slices::{Joined, count_lines, slices};
pub use split::{Split, Together, divided, written_in_parts};

/// A file that came in.
#[derive(Debug, Clone, Copy)]
pub struct InFile<'a> {
    /// Its name, perhaps with folders.
    pub name: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// A file to be handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutFile {
    /// Its name, without folders unless files belong into one.
    pub name: String,
    /// Its media type.
    pub mime: &'static str,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What writing gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// The files that belong together.
    pub files: Vec<OutFile>,
    /// What they do not say.
    pub losses: Vec<Loss>,
    /// The parts into which the articles are divided, with how many are in each; none where they are not.
    pub parts: Vec<(&'static str, usize)>,
}

impl Written {
    fn add(&mut self, name: impl Into<String>, mime: &'static str, bytes: impl Into<Vec<u8>>) {
        self.files.push(OutFile {
            name: name.into(),
            mime,
            bytes: bytes.into(),
        });
    }
}

/// A format of another program.
pub struct Format {
    /// Its name for scripts.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// The media type of its main file.
    pub mime: &'static str,
    /// The ending of its main file, without a dot.
    pub extension: &'static str,
    /// What its positions count, for people; empty where it has none.
    pub positions: &'static str,
    /// Whether its files hold the articles' texts, to the character.
    pub holds_text: bool,
    /// What it cannot say.
    pub cannot_say: &'static [Feature],
    /// Which part a file has in this format.
    part: fn(&Input<'_>) -> Part,
    write: Option<fn(&Selection<'_>) -> Written>,
    read: Option<ReadFn>,
}

/// Reads the files of a packet.
type ReadFn = fn(&[Input<'_>], &ReadContext<'_>) -> Result<Found, Problem>;

/// Which part a file has in a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It can stand alone.
    Main,
    /// It belongs to a main file: to the one of the same name, or to all.
    Companion,
    /// It belongs to a main file where there is one, and stands alone where there is none.
    Either,
    /// None.
    None,
}

impl Format {
    /// Whether a card for people goes with its files.
    pub fn has_card(&self) -> bool {
        [hugging_face::HUGGING_FACE.id, token_lines::TOKENS.id].contains(&self.id)
    }

    /// Whether it is written.
    pub fn is_written(&self) -> bool {
        self.write.is_some()
    }

    /// Whether it is read.
    pub fn is_read(&self) -> bool {
        self.read.is_some()
    }

    /// The chosen articles in this format, and what the files do not say; no files where it is only
    /// read.
    pub fn write(&self, project: &Project, documents: &[DocumentId], options: Options) -> Written {
        let selection = Selection::of(project, documents, options);
        let Some(write) = self.write else {
            return Written::default();
        };
        let mut written = write(&selection);
        let general = loss::losses(&selection, self.cannot_say);
        written.losses.splice(0..0, general);
        written
    }

    /// Reads files that belong together, as [`sort_out`] found. `mapping` says which label here a name
    /// in the files means, or the id that is made of it; without it labels of the same id or name are
    /// the same.
    ///
    /// # Errors
    /// Where nothing of the files can be read. What is wrong with parts of them is in
    /// [`Reading::problems`].
    pub fn read(
        &self,
        files: &[InFile<'_>],
        mapping: &[(String, LabelId)],
        cx: &mut ReadContext<'_>,
    ) -> Result<Reading, Problem> {
        self.read_part(files, None, mapping, cx)
    }

    /// Reads files of which the main one is a slice of a larger one and begins with this line of it, as
    /// [`slices`] cuts it.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_from(
        &self,
        files: &[InFile<'_>],
        first_line: u32,
        mapping: &[(String, LabelId)],
        cx: &mut ReadContext<'_>,
    ) -> Result<Reading, Problem> {
        self.read_part(files, Some(first_line), mapping, cx)
    }

    fn read_part(
        &self,
        files: &[InFile<'_>],
        first_line: Option<u32>,
        mapping: &[(String, LabelId)],
        cx: &mut ReadContext<'_>,
    ) -> Result<Reading, Problem> {
        let name = files.first().map_or("", |it| it.name);
        let Some(read) = self.read else {
            let message = format!("{} is written here, but not read.", self.name);
            return Err(Problem::new(name, message));
        };
        for file in files {
            if let Some(problem) = super::is_too_large(file.name, file.bytes.len() as u64) {
                return Err(problem);
            }
        }
        let inputs = files.iter().zip(0..).map(|(it, at)| match first_line {
            Some(first_line) if at == 0 => Input::of_lines(it.name, it.bytes, first_line),
            _ => Input::of(it.name, it.bytes),
        });
        let inputs = inputs.collect::<Result<Vec<_>, _>>()?;
        let mut found = read(&inputs, cx)?;
        let told = |it: Input<'_>| [it.notice, notice(it.damaged.get())];
        let notices = inputs.into_iter().flat_map(told).flatten();
        found.notices.splice(0..0, notices);
        if found.documents.is_empty() && found.problems.is_empty() && found.notices.is_empty() {
            let message = format!("Nothing was found in it that {} holds.", self.name);
            found.problems.push(Problem::new(name, message));
        }
        found::into_reading(found, name, mapping, cx)
    }
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// All formats, the commonest first.
pub static FORMATS: [Format; 22] = [
    table::CSV,
    table::TSV,
    label_studio::LABEL_STUDIO,
    doccano::DOCCANO,
    doccano::IN_CODE_POINTS,
    prodigy::PRODIGY,
    hugging_face::HUGGING_FACE,
    token_lines::TOKENS,
    conll::CONLL,
    conll::CONLL_2003,
    brat::BRAT,
    webanno::WEBANNO,
    uima::XMI,
    uima::JSON,
    tei::TEI,
    marked::HTML,
    marked::MARKDOWN,
    worksheet::WORKSHEET,
    feed::FEED,
    documents::DOCX,
    documents::EPUB,
    web_annotation::WEB_ANNOTATION,
];

/// The format with this name.
pub fn by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|it| it.id == id)
}

/// Files that belong together, and what they can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Packet {
    /// The places of the files in the list that was given, the main one first.
    pub files: Vec<usize>,
    /// The formats they can be of, the likeliest first; none where this list knows none.
    pub candidates: Vec<&'static Format>,
}

/// Sorts files into packets by what they are. Files of no format here stand alone, without
/// candidates: articles, project files, and what cannot be read.
pub fn sort_out(files: &[InFile<'_>]) -> Vec<Packet> {
    let inputs: Vec<Option<Input<'_>>> = files
        .iter()
        .map(|it| Input::at_sight(it.name, it.bytes).ok())
        .collect();
    let part = |format: &Format, at: usize| match (&inputs[at], format.read) {
        (Some(input), Some(_)) => (format.part)(input),
        _ => Part::None,
    };
    let with_part = |at: usize, wanted: &[Part]| {
        let all = FORMATS.iter().filter(|it| wanted.contains(&part(it, at)));
        all.collect::<Vec<_>>()
    };
    let stem = |at: usize| inputs[at].as_ref().map(Input::stem);
    // With its folders: there may be files of one name in several.
    let path = |at: usize| inputs[at].as_ref().map(Input::path);
    let mut packets: Vec<Packet> = Vec::new();
    for at in 0..files.len() {
        let candidates = with_part(at, &[Part::Main]);
        if !candidates.is_empty() {
            packets.push(Packet {
                files: vec![at],
                candidates,
            });
        }
    }
    let mains: Vec<usize> = packets.iter().map(|it| it.files[0]).collect();
    for at in (0..files.len()).filter(|it| !mains.contains(it)) {
        let formats = with_part(at, &[Part::Companion, Part::Either]);
        let belongs = |it: &Packet| formats.iter().any(|format| it.candidates.contains(format));
        let beside = |it: &Packet| belongs(it) && path(it.files[0]) == path(at);
        let same_name = |it: &Packet| belongs(it) && stem(it.files[0]) == stem(at);
        let own = packets.iter().position(beside);
        match own.or_else(|| packets.iter().position(same_name)) {
            Some(own) => packets[own].files.push(at),
            None => {
                let mut is_used = false;
                for packet in packets.iter_mut().filter(|it| belongs(it)) {
                    packet.files.push(at);
                    is_used = true;
                }
                if !is_used {
                    packets.push(Packet {
                        files: vec![at],
                        candidates: with_part(at, &[Part::Either]),
                    });
                }
            }
        }
    }
    sort_by_key(&mut packets, |it| it.files[0]);
    packets
}
