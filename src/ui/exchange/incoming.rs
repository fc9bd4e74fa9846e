//! Files that came in: which of them belong together, what they can be, and what stands in them.
//! Nothing is taken over here.

use std::ops::Range;
use std::sync::Arc;

use crate::dom;
use crate::format::class_file::ClassFile;
use crate::format::exchange::{Format, InFile, Packet, archive, count_lines, slices, sort_out};
use crate::format::{self, Problem, Reading, withheld};
use crate::model::LabelId;
use crate::session::Session;
use crate::ui::{counted, opening};

/// How much is read at once, in bytes: some hundredths of a second on a slow machine.
const SLICE: usize = 150_000;

/// More than this of articles alone is looked at before it is taken over, in bytes.
const LONG: usize = 4_000_000;

/// The name of a file, perhaps with folders, and what it holds.
pub type File = (String, Vec<u8>);

/// What came in.
pub struct Incoming {
    files: Vec<File>,
    /// Files that belong together, and what they can be.
    pub packets: Vec<Packet>,
    /// Files that could not be read at all.
    pub problems: Vec<Problem>,
}

impl Incoming {
    /// Sorts files by what they hold; archives are opened. `problems` are those of files that are not
    /// among them.
    pub fn of(files: Vec<File>, mut problems: Vec<Problem>) -> Self {
        let (files, damaged) = archive::opened(files);
        problems.extend(damaged);
        let packets = sort_out(&seen(&files));
        Self {
            files,
            packets,
            problems,
        }
    }

    /// Whether some of the files are for a class: the others are told of with them.
    pub fn is_for_a_class(&self) -> bool {
        self.files.iter().any(|it| ClassFile::of(&it.1).is_some())
    }

    /// The files themselves.
    pub fn into_files(self) -> Arc<Vec<File>> {
        Arc::new(self.files)
    }

    /// Whether somebody has to look at it before it is taken over: plain articles and project files
    /// simply open, and so do documents that hold no marks.
    pub fn needs_a_look(&self) -> bool {
        // What takes seconds has to show how far it is, and to be stopped.
        let is_long = |at: usize| self.main(at).is_some_and(|it| it.1.len() > LONG);
        let mut all = self.packets.iter().zip(0..);
        all.any(|(it, at)| match it.candidates[..] {
            [] => is_long(at) && self.slices(at, None).len() > 1,
            [only] => only.is_written(),
            _ => true,
        })
    }

    /// What the files of a packet are called.
    pub fn name(&self, at: usize) -> String {
        let files = &self.packets[at].files;
        let name = |place: &usize| self.files[*place].0.as_str();
        let first = files.first().map_or("", name);
        match files.len() {
            0 | 1 => first.to_owned(),
            2 => format!("{first} and {}", name(&files[1])),
            count => format!(
                "{first} and {}",
                counted(count - 1, "more file", "more files")
            ),
        }
    }

    /// The names of the files of a packet.
    pub fn names(&self, at: usize) -> Vec<&str> {
        let files = self.packets[at].files.iter();
        files.map(|&it| self.files[it].0.as_str()).collect()
    }

