//! Between places in the page (node and UTF-16 offset) and places in the text (bytes).
//!
//! A block's element holds exactly the characters of the block, in order, in text nodes that may be
//! wrapped in any number of elements. Knows nothing of annotations.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Range};

use super::document;
use crate::model::{Offset, Span, Text};

/// The attribute that carries a block's index.
pub const BLOCK: &str = "data-block";

/// How many blocks stand in one group.
pub const GROUP: usize = 8;

/// How many blocks a child of the host, a child of that and so on hold: groups of groups, groups, blocks. What is
/// out of sight is left out of layout group by group, and each group beside one that is in sight costs the
/// browser a look in every frame.
pub const SIZES: [usize; 3] = [32 * GROUP, GROUP, 1];

/// The element of a block, as far as it stands. `host` holds the groups.
pub fn block(host: &Element, index: usize) -> Option<Element> {
    let (mut at, mut left) = (host.clone(), index);
    for size in SIZES {
        at = at.children().item((left / size) as u32)?;
        left %= size;
    }
    Some(at)
}

/// The byte of `text` at a boundary point of the page. `host` is the element with the groups of
/// blocks. A point before or after the host counts as the text's start or end.
pub fn byte_at(host: &Element, text: &Text, node: &Node, offset: u32) -> Option<usize> {
    if !host.contains(Some(node)) {
        // Of what the host stands in, the point counts: Firefox selects all from the body's first child to its last.
        let whole = document().create_range().ok()?;
        whole.select_node(host).ok()?;
        let is_before = whole.compare_point(node, offset).ok()? < 0;
        return Some(if is_before { 0 } else { text.as_str().len() });
    }
    let Some((element, index)) = block_of(node) else {
        // The host itself or a group: the point is before one of their blocks, or after all of them.
        let next = text.blocks().get(blocks_before(host, node, offset)?);
        return Some(next.map_or(text.as_str().len(), |it| it.span().start().bytes()));
    };
    let block = text.blocks().get(index)?.span();
    let within = if node.node_type() == Node::TEXT_NODE {
        units_before(&element, node) + offset
    } else {
        match node.child_nodes().get(offset) {
            Some(child) => units_before(&element, &child),
            None => {
                units_before(&element, node) + node.text_content()?.encode_utf16().count() as u32
            }
        }
    };
    let byte = text.byte_of_utf16(text.utf16(block.start()) + within)?;
    Some(byte.min(block.end().bytes()))
}

/// The block element that holds `node`, and its index.
fn block_of(node: &Node) -> Option<(Element, usize)> {
    let element = match node.dyn_ref::<Element>() {
        Some(element) => element.clone(),
        None => node.parent_element()?,
    };
    let block = element.closest(&format!("[{BLOCK}]")).ok()??;
    let index = block.get_attribute(BLOCK)?.parse().ok()?;
    Some((block, index))
}

/// How many blocks stand before the child `offset` of the host or of a group, which is `node`.
fn blocks_before(host: &Element, node: &Node, offset: u32) -> Option<usize> {
    let (mut at, mut places) = (node.clone(), vec![offset as usize]);
    while !at.is_same_node(Some(host)) {
        let parent = at.parent_node()?;
        places.push(place_of(&parent, &at)?);
        at = parent;
    }
    let places = places.into_iter().rev().zip(SIZES);
    Some(places.map(|(place, size)| place * size).sum())
}

/// How many children of `parent` stand before one of them.
fn place_of(parent: &Node, node: &Node) -> Option<usize> {
    let nodes = parent.child_nodes();
    (0..nodes.length()).position(|at| nodes.get(at).is_some_and(|it| it.is_same_node(Some(node))))
}

/// UTF-16 units of the block's text before `node`.
fn units_before(block: &Element, node: &Node) -> u32 {
    let mut units = 0;
    for text in text_nodes(block) {
        let precedes =
            text.compare_document_position(node) & Node::DOCUMENT_POSITION_FOLLOWING != 0;
        let holds = node.contains(Some(&text));
        if !precedes || holds {
            break;
        }
        units += text.length();
    }
    units
}

/// The text nodes of a block, in order.
fn text_nodes(block: &Element) -> impl Iterator<Item = web_sys::Text> {
    // 4 is NodeFilter.SHOW_TEXT.
    let walker = document()
        .create_tree_walker_with_what_to_show(block, 4)
        .ok();
    std::iter::from_fn(move || walker.as_ref()?.next_node().ok()??.dyn_into().ok())
}

/// The page's range over `span`, as far as its blocks are painted.
pub fn range_of(host: &Element, text: &Text, span: Span) -> Option<Range> {
    let (start, start_offset) = point_at(host, text, span.start(), false)?;
    let (end, end_offset) = point_at(host, text, span.end(), true)?;
    let range = document().create_range().ok()?;
    range.set_start(&start, start_offset).ok()?;
    range.set_end(&end, end_offset).ok()?;
    Some(range)
}

/// The text node and UTF-16 offset in it where `at` lies. Where two nodes meet, `closing` takes the
/// end of the first instead of the start of the second.
pub(super) fn point_at(
    host: &Element,
    text: &Text,
    at: Offset,
    closing: bool,
) -> Option<(Node, u32)> {
    let index = if closing {
        text.blocks()
            .partition_point(|it| it.span().end() < at)
            .min(text.blocks().len() - 1)
    } else {
        text.block_at(at)
    };
    let block = text.blocks()[index].span();
    let element = self::block(host, index)?;
    let at = at.clamp(block.start(), block.end());
    let mut left = text.utf16(at) - text.utf16(block.start());
    let mut last = None;
    for node in text_nodes(&element) {
        let length = node.length();
        if left < length || (closing && left == length) {
            return Some((node.into(), left));
        }
        left -= length;
        last = Some((node.into(), length));
    }
    last
}
