//! What is done to the glue that wasm-bindgen writes: what fetches the later parts of the program is put into it, and it starts
//! itself, so that one `integrity` attribute covers all JavaScript there is. Knows the texts that wasm-bindgen and wasm_split
//! write, and nothing of files or wasm.

use crate::steps::Outcome;

/// The name under which the program imports what fetches its parts; no file of that name is shipped.
pub const LINK: &str = "./__wasm_split.js";

/// The global in which the page's first script keeps the program it fetches (Trunk.toml sets it).
const PROGRAM: &str = "sourcelightProgram";

/// How the link file fetches a part: by its address alone, and only with the right media type.
const FETCH: &str = "fetch(new URL(\"./";
const FETCH_END: &str = "\", import.meta.url))";
const STREAMED: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// What gives a part of the shared file.
const SHARED: &str = "fromShared";
/// How it is started here: its bytes have been checked, so that no host has to name their type.
const STARTED: &str =
    "src.then((it) => it.arrayBuffer()).then((it) => WebAssembly.instantiate(it, imports))";

/// Where a part is shipped.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// In a file of its own, of this name.
    File(String),
    /// In the file of what several share: from this byte to before that one.
    Shared(usize, usize),
}

/// The glue with the link file in it. `shipped` says where a part is shipped, and `shared` is the name of the file of those that
/// several share: one file for all of them, since each file costs the first load its name and its integrity value. That value is
/// left to be filled in for `integrity_of` followed by the name of the file.
pub fn merge(
    glue: &str,
    link: &str,
    shipped: impl Fn(&str) -> Place,
    shared: &str,
    integrity_of: &str,
) -> Outcome<String> {
    let wrong = |what: &str| {
        format!(
            "The link file of the program's parts is not as expected ({what}); has wasm_split changed what it writes?"
        )
    };
    let (before, name, after) = import_of(glue, LINK).ok_or(
        "The glue does not import the program's parts; has wasm-bindgen changed what it writes?",
    )?;
    let code = without_import(link).ok_or_else(|| wrong("it imports something else"))?;
    let (code, exported) = without_exports(&code);
    if exported.is_empty() {
        return Err(wrong("it exports nothing"));
    }
    if !code.contains(STREAMED) {
        return Err(wrong("it starts a part in another way"));
    }
    let code = code.replace(STREAMED, STARTED);
    let code = with_integrity(&code, shipped, integrity_of)
        .ok_or_else(|| wrong("it fetches nothing, or in another way"))?;
    let code = match code.contains(SHARED) {
        true => fetching_shared(&checked_fetch(shared, integrity_of)) + &code,
        false => code,
    };
    // There is one import for each place where the program is cut; all are of the same.
    let after = with_same_object(after, LINK, name);
    Ok(format!(
        "{before}const {name} = (() => {{\n{code}return {{ {} }};\n}})();\n{after}",
        exported.join(", ")
    ))
}

/// The glue with an object, a piece of JavaScript, in the place of all that it imports from `module`.
pub fn with_object(glue: &str, module: &str, object: &str) -> Option<String> {
    let (before, name, after) = import_of(glue, module)?;
    let after = with_same_object(after, module, name);
    Some(format!("{before}const {name} = {object};\n{after}"))
}

/// The glue with the object of that name in the place of what it imports from `module`.
fn with_same_object(glue: &str, module: &str, name: &str) -> String {
    let mut glue = glue.to_owned();
    while let Some((start, other, end)) = import_of(&glue, module) {
        glue = format!("{start}const {other} = {name};\n{end}");
    }
    glue
}

/// What stands before `import * as NAME from "MODULE"`, the name, and what stands behind it.
fn import_of<'glue>(
    glue: &'glue str,
    module: &str,
) -> Option<(&'glue str, &'glue str, &'glue str)> {
    let end = format!(" from \"{module}\"");
    let line = glue
        .lines()
        .find(|line| line.starts_with("import ") && line.trim_end_matches(';').ends_with(&end))?;
    let name = line.strip_prefix("import * as ")?;
    let name = &name[..name.find(' ')?];
    let (before, after) = glue.split_once(line)?;
    Some((before, name, after.trim_start_matches('\n')))
}

