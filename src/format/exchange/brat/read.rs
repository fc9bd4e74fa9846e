//! Reads brat's annotation files, each with the text of its name where that is there.

use super::breaks_line;
use crate::format::exchange::found::{
    Found, FoundDocument, FoundFragment, FoundMark, FoundRelation,
};
use crate::format::exchange::input::Input;
use crate::format::offsets::Unit;
use crate::format::register::Register;
use crate::format::{Problem, ReadContext};

pub(super) fn read(inputs: &[Input<'_>], _: &ReadContext<'_>) -> Result<Found, Problem> {
    let mut found = Found::counting(Unit::CodePoint);
    let is_text = |it: &&Input<'_>| it.ends_with("txt") || it.ends_with("conf");
    for input in inputs.iter().filter(|it| !is_text(it)) {
        let texts = || inputs.iter().filter(|it| it.ends_with("txt"));
        let beside = texts().find(|it| it.path() == input.path());
        let text = beside.or_else(|| texts().find(|it| it.stem() == input.stem()));
        let mut file = AnnFile {
            document: FoundDocument {
                id: input.stem().to_owned(),
                text: text.map(|it| it.text.clone()),
                ..FoundDocument::default()
            },
            ..AnnFile::default()
        };
        for (line, number) in input.text.split('\n').zip(1..) {
            let line = line.trim_end_matches('\r');
            if line.trim().is_empty() {
                continue;
            }
            if let Err(message) = file.read_line(line) {
                found
                    .problems
                    .push(Problem::at(input.name, number, message));
            }
        }
        file.finish(&mut found);
    }
    Ok(found)
}

#[derive(Default)]
struct AnnFile {
    document: FoundDocument,
    /// Events: their name and the mark that triggers them.
    events: Vec<(String, String)>,
    /// What is said of marks and events: target, then what.
    said: Vec<(String, Said)>,
    equivalents: usize,
    unknown: usize,
}

enum Said {
    Attribute(String, String),
    Note(String),
    Annotator(String),
}

impl AnnFile {
    fn read_line(&mut self, line: &str) -> Result<(), &'static str> {
        let (id, rest) = line
            .split_once('\t')
            .ok_or("There is no tab in this line.")?;
        let (head, tail) = rest.split_once('\t').unwrap_or((rest, ""));
        let mut words = head.split(' ').filter(|it| !it.is_empty());
        let kind = words.next().unwrap_or_default();
        match id.chars().next() {
            Some('T') => {
                let places = head.split_once(' ').ok_or("This mark has no positions.")?.1;
                let mark = mark(id, kind, places, tail);
                self.document
                    .marks
                    .push(mark.ok_or("The positions of this mark are no numbers.")?);
            }
            Some('R') => {
                let mut end = || Some(words.next()?.split_once(':')?.1.to_owned());
                let (from, to) = end()
                    .zip(end())
                    .ok_or("This relation does not name two ends.")?;
                self.document.relations.push(FoundRelation {
                    id: id.to_owned(),
                    kind: kind.to_owned(),
                    from,
                    to,
                });
            }
            Some('E') => self.read_event(id, head)?,
            Some('A' | 'M') => {
                let target = words.next().ok_or("This attribute names no mark.")?;
                let value = words.next().unwrap_or("true");
                let said = Said::Attribute(kind.to_owned(), value.to_owned());
                self.said.push((target.to_owned(), said));
            }
            Some('N') => {
                let target = words.next().ok_or("This reference names no mark.")?;
                let value = words.next().unwrap_or_default();
                let said = Said::Attribute("reference".to_owned(), value.to_owned());
                self.said.push((target.to_owned(), said));
            }
            Some('#') => {
                let target = words.next().unwrap_or_default().to_owned();
                let said = match (kind, tail.split_once('=')) {
                    ("Annotator", _) => Said::Annotator(tail.to_owned()),
                    ("Attribute", Some((name, value))) => {
                        Said::Attribute(name.to_owned(), value.to_owned())
                    }
                    _ => Said::Note(tail.to_owned()),
                };
                self.said.push((target, said));
            }
            Some('*') => self.equivalents += 1,
            _ => self.unknown += 1,
        }
        Ok(())
    }

    /// `E1⇥Type:T3 Role:T1 Role2:E2`: the trigger is a mark already, the roles are relations.
    fn read_event(&mut self, id: &str, head: &str) -> Result<(), &'static str> {
        let mut roles = head.split(' ').filter_map(|it| it.split_once(':'));
        let (_, trigger) = roles.next().ok_or("This event has no trigger.")?;
        self.events.push((id.to_owned(), trigger.to_owned()));
        for ((role, to), number) in roles.zip(1..) {
            self.document.relations.push(FoundRelation {
                id: format!("{id}-{number}"),
                kind: role.to_owned(),
                from: id.to_owned(),
                to: to.to_owned(),
            });
        }
        Ok(())
    }

    fn finish(mut self, found: &mut Found) {
        let events = std::mem::take(&mut self.events);
        let trigger = |name: &str| {
            let event = events.iter().find(|it| it.0 == name);
            event.map_or_else(|| name.to_owned(), |it| it.1.clone())
        };
        let mut places: Register<usize> = Register::default();
        for (mark, at) in self.document.marks.iter().zip(0..) {
            places.add(&mark.id, at);
        }
        for (target, said) in std::mem::take(&mut self.said) {
            let place = places.get(&trigger(&target)).copied();
            let Some(mark) = place.and_then(|at| self.document.marks.get_mut(at)) else {
                self.unknown += 1;
                continue;
            };
            match said {
                Said::Attribute(name, value) => mark.attributes.push((name, value)),
                Said::Annotator(name) => mark.annotator = name,
                Said::Note(note) if mark.note.is_empty() => mark.note = note,
                Said::Note(note) => mark.note.push_str(&format!("\n{note}")),
            }
        }
        for relation in &mut self.document.relations {
            relation.from = trigger(&relation.from);
            relation.to = trigger(&relation.to);
        }
        found.tell_counts([
            (
                self.equivalents,
                "lines that name marks as equivalent were left out.",
            ),
            (
                self.unknown,
                "lines are about nothing that is in the file; they were left out.",
            ),
        ]);
        if let Some(text) = &self.document.text {
            let letters: Vec<char> = text.chars().collect();
            let marks = self.document.marks.iter_mut();
            marks.for_each(|it| join_lines(it, &letters));
        }
        found.documents.push(self.document);
    }
}

