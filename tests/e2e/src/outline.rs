//! What a screen reader is told of the page: a line for each landmark, heading, list, control and mark in view, with
//! the role, the name and the states that the browser has computed for it. The same in every browser.
//!
//! Knows nothing of which states of the page are worth looking at.

use std::fmt::Write as _;

use http::Method;
use serde_json::Value;

use crate::page::Page;

/// Names are cut after so many characters: the words of articles are read elsewhere.
const LONGEST_NAME: usize = 60;

impl Page {
    /// The outline of what is shown now; of a dialog alone where one is open.
    #[track_caller]
    pub fn outline(&self) -> String {
        let found = self.browser.read(LIST, Vec::new());
        let found = found.as_array().into_iter().flatten();
        let lines: Vec<String> = found.filter_map(|it| self.line(it)).collect();
        let mut outline = String::new();
        for same in lines.chunk_by(|one, next| one == next) {
            outline.push_str(&same[0]);
            // How many marks are told of depends on that, too: blocks out of sight are not.
            if same.len() > 1 {
                outline.push_str(", several");
            }
            outline.push('\n');
        }
        outline
    }

    /// What is told of one element; nothing where it is there for the eye alone, or not every browser tells of it.
    #[track_caller]
    fn line(&self, element: &Value) -> Option<String> {
        let id = element["element"].as_object()?.values().next()?.as_str()?;
        let computed = |what: &str| {
            let answer = (self.browser).raw(Method::GET, &format!("element/{id}/{what}"), None);
            let words: Vec<&str> = answer
                .as_str()
                .unwrap_or_default()
                .split_whitespace()
                .collect();
            words.join(" ")
        };
        let (role, name) = (computed("computedrole"), computed("computedlabel"));
        if name.is_empty()
            && matches!(
                &*role,
                "none" | "generic" | "presentation" | "sectionheader"
            )
        {
            return None;
        }
        let mut line = "  ".repeat(element["depth"].as_u64()? as usize) + role.as_str();
        if !name.is_empty() {
            let name: String = name.chars().take(LONGEST_NAME).collect();
            write!(line, " “{}”", name.trim_end()).expect("a string takes all");
        }
        let states = element["states"].as_str()?;
        Some(format!("{line} {states}").trim_end().to_owned())
    }
}

/// The elements in the order of the page, each with its depth among them and its states. Of a long list the first rows
/// are enough: how many stand in the page depends on the size of the window.
const LIST: &str = "
  const scope = document.querySelector('dialog:modal') ?? document.body;
  const wanted = 'main, header, nav, aside, footer, section, h1, h2, h3, h4, button, a[href], input, select, textarea, '
    + 'dialog, ol, ul, mark, [role], [tabindex]';
  const all = [...scope.querySelectorAll(wanted)].filter(it => it.checkVisibility({visibilityProperty: true})
    && it.getClientRects().length > 0 && !it.closest('[inert], [aria-hidden=true], [type=file], [role=log]')
    && !(it.closest('.long-list > li')?.getAttribute('aria-posinset') > 4));
  const chosen = new Set(all), states = ['pressed', 'expanded', 'current', 'selected', 'checked', 'disabled', 'invalid', 'live'];
  return all.map(element => {
    let depth = 0;
    for (let it = element.parentElement; it; it = it.parentElement) depth += chosen.has(it);
    const told = states.filter(it => element.hasAttribute('aria-' + it)).map(it => it + '=' + element.getAttribute('aria-' + it));
    if (element.matches('input[type=checkbox], input[type=radio]')) told.push('checked=' + element.checked);
    if (element.disabled) told.push('disabled');
    if (element === document.activeElement) told.push('focused');
    return {element, depth, states: told.join(' ')};
  });";
