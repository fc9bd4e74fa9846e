//! Reads what came in slice by slice, so that the page stays at hand and the dialog can be closed.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Import, Look, Seen};
use crate::format::exchange::{Slice, found_spans, joined, unknown_labels};
use crate::format::{Problem, Reading};
use crate::model::{Label, LabelId};
use crate::ui::opening;

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
        let slices: Vec<Vec<Slice>> = slices.collect();
        let all = slices.iter().map(Vec::len).sum();
        self.waiting.set((all, all));
        let is_gone = self.is_gone.get_value();
        let goes_on = move || !is_gone.load(Ordering::Relaxed) && self.run.get_untracked() == run;
        spawn_local(async move {
            for (at, slices) in packets.into_iter().zip(slices) {
                match self.look(at, &slices, &goes_on).await {
                    Some(look) => self.entry(at).seen.set(Seen(Some(Arc::new(look)))),
                    None => return,
                }
                self.waiting.update(|it| it.0 -= slices.len());
            }
        });
    }

    /// Reads a packet as it is chosen; nothing where `goes_on` says no.
    async fn look(self, at: usize, slices: &[Slice], goes_on: &impl Fn() -> bool) -> Option<Look> {
        let mut unknown = Unknown::new();
        // Of neighbours that slices of the same number have given one is made, so that each is joined
        // few times.
        let mut parts: Vec<(usize, Reading)> = Vec::new();
        let before = self.waiting.get_untracked();
        for (slice, done) in slices.iter().zip(0..) {
            self.waiting.set((before.0 - done, before.1));
            opening::breathe().await;
            if !goes_on() {
                return None;
            }
            let read = self.read_slice(at, slice, &mut unknown);
            if let (Err(problem), 1) = (&read, slices.len()) {
                return Some(Look {
                    reading: Err(problem.clone()),
                    spans: Vec::new(),
                    unknown,
                });
            }
            let mut part = (1, read.unwrap_or_else(broken));
            while let Some(last) = parts.pop_if(|it| it.0 == part.0) {
                part = (2 * part.0, joined(last.1, part.1));
            }
            parts.push(part);
        }
        self.waiting.set(before);
        let mut parts = parts.into_iter().map(|it| it.1);
        let mut whole = parts.next().unwrap_or_default();
        for part in parts {
            opening::breathe().await;
            if !goes_on() {
                return None;
            }
            whole = joined(whole, part);
        }
        let spans = self.session.peek(|project| found_spans(&whole, project));
        Some(Look {
            reading: Ok(whole),
            spans,
            unknown,
        })
    }

    /// Reads a slice, and counts the labels that are not here: as the file has them, whatever they have
    /// been said to mean.
    fn read_slice(
        self,
        at: usize,
        slice: &Slice,
        unknown: &mut Unknown,
    ) -> Result<Reading, Problem> {
        let incoming = self.incoming.get_value();
        let choice = Some(self.entry(at).choice.get_untracked());
        let read = |mapping: &[(String, LabelId)]| {
            incoming.read_slice(self.session, at, choice, slice, mapping)
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
