//! Marks as nearly all of them are, made by hand, of one part and without a note, read byte by byte. A
//! record that says anything else is left to [`decode`](super::decode), which reads all. Knows
//! nothing of keys or stores.

use std::rc::Rc;
use std::sync::Arc;

use super::{Decoder, Heading, StoredAnnotation, StoredFragment, StoredRecord, kind};
use crate::format::json::{Cursor, Json, Object};
use crate::model::{
    Anchor, AnnotationId, AnnotatorId, DocumentId, LabelId, Provenance, Timestamp, no_extra,
};

/// What plain marks have in common.
pub(crate) struct PlainMarks {
    article: Rc<str>,
    document: DocumentId,
    label: LabelId,
    annotator: AnnotatorId,
    name: String,
}

impl Decoder {
    /// The way to read records that share these fields, where they are marks; `None` where they are
    /// something else, or share anything else.
    pub(crate) fn plain_marks(&mut self, shared: Json<'_>) -> Option<PlainMarks> {
        let mut fields = Object::of(shared)?;
        let mut text = |name| fields.remove(name).and_then(Json::text);
        (text("k")? == kind::ANNOTATION).then_some(())?;
        let article = text("d")?;
        let label = LabelId::again(&mut self.label, &text("l")?)?;
        let annotator = AnnotatorId::again(&mut self.annotator, &text("w")?)?;
        fields.is_empty().then_some(())?;
        Some(PlainMarks {
            document: DocumentId::again(&mut self.document, &article)?,
            article: self.article(&article),
            label,
            annotator,
            name: String::new(),
        })
    }
}

impl PlainMarks {
    /// Reads the fields that a mark has for itself; `None` where the record says more than a plain mark,
    /// or is wrong.
    pub(crate) fn read(&mut self, cursor: &mut Cursor<'_>) -> Option<(Heading, StoredRecord)> {
        let (mut id, mut fragment, mut created, mut modified) = (None, None, 0, None);
        cursor.expect("{")?;
        loop {
            match cursor.short_name()? {
                b'i' => id = Some(cursor.plain_text()?),
                b's' => fragment = Some(read_fragment(cursor)?),
                b'c' => created = cursor.count()?,
                b'm' => modified = Some(cursor.count()?),
                _ => return None,
            }
            if !cursor.more(b'}')? {
                break;
            }
        }
        let id = id?;
        let stored = StoredAnnotation {
            id: AnnotationId::new(id)?,
            document: self.document.clone(),
            fragments: (fragment?, Vec::new()),
            label: self.label.clone(),
            annotator: self.annotator.clone(),
            note: Arc::default(),
            provenance: Provenance::Manual,
            anchor: Anchor::Exact,
            revision: 0,
            details: None,
            created: Timestamp(created),
            modified: Timestamp(modified.unwrap_or(created)),
            extra: no_extra(),
        };
        Some((self.heading(id), StoredRecord::Annotation(stored.into())))
    }

    fn heading(&mut self, id: &str) -> Heading {
        self.name.clear();
        for part in [kind::ANNOTATION, ":", id] {
            self.name.push_str(part);
        }
        Heading {
            name: self.name.as_str().into(),
            document: Some(self.article.clone()),
            text: None,
            is_known: true,
        }
    }
}

fn read_fragment(cursor: &mut Cursor<'_>) -> Option<StoredFragment> {
    let mut next = |before: &str| {
        cursor.expect(before)?;
        u32::try_from(cursor.count()?).ok()
    };
    let (start, end, checksum) = (next("[")?, next(",")?, next(",")?);
    cursor.expect("]")?;
    Some(StoredFragment {
        start,
        end,
        checksum,
    })
}
