//! Finds the browsers and Chromium's driver, or installs Debian's. Knows nothing of what the tests do with them.

use std::path::{Path, PathBuf};

use super::jobs::Job;
use super::{apt, download, tool};
use crate::steps::{self, Outcome};

/// Browsers that can be driven.
pub struct Browsers {
    /// Chromium or Chrome.
    pub chromium: PathBuf,
    /// Of the same major version as `chromium`.
    pub chromedriver: PathBuf,
    /// Firefox; its driver is a tool of its own.
    pub firefox: PathBuf,
}

const BY_HAND: &str = "Install by hand: Chromium or Chrome, the chromedriver of the same version, and Firefox. If they are not found \
    then, set CHROMIUM, CHROMEDRIVER and FIREFOX to the paths of the programs.";

/// Installs the browsers, unless they are there; fails at once where there is no apt.
pub fn job() -> Outcome<Option<Job>> {
    let missing = missing_packages();
    if missing.is_empty() {
        return Ok(None);
    }
    let title = missing.join(", ");
    if !apt::is_there() {
        return Err(format!(
            "The tests need {title}, and this computer has no apt-get to install them with. {BY_HAND}"
        ));
    }
    let work = move || install(&missing);
    Ok(Some(download(
        title,
        "the page is tested in real browsers",
        work,
    )))
}

/// The browsers, or a sentence about what is wrong.
pub fn find_or_say() -> Outcome<Browsers> {
    let found = Browsers {
        chromium: chromium().ok_or_else(|| format!("Chromium is missing. {BY_HAND}"))?,
        chromedriver: chromedriver()
            .ok_or_else(|| format!("chromedriver is missing. {BY_HAND}"))?,
        firefox: firefox().ok_or_else(|| format!("Firefox is missing. {BY_HAND}"))?,
    };
    // Chrome on Windows opens a window instead of printing its version.
    if cfg!(windows) {
        return Ok(found);
    }
    let versions = [&found.chromium, &found.chromedriver].map(|program| major_version(program));
    match versions {
        [Some(browser), Some(driver)] if browser == driver => Ok(found),
        [Some(browser), Some(driver)] => Err(format!(
            "{} is of version {browser}, {} of version {driver}; they must be equal. {BY_HAND}",
            found.chromium.display(),
            found.chromedriver.display()
        )),
        _ => Err(format!(
            "Chromium or chromedriver does not tell its version. {BY_HAND}"
        )),
    }
}

fn missing_packages() -> Vec<&'static str> {
    let parts = [
        ("chromium", chromium()),
        ("chromium-driver", chromedriver()),
        ("firefox-esr", firefox()),
    ];
    parts
        .into_iter()
        .filter(|(_, found)| found.is_none())
        .map(|(package, _)| package)
        .collect()
}

fn chromium() -> Option<PathBuf> {
    find(
        "CHROMIUM",
        &[
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome",
        ],
        &[
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        ],
    )
}

fn chromedriver() -> Option<PathBuf> {
    find(
        "CHROMEDRIVER",
        &["chromedriver"],
        &["/usr/lib/chromium/chromedriver"],
    )
}

fn firefox() -> Option<PathBuf> {
    find(
        "FIREFOX",
        &["firefox-esr", "firefox"],
        &[
            "/Applications/Firefox.app/Contents/MacOS/firefox",
            r"C:\Program Files\Mozilla Firefox\firefox.exe",
        ],
    )
}

fn find(variable: &str, names: &[&str], places: &[&str]) -> Option<PathBuf> {
    let named = std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_file());
    named
        .or_else(|| names.iter().find_map(|name| tool::on_path(name)))
        .or_else(|| {
            places
                .iter()
                .find_map(|place| tool::existing(Path::new(place)))
        })
}

fn install(packages: &[&str]) -> Outcome<()> {
    apt::install(packages).map_err(|sentence| {
        format!(
            "{sentence}\nThe tests need {}. {BY_HAND}",
            packages.join(", ")
        )
    })
}

fn major_version(program: &Path) -> Option<u32> {
    first_number(&steps::output_of(program, &["--version"])?)
}

fn first_number(printed: &str) -> Option<u32> {
    printed
        .split_whitespace()
        .find_map(|word| word.split('.').next()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(
            first_number("Chromium 156.0.8078.79 built on Debian 12"),
            Some(156)
        );
        assert_eq!(first_number("ChromeDriver 156.0.8078.79 (abc)"), Some(156));
        assert_eq!(first_number("Google Chrome for Testing 9.0.1"), Some(9));
        assert_eq!(first_number("no version"), None);
    }
}
