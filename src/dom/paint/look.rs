//! What a segment looks like: which of its layers are drawn, and what tells it from another.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::slot;
use crate::model::{Annotation, Layer, Project, Segment, Segments};

/// How many layers of a segment are drawn. More lines than these nobody can tell apart, and their
/// elements would cost more than the text: of a deeper pile the outermost and the innermost stand.
const DRAWN: usize = 6;

/// In a pile deeper than this nobody can tell even these two apart: the innermost stands alone.
const PILE: usize = 16;

/// The layers of a segment that are drawn.
pub(super) fn drawn<'a>(segment: &Segment<'_, 'a>) -> impl Iterator<Item = Layer<'a>> {
    let all = segment.covering.len();
    let is_drawn = move |at: &usize| all <= DRAWN || *at == 0 && all <= PILE || at + 1 == all;
    (0..all).filter(is_drawn).map(|at| segment.layer(at))
}

/// For each segment a number that changes with whatever is painted of it. It is only compared with that of the same
/// words before, and every mark over them has its part in it: so it is a quick one, and what all segments of a mark
/// have in common is worked out once.
pub(super) fn looks(segments: &Segments<'_>, project: &Project) -> Vec<u64> {
    let annotations = segments.annotations();
    let keys: Vec<u64> = annotations.map(|it| key(it, project)).collect();
    let looks = segments.iter().map(|segment| {
        let mut hasher = FxHasher::default();
        segment.span.hash(&mut hasher);
        for &at in segment.covering {
            keys[at as usize].hash(&mut hasher);
        }
        for layer in drawn(&segment) {
            let edges = [layer.starts, layer.ends, layer.resumes, layer.continues];
            (layer.depth.min(7), edges, layer.fragment).hash(&mut hasher);
        }
        hasher.finish()
    });
    looks.collect()
}

/// A number for what is painted of an annotation wherever it is painted.
fn key(annotation: &Annotation, project: &Project) -> u64 {
    let mut hasher = FxHasher::default();
    annotation.id.hash(&mut hasher);
    annotation.label.hash(&mut hasher);
    let slot = slot(project, &annotation.label);
    (slot, annotation.fragments().len()).hash(&mut hasher);
    hasher.finish()
}

/// The classes of a layer.
pub(super) fn classes(layer: &Layer<'_>, project: &Project) -> String {
    let slot = slot(project, &layer.annotation.label);
    let mut class = format!("layer label-{slot} depth-{}", layer.depth.min(7));
    let edges = [
        (layer.starts, " starts"),
        (layer.ends, " ends"),
        (layer.resumes, " resumes"),
        (layer.continues, " continues"),
    ];
    for (_, name) in edges.iter().filter(|it| it.0) {
        class.push_str(name);
    }
    class
}

/// What is told of a part of a mark where it begins; of the first one, where it ends.
pub(super) fn part(layer: &Layer<'_>) -> Option<String> {
    let is_told = layer.resumes || (layer.continues && layer.fragment == 0);
    let all = layer.annotation.fragments().len();
    is_told.then(|| format!("part {} of {all}", layer.fragment + 1))
}

pub(super) fn joined<'a>(
    segment: &Segment<'_, 'a>,
    name: impl Fn(&'a Annotation) -> &'a str,
) -> String {
    let mut names = String::new();
    for layer in segment.layers() {
        if !names.is_empty() {
            names.push(' ');
        }
        names.push_str(name(layer.annotation));
    }
    names
}
