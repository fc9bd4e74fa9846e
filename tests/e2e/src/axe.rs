//! Runs axe-core, the accessibility checker, inside the page.

use serde_json::{Value, json};

use crate::page::Page;
use crate::tools;

const TAGS: [&str; 6] = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
];

impl Page {
    /// Runs axe on what is shown now.
    ///
    /// # Panics
    /// With rule and element of each violation.
    #[track_caller]
    pub fn assert_accessible(&self, state: &str) {
        self.step(&format!("axe: {state}"));
        if !self.is("typeof window.axe === 'object'") {
            self.browser.read(&tools::axe(), Vec::new());
        }
        let found = self.browser.read_later(RUN, vec![json!(TAGS)]);
        assert!(found["thrown"].is_null(), "axe could not run: {found}");
        let none = Vec::new();
        let violations: Vec<String> = found["violations"]
            .as_array()
            .unwrap_or(&none)
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        println!(
            "  {} rules passed, {} cannot be decided by axe",
            found["passes"], found["incomplete"]
        );
        assert!(
            found["passes"].as_u64() > Some(5),
            "axe looked at nothing: {found}"
        );
        assert!(
            violations.is_empty(),
            "axe on “{state}”:\n{}",
            violations.join("\n")
        );
    }
}

const RUN: &str = r"
const tags = arguments[0];
// `preload` would fetch style sheets again, and nothing may be fetched after loading.
const found = await axe.run(document, {runOnly: tags, preload: false, resultTypes: ['violations']});
const tell = rule => rule.nodes.map(node => `${rule.id} (${rule.impact}): ${rule.help} — ${node.target.join(' ')}`
  + ` — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''} — ${node.html.slice(0, 160)}`);
return {
  violations: found.violations.flatMap(tell),
  passes: found.passes.length,
  incomplete: [...new Set(found.incomplete.map(rule => rule.id))].join(', ') || 'nothing',
};";
