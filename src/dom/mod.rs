//! The browser, at arm's length: stateless readers of it and small effects on it.
//!
//! Turns the UTF-16 units of the page into bytes. Knows no component and no store.

pub mod clipboard;
pub mod clock;
pub mod cursor_keys;
pub mod deflate;
pub mod dictionary;
pub mod fetch;
pub mod file;
pub mod folder;
pub mod highlight;
pub mod html;
pub mod keys;
pub mod line;
pub mod one_file;
pub mod paint;
pub mod pattern;
pub mod place;
pub mod route;
pub mod scripting;
pub mod selection;
pub mod strip;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// The page's window.
pub fn window() -> web_sys::Window {
    web_sys::window().expect("the program runs in a page")
}

/// How high the window is inside, in CSS pixels.
pub fn window_height() -> f64 {
    let height = window().inner_height().ok();
    height.and_then(|it| it.as_f64()).unwrap_or(0.0)
}

/// The page's document.
pub fn document() -> web_sys::Document {
    window().document().expect("a page has a document")
}

/// The element that all others are in.
pub fn root() -> Option<HtmlElement> {
    let root = document().document_element();
    root.and_then(|it| it.dyn_into().ok())
}

/// The first element of the page that fits a selector.
pub fn find(selector: &str) -> Option<HtmlElement> {
    let found = document().query_selector(selector).ok().flatten();
    found.and_then(|it| it.dyn_into().ok())
}

/// Whether a media query holds at this moment.
pub fn prefers(query: &str) -> bool {
    let found = window().match_media(query).ok().flatten();
    found.is_some_and(|query| query.matches())
}

/// `text` in small letters. By the browser, whose tables the program need not bring again.
pub fn lowercase(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// The small letters of the capitals of the small letter, which make letters the same that differ in case: by the
/// capitals `ß` is `ss`, and by the small letter `ẞ` is `ß`.
pub fn fold_case(letter: char) -> String {
    let small = js_sys::JsString::from(letter.to_string()).to_lower_case();
    small.to_upper_case().to_lower_case().into()
}

/// Gives the keyboard's focus to the first element of this selector, and nothing scrolls.
pub fn focus(selector: &str) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(found) = find(selector) {
        drop(found.focus_with_options(&options));
    }
}

/// Whether nothing has the keyboard's focus.
pub fn has_no_focus() -> bool {
    let focused = document().active_element();
    focused.is_none_or(|it| it.tag_name() == "BODY")
}

/// Takes the whole page away and leaves a sentence.
pub fn leave(sentence: &str) {
    if let (Some(body), Ok(last)) = (document().body(), document().create_element("main")) {
        body.set_text_content(None);
        last.set_id("boot");
        last.set_text_content(Some(sentence));
        drop(body.append_child(&last));
    }
}

/// Sets a style property through the object model: a style attribute is refused by the page's
/// policy. A value the browser does not know leaves the property as it was.
pub fn set_style(element: &HtmlElement, property: &str, value: &str) {
    drop(element.style().set_property(property, value));
}

/// Adds rules to those of the page. A browser that cannot do that shows what they are about plainly.
pub fn add_style_sheet(rules: &str) {
    let Ok(sheet) = web_sys::CssStyleSheet::new() else {
        return;
    };
    if sheet.replace_sync(rules).is_ok() {
        // In older browsers the list itself cannot be changed.
        let all = js_sys::Array::from(&document().adopted_style_sheets());
        all.push(&sheet);
        document().set_adopted_style_sheets(&all);
    }
}

/// `text` as a string of a style sheet.
pub fn style_string(text: &str) -> String {
    let mut made = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => made.extend(['\\', letter]),
            // These would end it.
            _ if letter.is_control() => made.push(' '),
            _ => made.push(letter),
        }
    }
    made + "\""
}

/// What a thrown value says, in its own words.
pub fn message_of(thrown: &JsValue) -> String {
    let message = js_sys::Reflect::get(thrown, &"message".into()).ok();
    message
        .and_then(|it| it.as_string())
        .or_else(|| thrown.as_string())
        .unwrap_or_else(|| "the browser did not say why".to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn strings_of_a_style_sheet_end_where_they_should() {
        for (text, is) in [
            ("Claim", r#""Claim""#),
            (r#"a "b" \"#, r#""a \"b\" \\""#),
            ("a\nb", r#""a b""#),
        ] {
            assert_eq!(super::style_string(text), is);
        }
    }
}