    /// The format of a packet, where it is one of another program.
    pub fn format(&self, at: usize, choice: Option<usize>) -> Option<&'static Format> {
        self.packets[at].candidates.get(choice?).copied()
    }

    /// The place of the format of this name among those that a packet can be of.
    pub fn choice(&self, at: usize, format: &str) -> Option<usize> {
        let candidates = &self.packets[at].candidates;
        candidates.iter().position(|it| it.id == format)
    }

    /// Whether a packet says the same in all formats it can be of: so many articles, these marks.
    pub fn is_unambiguous(&self, session: Session, at: usize) -> bool {
        let says = |choice: usize| {
            let reading = self
                .read(session, at, Some(choice), &[])
                .unwrap_or_default();
            let marks = reading.import.annotations.iter();
            let marks = marks.map(|it| (it.label.clone(), it.fragments().to_vec()));
            (reading.import.documents.len(), marks.collect::<Vec<_>>())
        };
        let count = self.packets[at].candidates.len();
        count < 2 || (1..count).all(|it| says(it) == says(0))
    }

    /// Reads a packet in one of the formats it can be of, or as articles.
    ///
    /// # Errors
    /// Where nothing of it can be read.
    pub fn read(
        &self,
        session: Session,
        at: usize,
        choice: Option<usize>,
        mapping: &[(String, LabelId)],
    ) -> Result<Reading, Problem> {
        let own = self.packets[at].files.iter().map(|&it| &self.files[it]);
        let Some(format) = self.format(at, choice) else {
            let mut all = Reading::default();
            for (name, bytes) in own {
                match read_own(session, name, bytes) {
                    Ok(reading) => all.merge(reading),
                    Err(problems) => all.problems.extend(problems),
                }
            }
            return Ok(all);
        };
        let own: Vec<InFile<'_>> = own.map(in_file).collect();
        opening::read(session, &dom::html::read, |cx| {
            format.read(&own, mapping, cx)
        })
    }

    /// The slices in which a packet can be read one after another, in bytes of its main file.
    pub fn slices(&self, at: usize, choice: Option<usize>) -> Vec<Range<usize>> {
        let Some((name, bytes)) = self.main(at) else {
            return Vec::new();
        };
        let format = self.format(at, choice).map(|it| it.id);
        // Other texts that begin with a brace are no lines.
        let length = match format.is_some() || format::has_lines(name) {
            true => SLICE,
            false => bytes.len(),
        };
        slices(format.unwrap_or_default(), bytes, length)
    }

    /// The file that a packet is named by.
    fn main(&self, at: usize) -> Option<&File> {
        self.packets[at].files.first().map(|&it| &self.files[it])
    }

    /// How many lines end in a slice of a packet.
    pub fn count_lines(&self, at: usize, slice: &Range<usize>) -> u32 {
        let bytes = self.main(at).and_then(|it| it.1.get(slice.clone()));
        bytes.map_or(0, count_lines)
    }

    /// Reads a slice of a packet, which begins with this line of its main file.
    ///
    /// # Errors
    /// Where nothing of it can be read.
    pub fn read_slice(
        &self,
        session: Session,
        at: usize,
        choice: Option<usize>,
        slice: &Range<usize>,
        first_line: u32,
        mapping: &[(String, LabelId)],
    ) -> Result<Reading, Problem> {
        let Some((name, bytes)) = self.main(at).filter(|it| *slice != (0..it.1.len())) else {
            return self.read(session, at, choice, mapping);
        };
        let Some(format) = self.format(at, choice) else {
            let mut read = opening::read_file(session, name, &bytes[slice.clone()])?;
            let lines = read.problems.iter_mut().filter_map(|it| it.line.as_mut());
            lines.for_each(|it| *it += first_line - 1);
            return Ok(read);
        };
        let own = self.packets[at].files.iter().map(|&it| &self.files[it]);
        let mut own: Vec<InFile<'_>> = own.map(in_file).collect();
        if let Some(main) = own.first_mut() {
            main.bytes = &main.bytes[slice.clone()];
        }
        opening::read(session, &dom::html::read, |cx| {
            format.read_from(&own, first_line, mapping, cx)
        })
    }
}

/// Reads a file of our own, or an article.
fn read_own(session: Session, name: &str, bytes: &[u8]) -> Result<Reading, Vec<Problem>> {
    if !withheld::is_one(bytes) {
        return opening::read_file(session, name, bytes).map_err(|it| vec![it]);
    }
    let read = opening::read(session, &dom::html::read, |cx| {
        withheld::read(name, bytes, cx)
    });
    // What is missing is told by its title: nobody looks for it in a line of what came.
    let without_line = |it: Problem| Problem { line: None, ..it };
    read.map_err(|all| all.into_iter().map(without_line).collect())
}

fn seen(files: &[File]) -> Vec<InFile<'_>> {
    files.iter().map(in_file).collect()
}

fn in_file((name, bytes): &File) -> InFile<'_> {
    InFile { name, bytes }
}