/// The code without its one import, that of `initSync`, which the glue has itself.
fn without_import(link: &str) -> Option<String> {
    let is_import = |line: &&str| line.trim_start().starts_with("import ");
    let mut imports = link.lines().filter(is_import);
    let one = imports.next()?;
    if !one.contains("{ initSync }") || imports.next().is_some() {
        return None;
    }
    Some(
        link.lines()
            .filter(|line| !is_import(line))
            .flat_map(|line| [line, "\n"])
            .collect(),
    )
}

/// The code with its exports as mere constants, and their names.
fn without_exports(code: &str) -> (String, Vec<String>) {
    let mut names = Vec::new();
    let mut bare = String::new();
    for line in code.lines() {
        match line.strip_prefix("export const ") {
            Some(rest) => {
                names.extend(rest.split(' ').next().map(str::to_owned));
                bare += "const ";
                bare += rest;
            }
            None => bare += line,
        }
        bare.push('\n');
    }
    (bare, names)
}

/// The code with an integrity value at each file it fetches; `None` if there is none, or one it does not recognise.
fn with_integrity(
    code: &str,
    shipped: impl Fn(&str) -> Place,
    integrity_of: &str,
) -> Option<String> {
    let mut pieces = code.split(FETCH);
    let mut result = pieces.next()?.to_owned();
    let count = code.matches("fetch(").count();
    let mut known = 0;
    for piece in pieces {
        let (file, rest) = piece.split_once(FETCH_END)?;
        result += &match shipped(file) {
            Place::File(name) => checked_fetch(&name, integrity_of),
            Place::Shared(from, to) => format!("{SHARED}({from}, {to})"),
        };
        result += rest;
        known += 1;
    }
    (known > 0 && known == count).then_some(result)
}

fn checked_fetch(name: &str, integrity_of: &str) -> String {
    format!("{FETCH}{name}\", import.meta.url), {{ integrity: \"{integrity_of}{name}\" }})")
}

/// What gives a stretch of the shared file in the place of what is fetched. Where the file does not come it is asked for anew
/// the next time.
fn fetching_shared(fetch: &str) -> String {
    format!(
        "let sharedFile;\nconst {SHARED} = (from, to) => {{\nif (sharedFile === undefined) {{\n\
         sharedFile = {fetch}.then((it) => it.arrayBuffer());\n\
         sharedFile.catch(() => {{ sharedFile = undefined; }});\n}}\n\
         return sharedFile.then((it) => ({{ arrayBuffer: () => it.slice(from, to) }}));\n}};\n"
    )
}

/// Lets the glue that wasm-bindgen wrote start the program which the page has begun to fetch. In the glue itself, because
/// then one `integrity` attribute covers all JavaScript there is; an import inside an inline script would go unchecked.
pub fn self_starting(name: &str, mut glue: Vec<u8>) -> Outcome<Vec<u8>> {
    let text = String::from_utf8_lossy(&glue);
    let start = default_export(&text).ok_or_else(|| {
        format!("dist/{name} has no default export; has wasm-bindgen changed what it writes?")
    })?;
    // Only when everything has loaded does the page's first script know whether all of it is as it was built; where it is
    // not, or where that script is to show what is stored, it leaves nothing to start.
    let call = format!(
        "\nnew Promise((loaded) => document.readyState === \"complete\" ? loaded() : addEventListener(\"load\", loaded, {{ once: true }}))\n  \
         .then(() => globalThis.{PROGRAM} === null || {start}({{ module_or_path: {PROGRAM} }}).then(() => {{ delete globalThis.{PROGRAM}; }}));\n"
    );
    glue.extend_from_slice(call.as_bytes());
    Ok(glue)
}

