//! The address after `#`, which says what is open: `#/document/ID?annotation=ID`.

use wasm_bindgen::JsValue;

use super::window;
use crate::model::{AnnotationId, DocumentId};

/// What the address asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The article to open.
    pub document: DocumentId,
    /// The annotation to show in it.
    pub annotation: Option<AnnotationId>,
}

/// Reads the address; `None` where it names no article.
pub fn read() -> Option<Route> {
    let hash = window().location().hash().ok()?;
    parse(&hash)
}

fn parse(hash: &str) -> Option<Route> {
    let rest = hash.strip_prefix("#/document/")?;
    let (document, query) = rest.split_once('?').unwrap_or((rest, ""));
    let annotation = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("annotation="))
        .and_then(AnnotationId::new);
    Some(Route {
        document: DocumentId::new(document)?,
        annotation,
    })
}

/// Writes the open article to the address, without a step in the browser's history.
pub fn write(document: Option<&DocumentId>) {
    let hash = document.map_or_else(|| "#".to_owned(), |id| format!("#/document/{id}"));
    // To say again what it says takes the browser some milliseconds.
    if window().location().hash().is_ok_and(|it| it == hash) {
        return;
    }
    if let Ok(history) = window().history() {
        // A page opened from disk may refuse; the address is a convenience and nothing depends on it.
        drop(history.replace_state_with_url(&JsValue::NULL, "", Some(&hash)));
    }
}

/// The value of `name` in the address before `#`.
pub fn query(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()?
        .get(name)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn addresses_name_an_article_and_perhaps_an_annotation() {
        let read = |hash| {
            parse(hash).map(|it| {
                (
                    it.document.to_string(),
                    it.annotation.map(|a| a.to_string()),
                )
            })
        };
        assert_eq!(read("#/document/d1"), Some(("d1".into(), None)));
        assert_eq!(
            read("#/document/d1?annotation=a1"),
            Some(("d1".into(), Some("a1".into())))
        );
        assert_eq!(
            read("#/document/d1?annotation=<b>"),
            Some(("d1".into(), None))
        );
        for bad in ["", "#", "#/document/", "#/document/a b", "#/x/d1"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