fn mark(id: &str, label: &str, places: &str, words: &str) -> Option<FoundMark> {
    let mut fragments = Vec::new();
    let mut rest = words;
    for place in places.split(';') {
        let (start, end) = place.trim().split_once(' ')?;
        let (start, end): (u32, u32) = (start.parse().ok()?, end.trim().parse().ok()?);
        // The words of the parts stand one after the other, with a blank between them; files of old
        // versions have none.
        let length = end.saturating_sub(start) as usize;
        let at = rest
            .char_indices()
            .nth(length)
            .map_or(rest.len(), |it| it.0);
        let (own, after) = rest.split_at(at);
        rest = after.strip_prefix(' ').unwrap_or(after);
        fragments.push(FoundFragment {
            start: Some(start),
            end: Some(end),
            exact: own.to_owned(),
            ..FoundFragment::default()
        });
    }
    Some(FoundMark {
        id: id.to_owned(),
        label: label.to_owned(),
        fragments,
        ..FoundMark::default()
    })
}

/// Joins the parts of a mark that nothing but line ends part: brat cannot have one part over them.
fn join_lines(mark: &mut FoundMark, text: &[char]) {
    let mut joined: Vec<FoundFragment> = Vec::new();
    for part in std::mem::take(&mut mark.fragments) {
        if let Some(last) = joined.last_mut()
            && let (Some(end), Some(start)) = (last.end, part.start)
            && let Some(between) = text.get(end as usize..start as usize)
            && !between.is_empty()
            && between.iter().all(|&it| breaks_line(it))
        {
            last.end = part.end;
            last.exact.extend(between);
            last.exact.push_str(&part.exact);
            continue;
        }
        joined.push(part);
    }
    mark.fragments = joined;
}