/// The local name in `export { …, NAME as default }`.
fn default_export(glue: &str) -> Option<&str> {
    let before = &glue[..glue.rfind(" as default")?];
    let start = before
        .rfind(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_' || sign == '$'))?
        + 1;
    (start < before.len()).then(|| &before[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "import * as import1 from \"./__wasm_split.js\"\n\nlet wasm;\nconst imports = { \"./__wasm_split.js\": import1 };\n";
    const PLAIN: &str = r#"import { initSync } from "./main.js";

function getSharedImports() { return initSync(undefined, undefined); }
export const __wasm_split_load_later = wrap(() => {
    const src = fetch(new URL("./split_later.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
);
"#;

    fn merged(glue: &str, link: &str) -> Outcome<String> {
        let shipped = |file: &str| match file.starts_with("chunk_") {
            true => Place::Shared(7, 12),
            false => Place::File(format!("app-{file}")),
        };
        merge(glue, link, shipped, "app-shared.wasm", "hash-of:")
    }

    #[test]
    fn the_link_file_becomes_an_object_of_the_glue() {
        let text = merged(GLUE, PLAIN).expect("well-formed");
        assert!(
            !text.contains("import *") && !text.contains("import {"),
            "{text}"
        );
        assert!(!text.contains("export"), "{text}");
        assert!(text.starts_with("const import1 = (() => {\n"), "{text}");
        assert!(
            text.contains("return { __wasm_split_load_later };"),
            "{text}"
        );
        assert!(text.contains("\"./__wasm_split.js\": import1"), "{text}");
    }

    #[test]
    fn several_cuts_share_one_object() {
        let second = GLUE.replace(
            "\n\nlet",
            "\nimport * as import2 from \"./__wasm_split.js\"\n\nlet",
        );
        let text = merged(&second, PLAIN).expect("well-formed");
        assert!(!text.contains("import *"), "{text}");
        assert!(
            text.contains("const import2 = import1;\nlet wasm;"),
            "{text}"
        );
    }

    #[test]
    fn a_part_is_fetched_under_its_shipped_name_and_checked() {
        let text = merged(GLUE, PLAIN).expect("well-formed");
        let fetch = "fetch(new URL(\"./app-split_later.wasm\", import.meta.url), { integrity: \"hash-of:app-split_later.wasm\" });";
        assert!(text.contains(fetch), "{text}");
        assert!(!text.contains("instantiateStreaming"), "{text}");
    }

    #[test]
    fn what_several_share_comes_in_one_file() {
        let none = merged(GLUE, PLAIN).expect("well-formed");
        assert!(!none.contains("app-shared"), "{none}");
        let chunk = "const __chunk_2 = makeLoad(() => {\n    const src = fetch(new URL(\"./chunk_2.wasm\", import.meta.url));\n}, []);\n";
        let text = merged(GLUE, &format!("{PLAIN}{chunk}{chunk}")).expect("well-formed");
        assert_eq!(
            text.matches("const src = fromShared(7, 12);").count(),
            2,
            "{text}"
        );
        let fetch = "fetch(new URL(\"./app-shared.wasm\", import.meta.url), { integrity: \"hash-of:app-shared.wasm\" })";
        assert_eq!(text.matches(fetch).count(), 1, "{text}");
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let glue = merged("let wasm;\n", PLAIN).expect_err("nothing is imported");
        assert!(glue.contains("does not import"), "{glue}");
        for (old, new, part) in [
            ("initSync }", "other }", "imports something else"),
            ("export const", "export let", "exports nothing"),
            ("instantiateStreaming", "compileStreaming", "another way"),
            ("new URL(", "URL.parse(", "fetches nothing"),
            (
                "const src",
                "const more = fetch(\"x\"); const src",
                "fetches nothing",
            ),
        ] {
            let link = PLAIN.replace(old, new);
            assert_ne!(link, PLAIN);
            let why = merged(GLUE, &link).expect_err(new);
            assert!(why.contains(part), "{new}: {why}");
        }
    }

    #[test]
    fn the_default_export_is_found_minified_or_not() {
        assert_eq!(
            default_export("export { initSync, __wbg_init as default };"),
            Some("__wbg_init")
        );
        assert_eq!(
            default_export("export{a as initSync,$b as default};"),
            Some("$b")
        );
        assert_eq!(default_export("export { initSync };"), None);
    }
}
