//! Letters by the browser's own tables.

use sourcelight::dom::fold_case;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn letters_that_differ_in_case_are_the_same() {
    for (letter, is) in [
        ('A', "a"),
        ('É', "é"),
        ('Я', "я"),
        ('ß', "ss"),
        ('ẞ', "ss"),
        ('Σ', "σ"),
        ('ς', "σ"),
        ('ﬁ', "fi"),
        ('İ', "i\u{307}"),
        ('ı', "i"),
        ('ſ', "s"),
        ('漢', "漢"),
    ] {
        assert_eq!(fold_case(letter), is, "{letter}");
    }
}
