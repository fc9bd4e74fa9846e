//! Fonts for the browser tests: where lines break, and whether a script is drawn at all, depends on them, and a
//! new machine may have none but Latin letters. Knows nothing of what the tests do with them.

use super::jobs::Job;
use super::{apt, download};
use crate::steps::{self, Outcome};

/// Families that the pages of the tests are drawn with, and the packages of Debian that bring them.
const FONTS: [(&str, &str); 4] = [
    ("Noto Serif", "fonts-noto-core"),
    ("Noto Sans", "fonts-noto-core"),
    ("Noto Color Emoji", "fonts-noto-color-emoji"),
    ("Noto Sans CJK JP", "fonts-noto-cjk"),
];

/// Installs the fonts, unless they are there. Elsewhere than on Debian none is missed: what depends on the width
/// of letters is then left out by the tests themselves.
pub fn job() -> Outcome<Option<Job>> {
    let missing = missing_packages();
    if missing.is_empty() || !apt::is_there() {
        return Ok(None);
    }
    let title = missing.join(", ");
    let work = move || {
        let wanted = missing.join(", ");
        apt::install(&missing).map_err(|sentence| format!("{sentence}\nThe tests need {wanted}."))
    };
    let why = "the tests draw pages in many scripts";
    Ok(Some(download(title, why, work)))
}

fn missing_packages() -> Vec<&'static str> {
    let families = steps::output_of("fc-list", &[":", "family"]).unwrap_or_default();
    let is_here = |family: &str| {
        let mut names = families.lines().flat_map(|line| line.split(','));
        names.any(|name| name.trim() == family)
    };
    let mut missing: Vec<&str> = FONTS
        .iter()
        .filter(|(family, _)| !is_here(family))
        .map(|(_, package)| *package)
        .collect();
    missing.dedup();
    missing
}
