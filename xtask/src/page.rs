//! Finishes `index.html`: integrity values for what it loads, and a Content-Security-Policy with the hashes of its inline
//! scripts. Knows the finished files by name and bytes, and nothing of folders.

use std::collections::BTreeMap;
use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256, Sha384};

use crate::html::{self, Tag};
use crate::steps::Outcome;

/// Stands in `index.html`'s policy where the hashes of its inline scripts belong.
const SCRIPT_HASHES: &str = "'sha256-of-inline-scripts'";
/// Stands, followed by a file's name, where that file's integrity value belongs (Trunk.toml and glue.rs use it).
pub const INTEGRITY_OF: &str = "sha384-of:";
/// What `trunk serve` fills into its reloading script as it sends the page, and so behind the back of the script's hash;
/// with it, what a browser finds out by itself.
const FILLED_IN_LATER: [(&str, &str); 2] = [
    ("'{{__TRUNK_ADDRESS__}}'", "location.host"),
    ("'{{__TRUNK_WS_BASE__}}'", "'/'"),
];

/// The page as it is shipped together with `files`, by whose names it already calls them.
pub fn finish(page: &str, files: &BTreeMap<String, Vec<u8>>) -> Outcome<String> {
    let page = FILLED_IN_LATER
        .iter()
        .fold(page.to_owned(), |page, (placeholder, value)| {
            page.replace(placeholder, value)
        });
    let page = with_integrity_values(&page, files)?;
    let tags = html::tags(&page);
    let mut edits = Vec::new();
    for tag in &tags {
        refuse_what_the_policy_blocks(tag)?;
        edits.extend(integrity_edit(tag, files));
    }
    edits.push(policy_edit(&page, &tags)?);
    Ok(html::replace_ranges(&page, edits))
}

/// The page, or the glue, with the values of the files it names.
pub fn with_integrity_values(page: &str, files: &BTreeMap<String, Vec<u8>>) -> Outcome<String> {
    let mut page = page.to_owned();
    for (name, bytes) in files {
        page = page.replace(&format!("{INTEGRITY_OF}{name}"), &integrity(bytes));
    }
    match page.find(INTEGRITY_OF) {
        None => Ok(page),
        Some(at) => Err(format!(
            "The page asks for the integrity of a file that was not built: `{}`.",
            page[at..].chars().take(60).collect::<String>()
        )),
    }
}

fn refuse_what_the_policy_blocks(tag: &Tag) -> Outcome<()> {
    let blocked = tag
        .attributes
        .iter()
        .find(|attribute| attribute.name == "style" || attribute.name.starts_with("on"));
    if let Some(attribute) = blocked {
        return Err(format!(
            "index.html: `{}` on <{}> would be blocked by the page's own policy; use a file of style/ or a listener.",
            attribute.name, tag.name
        ));
    }
    if tag.name == "style" {
        return Err("index.html: a <style> element would be blocked by the page's own policy; use a file of style/.".to_owned());
    }
    Ok(())
}

/// Sets the `integrity` attribute of a tag that loads a script or a style sheet of ours.
fn integrity_edit(tag: &Tag, files: &BTreeMap<String, Vec<u8>>) -> Option<(Range<usize>, String)> {
    let address = match tag.name.as_str() {
        "script" => tag.attribute("src"),
        "link" => tag.attribute("href"),
        _ => None,
    }?;
    let bytes = files.get(address.strip_prefix("./").unwrap_or(address))?;
    let value = format!("integrity=\"{}\"", integrity(bytes));
    if let Some(old) = tag.find("integrity") {
        return Some((old.range.clone(), value));
    }
    let rel = tag
        .attribute("rel")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let checked =
        tag.name == "script" || matches!(rel.as_str(), "stylesheet" | "modulepreload" | "preload");
    let behind_name = tag.range.start + 1 + tag.name.len();
    checked.then(|| (behind_name..behind_name, format!(" {value}")))
}

fn policy_edit(page: &str, tags: &[Tag]) -> Outcome<(Range<usize>, String)> {
    let policy = tags
        .iter()
        .filter(|tag| {
            tag.attribute("http-equiv")
                .is_some_and(|value| value.eq_ignore_ascii_case("content-security-policy"))
        })
        .find_map(|tag| tag.find("content"))
        .ok_or("index.html has no Content-Security-Policy.")?;
    if !policy.value.contains(SCRIPT_HASHES) {
        return Err(format!(
            "The Content-Security-Policy in index.html lacks {SCRIPT_HASHES}, the place for its hashes."
        ));
    }
    let hashes: Vec<String> = tags
        .iter()
        .filter_map(|tag| inline_script(page, tag))
        .map(script_hash)
        .collect();
    let value = policy.value.replace(SCRIPT_HASHES, &hashes.join(" "));
    Ok((policy.range.clone(), format!("content=\"{value}\"")))
}

fn inline_script<'page>(page: &'page str, tag: &Tag) -> Option<&'page str> {
    (tag.name == "script" && tag.find("src").is_none())
        .then(|| tag.raw_text.clone())
        .flatten()
        .map(|range| &page[range])
}

/// What a policy names an inline script by: its SHA-256, in base64.
pub fn script_hash(script: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(script)))
}

/// An `integrity` value: SHA-384, in base64.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64.encode(Sha384::digest(bytes)))
}
