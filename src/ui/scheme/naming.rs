//! Names for files, made of names for people. Knows nothing of what they name.

/// An id made of what people call something: small letters, digits and dashes, and a number where it is
/// taken. `what` stands where the name has no letter that an id may have.
pub(super) fn id_of(name: &str, what: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut stem = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            stem.push(letter.to_ascii_lowercase());
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    stem.truncate(48);
    let stem = stem.trim_end_matches('-');
    let stem = match stem.starts_with(|it: char| it.is_ascii_alphabetic()) {
        true => stem.to_owned(),
        false if stem.is_empty() => what.to_owned(),
        false => format!("{what}-{stem}"),
    };
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let mut all = std::iter::once(stem.clone()).chain(numbered);
    all.find(|it| !is_taken(it)).unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LabelId;

    #[test]
    fn ids_are_made_of_names() {
        for (name, id) in [
            ("Loaded words", "loaded-words"),
            ("  Who? (source) ", "who-source"),
            ("3rd party", "label-3rd-party"),
            ("引用", "label"),
            ("Claim", "claim-2"),
        ] {
            let made = id_of(name, "label", |it| it == "claim");
            assert_eq!(made, id);
            assert!(LabelId::new(&made).is_some(), "{made}");
        }
        let long = id_of(&"very ".repeat(40), "label", |it| !it.ends_with("-30"));
        assert!(LabelId::new(&long).is_some(), "{long}");
    }
}
