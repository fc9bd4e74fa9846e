//! The address after `#`, which says what is open: `#/document/ID?annotation=ID`, `#/event/NAME` or
//! `#/search/words=WORDS`; or which brings something: `#share=…`.

use wasm_bindgen::JsValue;

use super::window;
use crate::format::share::SHARED;
use crate::model::{AnnotationId, DocumentId};

/// What the address asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// An article, and an annotation to show in it.
    Document(DocumentId, Option<AnnotationId>),
    /// The accounts of an event, beside each other.
    Event(String),
    /// A search in all articles, as it is written there.
    Search(String),
}

/// Reads the address; `None` where it names nothing.
pub fn read() -> Option<Route> {
    let hash = window().location().hash().ok()?;
    match parse(&hash)? {
        Route::Event(written) => {
            let name = js_sys::decode_uri_component(&written).ok()?;
            Some(Route::Event(name.into()))
        }
        route => Some(route),
    }
}

/// What an address says; the name of an event is still as it is written there.
fn parse(hash: &str) -> Option<Route> {
    if let Some(event) = hash.strip_prefix("#/event/") {
        return Some(Route::Event(event.to_owned()));
    }
    if let Some(search) = hash.strip_prefix("#/search/") {
        return Some(Route::Search(search.to_owned()));
    }
    let rest = hash.strip_prefix("#/document/")?;
    let (document, query) = rest.split_once('?').unwrap_or((rest, ""));
    let annotation = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("annotation="))
        .and_then(AnnotationId::new);
    Some(Route::Document(DocumentId::new(document)?, annotation))
}

/// Writes the open article to the address, without a step in the browser's history.
pub fn write(document: Option<&DocumentId>) {
    put(&document.map_or_else(|| "#".to_owned(), |id| format!("#/document/{id}")));
}

/// Writes the event whose accounts stand beside each other to the address, in the same way.
pub fn write_event(event: &str) {
    let event: String = js_sys::encode_uri_component(event).into();
    put(&format!("#/event/{event}"));
}

/// Writes a search to the address; the first time as a step, so that the browser's way back leads out of it.
pub fn write_search(written: &str) {
    let hash = format!("#/search/{written}");
    let is_there = matches!(read(), Some(Route::Search(_)));
    match window().history() {
        Ok(history) if !is_there => {
            drop(history.push_state_with_url(&JsValue::NULL, "", Some(&hash)));
        }
        _ => put(&hash),
    }
}

/// Names and values as a part of an address.
pub fn written(fields: &[(&str, String)]) -> String {
    let one = |(name, value): &(&str, String)| {
        let value: String = js_sys::encode_uri_component(value).into();
        format!("{name}={value}")
    };
    fields.iter().map(one).collect::<Vec<_>>().join("&")
}

/// The names and values that [`written`] wrote; what cannot be read is left out.
pub fn fields(written: &str) -> Vec<(String, String)> {
    let one = |field: &str| {
        let (name, value) = field.split_once('=')?;
        let value = js_sys::decode_uri_component(value).ok()?;
        Some((name.to_owned(), value.into()))
    };
    written.split('&').filter_map(one).collect()
}

fn put(hash: &str) {
    // To say again what it says takes the browser some milliseconds.
    if window().location().hash().is_ok_and(|it| it == hash) {
        return;
    }
    if let Ok(history) = window().history() {
        // A page opened from disk may refuse; the address is a convenience and nothing depends on it.
        drop(history.replace_state_with_url(&JsValue::NULL, "", Some(hash)));
    }
}

/// Takes a link that holds articles or marks out of the address, where the open article is left.
pub fn take_shared(open: Option<&DocumentId>) -> Option<String> {
    let hash = window().location().hash().ok();
    let shared = hash.filter(|it| it.starts_with(SHARED))?;
    write(open);
    Some(shared)
}

/// The address of the page itself.
pub fn page() -> String {
    let address = window().location().href().unwrap_or_default();
    let page = address.split_once('#').map(|it| it.0.to_owned());
    page.unwrap_or(address)
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
    use super::{Route, parse};

    #[test]
    fn addresses_name_an_article_and_perhaps_an_annotation() {
        let read = |hash| {
            parse(hash).map(|it| match it {
                Route::Document(id, annotation) => {
                    (id.to_string(), annotation.map(|a| a.to_string()))
                }
                Route::Event(name) => (name, Some("event".into())),
                Route::Search(written) => (written, Some("search".into())),
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
        assert_eq!(
            read("#/event/A%20b"),
            Some(("A%20b".into(), Some("event".into())))
        );
        assert_eq!(
            read("#/search/words=a%20b&sort=time"),
            Some(("words=a%20b&sort=time".into(), Some("search".into())))
        );
        for bad in ["", "#", "#/document/", "#/document/a b", "#/x/d1"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
