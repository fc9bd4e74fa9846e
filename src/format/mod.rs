//! stub
pub mod record;

use crate::model::BlockKind;
pub struct HtmlArticle {
    pub title: String,
    pub blocks: Vec<(BlockKind, String)>,
}
