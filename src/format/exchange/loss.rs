//! What a format cannot say, and how often it would have to. Knows nothing of the formats.

use super::selection::{Mark, Selection};
use crate::model::{Anchor, AnnotationId, DocumentId, Provenance, Relation, Timestamp};

/// Something that a project can hold and a format perhaps cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// Marks that share characters with others.
    Overlaps,
    /// Marks of several parts.
    Fragments,
    /// What a mark says besides its label.
    Attributes,
    /// Links between marks.
    Relations,
    /// Notes on marks.
    Notes,
    /// What people say to each other of a mark.
    Comments,
    /// Who marked.
    Annotators,
    /// When marks were made and changed.
    Times,
    /// Whether a person made a mark, and how surely it was placed.
    Origin,
    /// Outlet, author, date, address and event of an article.
    Metadata,
    /// Headings and lists as an article's file named them, and how far its reader has come.
    Layout,
    /// Marks whose words were not found.
    Tray,
    /// Fields that another program's file brought and that are kept here.
    OtherFields,
    /// Line ends and other signs that the format cannot hold as they stand.
    Characters,
}

impl Feature {
    /// Its name for scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overlaps => "overlaps",
            Self::Fragments => "fragments",
            Self::Attributes => "attributes",
            Self::Relations => "relations",
            Self::Notes => "notes",
            Self::Comments => "comments",
            Self::Annotators => "annotators",
            Self::Times => "times",
            Self::Origin => "origin",
            Self::Metadata => "metadata",
            Self::Layout => "layout",
            Self::Tray => "tray",
            Self::OtherFields => "other-fields",
            Self::Characters => "characters",
        }
    }
}

/// Something that was not written, or not as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What it is.
    pub feature: Feature,
    /// How many marks, relations or articles it is about.
    pub count: usize,
    /// What became of it, as a sentence.
    pub message: String,
}

impl Loss {
    /// A loss that is none where it is about nothing.
    pub(super) fn of(
        feature: Feature,
        count: usize,
        what: [&str; 2],
        became: &str,
    ) -> Option<Loss> {
        let noun = if count == 1 { what[0] } else { what[1] };
        (count > 0).then(|| Loss {
            feature,
            count,
            message: format!("{count} {noun} {became}."),
        })
    }
}

/// The losses that a format has with what was chosen, as far as they follow from what the format
/// cannot say.
pub(super) fn losses(selection: &Selection<'_>, cannot_say: &[Feature]) -> Vec<Loss> {
    let of = |&feature: &Feature| loss(selection, feature);
    let mut all: Vec<Loss> = cannot_say.iter().filter_map(of).collect();
    all.extend(in_no_format(selection).into_iter().flatten());
    all
}

/// What no format but our own says: comments, and relations that lead to another article or to the tray.
fn in_no_format(selection: &Selection<'_>) -> [Option<Loss>; 2] {
    let home = |id: &AnnotationId| {
        let mark = selection.project.annotations().get(id)?;
        Some(&mark.document)
    };
    let is_chosen = |it: &&DocumentId| selection.articles.iter().any(|own| own.document.id == **it);
    let comments = selection.project.comments();
    let comments = comments.filter(|it| home(&it.annotation).filter(is_chosen).is_some());
    let leads_out = |it: &Relation| {
        let ends = [home(&it.from), home(&it.to)];
        ends[0] != ends[1] && ends.into_iter().flatten().any(|it| is_chosen(&it))
    };
    let relations = selection.project.relations().filter(leads_out);
    [
        Loss::of(
            Feature::Comments,
            comments.count(),
            ["comment on marks", "comments on marks"],
            "left out",
        ),
        Loss::of(
            Feature::Relations,
            relations.count(),
            ["relation", "relations"],
            "to another article or to the tray, left out",
        ),
    ]
}

fn loss(selection: &Selection<'_>, feature: Feature) -> Option<Loss> {
    let marks = |holds: fn(&Mark<'_>) -> bool| selection.marks().filter(|it| holds(it)).count();
    const MARK: [&str; 2] = ["mark", "marks"];
    const ARTICLE: [&str; 2] = ["article", "articles"];
    let (count, what, became) = match feature {
        // Formats in which marks may not overlap count by themselves what they leave out.
        Feature::Overlaps | Feature::Characters | Feature::Comments => return None,
        Feature::Fragments => (
            marks(|it| it.annotation.fragments().len() > 1),
            MARK,
            "of several parts: each part is written as a mark of its own",
        ),
        Feature::Attributes => (
            marks(|it| !it.attributes.is_empty()),
            MARK,
            "with attributes, which are left out",
        ),
        Feature::Relations => (
            selection.articles.iter().map(|it| it.relations.len()).sum(),
            ["relation between marks", "relations between marks"],
            "left out",
        ),
        Feature::Notes => (
            marks(|it| !it.annotation.note.is_empty()),
            MARK,
            "with a note, which is left out",
        ),
        Feature::Annotators => (marks(|_| true), MARK, "without saying who made them"),
        Feature::Times => (
            marks(|it| {
                let known = Timestamp::default();
                it.annotation.created != known || it.annotation.modified != known
            }),
            MARK,
            "without the time they were made",
        ),
        Feature::Origin => (
            marks(|it| {
                let it = it.annotation;
                it.provenance != Provenance::Manual || it.anchor != Anchor::Exact
            }),
            MARK,
            "without saying that they were not made by hand on this very text",
        ),
        Feature::Metadata => (
            selection.articles.iter().filter(|it| it.has_meta()).count(),
            ARTICLE,
            "without title, outlet, author, date, address, event or language",
        ),
        Feature::Layout => (
            selection
                .articles
                .iter()
                .filter(|it| it.has_layout())
                .count(),
            ARTICLE,
            "without headings and lists, and without how far they were read",
        ),
        Feature::Tray => (
            selection.articles.iter().map(|it| it.in_tray).sum(),
            ["mark in the tray", "marks in the tray"],
            "left out, since their words were not found",
        ),
        Feature::OtherFields => (
            selection.articles.iter().map(|it| it.other_fields).sum(),
            ["field", "fields"],
            "that came with another program’s file, left out",
        ),
    };
    Loss::of(feature, count, what, became)
}
