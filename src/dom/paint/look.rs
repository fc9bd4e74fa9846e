//! What a segment looks like: which of its layers are drawn, and what tells it from another.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::slot;
use crate::model::{Annotation, Layer, Project, Segment};

/// How many layers of a segment are drawn. More lines than these nobody can tell apart, and their
/// elements would cost more than the text: of a deeper pile the outermost and the innermost stand.
const DRAWN: usize = 6;

/// The layers of a segment that are drawn.
pub(super) fn drawn<'s, 'a>(segment: &'s Segment<'a>) -> impl Iterator<Item = &'s Layer<'a>> {
    let last = segment.layers.len().saturating_sub(1);
    let is_drawn = move |at: usize| last < DRAWN || at == 0 || at == last;
    let layers = segment.layers.iter().enumerate();
    layers.filter_map(move |(at, layer)| is_drawn(at).then_some(layer))
}

/// A number that changes with whatever is painted of a segment. It is only compared with that of the same words
/// before, and worked out for every mark that lies over them: so it is a quick one.
pub(super) fn look(segment: &Segment<'_>, project: &Project) -> u64 {
    let mut hasher = FxHasher::default();
    segment.span.hash(&mut hasher);
    for layer in &segment.layers {
        layer.annotation.id.hash(&mut hasher);
        layer.annotation.label.hash(&mut hasher);
    }
    for layer in drawn(segment) {
        let slot = slot(project, &layer.annotation.label);
        let edges = [layer.starts, layer.ends, layer.resumes, layer.continues];
        let part = (layer.fragment, layer.annotation.fragments().len());
        (slot, layer.depth.min(7), edges, part).hash(&mut hasher);
    }
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

pub(super) fn joined(segment: &Segment<'_>, name: impl Fn(&Annotation) -> &str) -> String {
    let mut names = String::new();
    for layer in &segment.layers {
        if !names.is_empty() {
            names.push(' ');
        }
        names.push_str(name(layer.annotation));
    }
    names
}
