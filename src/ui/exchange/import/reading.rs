//! Reads what came in slice by slice, so that the page stays at hand and the dialog can be closed.

use std::ops::Range;
use std::sync::atomic::Ordering;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Import, Look};
use crate::format::exchange::{DryRun, Joined, unknown_labels};
use crate::format::{Problem, Reading};
use crate::model::{Label, LabelId};
use crate::session::Shared;
use crate::ui::opening;

/// After so many milliseconds the page gets its turn.
const AT_ONCE: f64 = 30.0;

/// How many marks of a file have each label that is not here.
type Unknown = Vec<(Label, usize)>;

impl Import {
    /// Reads packets, one after another. A reading that has begun before stops.
    pub(super) fn read(self, packets: Vec<usize>) {
        self.run.update_untracked(|run| *run += 1);
        let run = self.run.get_untracked();
        let incoming = self.incoming.get_value();
        let choice = |at: usize| Some(self.entry(at).choice.get_untracked());
        let slices = packets.iter().map(|&at| incoming.slices(at, choice(at)));
        let slices: Vec<Vec<Range<usize>>> = slices.collect();
        let all = slices.iter().map(Vec::len).sum();
        self.waiting.set((all, all));
        let is_gone = self.is_gone.get_value();
        let goes_on = move || !is_gone.load(Ordering::Relaxed) && self.run.get_untracked() == run;
        spawn_local(async move {
            for (at, slices) in packets.into_iter().zip(slices) {
                match self.look(at, &slices, &goes_on).await {
                    Some(look) => self.entry(at).seen.set(Some(Shared::new(look))),
                    None => return,
                }
                self.waiting.update(|it| it.0 -= slices.len());
            }
        });
    }

    /// Reads a packet as it is chosen; nothing where `goes_on` says no.
    async fn look(
        self,
        at: usize,
        slices: &[Range<usize>],
        goes_on: &impl Fn() -> bool,
    ) -> Option<Look> {
        let incoming = self.incoming.get_value();
        let (mut unknown, mut line) = (Unknown::new(), 1);
        let (mut joined, mut run) = (Joined::default(), DryRun::default());
        let before = self.waiting.get_untracked();
        let mut since = js_sys::Date::now();
        for (slice, done) in slices.iter().zip(0..) {
            if done == 0 || js_sys::Date::now() - since > AT_ONCE {
                self.waiting.set((before.0 - done, before.1));
                opening::breathe().await;
                if !goes_on() {
                    return None;
                }
                since = js_sys::Date::now();
            }
            let read = self.read_slice(at, slice, line, &mut unknown);
            line += incoming.count_lines(at, slice);
            if let (Err(problem), 1) = (&read, slices.len()) {
                return Some(Look {
                    reading: Err(problem.clone()),
                    spans: Vec::new(),
                    unknown,
                });
            }
            joined.add(read.unwrap_or_else(broken));
            self.session
                .peek(|project| run.look(joined.so_far(), project));
        }
        self.waiting.set(before);
        Some(Look {
            reading: Ok(joined.finish()),
            spans: run.spans,
            unknown,
        })
    }

    /// Reads a slice, and counts the labels that are not here: as the file has them, whatever they have
    /// been said to mean.
    fn read_slice(
        self,
        at: usize,
        slice: &Range<usize>,
        first_line: u32,
        unknown: &mut Unknown,
    ) -> Result<Reading, Problem> {
        let incoming = self.incoming.get_value();
        let choice = Some(self.entry(at).choice.get_untracked());
        let read = |mapping: &[(String, LabelId)]| {
            incoming.read_slice(self.session, at, choice, slice, first_line, mapping)
        };
        let reading = read(&[])?;
        let found = self.unknown(&reading);
        let meanings = self.meanings.get_untracked();
        let is_meant =
            |it: &(Label, usize)| meanings.iter().any(|known| known.0 == it.0.id.as_str());
        let reading = match found.iter().any(is_meant) {
            true => read(&meanings)?,
            false => reading,
        };
        for (label, count) in found {
            match unknown.iter_mut().find(|it| it.0.id == label.id) {
                Some(known) => known.1 += count,
                None => unknown.push((label, count)),
            }
        }
        Ok(reading)
    }

    fn unknown(self, reading: &Reading) -> Unknown {
        let labels = self
            .session
            .peek(|project| unknown_labels(reading, project));
        let import = &reading.import;
        let count = |label: &Label| {
            let placed = import.annotations.iter().map(|it| &it.label);
            let all = placed.chain(import.unplaced.iter().map(|it| &it.label));
            all.filter(|it| **it == label.id).count()
        };
        let counted = labels.into_iter().map(|it| (count(&it), it));
        counted.map(|(count, it)| (it, count)).collect()
    }
}

/// A reading of which nothing has come but this problem.
fn broken(problem: Problem) -> Reading {
    Reading {
        problems: vec![problem],
        ..Reading::default()
    }
}
