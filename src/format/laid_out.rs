//! Joins blocks that a file names as such (Markdown, HTML) to a text whose blocks are still known.
//! Knows nothing of the files.

use crate::model::{BlockKind, Layout, Text};

/// What stands between two blocks.
const GAP: &str = "\n\n";

/// A text, and what each of its blocks is.
pub(super) struct LaidOut {
    pub(super) text: Text,
    pub(super) layout: Layout,
}

/// Joins `blocks`; those without text are passed over.
///
/// # Errors
/// What is wrong with the text, as the end of a sentence.
pub(super) fn join(blocks: &[(BlockKind, String)]) -> Result<LaidOut, String> {
    let mut content = String::new();
    // Where each block begins. A text may see several blocks in one of ours: its lines, and the
    // pieces of a long line.
    let mut starts: Vec<(usize, BlockKind)> = Vec::new();
    for (kind, words) in blocks {
        let words = words.replace("\r\n", "\n").replace('\r', "\n");
        let words = words.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if words.is_empty() {
            continue;
        }
        if !content.is_empty() {
            content.push_str(GAP);
        }
        starts.push((content.len(), *kind));
        content.push_str(words);
    }
    let text = super::articles::checked(&content)?;
    let kind_at = |byte: usize| {
        let after = starts.partition_point(|&(start, _)| start <= byte);
        starts[after.saturating_sub(1)].1
    };
    let kinds = text.blocks().iter();
    let layout = kinds.map(|it| kind_at(it.span().start().bytes())).collect();
    Ok(LaidOut { text, layout })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_of_the_text_has_its_kind() {
        let long = "word ".repeat(3_000);
        let blocks = [
            (BlockKind::Heading(1), "\u{feff}Title".to_owned()),
            (BlockKind::Paragraph, "\n \r".to_owned()),
            (BlockKind::ListItem, "one\r\n\r\ntwo ".to_owned()),
            (BlockKind::Quotation, long),
        ];
        let LaidOut { text, layout } = join(&blocks).expect("has text");
        assert!(
            text.as_str()
                .starts_with("Title\n\none\n\ntwo\n\nword word")
        );
        assert_eq!(layout.len(), text.blocks().len());
        assert_eq!(
            layout[..3],
            [
                BlockKind::Heading(1),
                BlockKind::ListItem,
                BlockKind::ListItem
            ]
        );
        assert!(layout.len() > 4);
        assert!(layout[3..].iter().all(|&kind| kind == BlockKind::Quotation));
        assert!(join(&[]).is_err());
    }
}
