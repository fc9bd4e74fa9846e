//! The program in one piece, for the one file: nothing is cut out of it, and what `wasm_split` would fetch is there from the
//! beginning. Knows what `wasm_split` writes into the program, and nothing of pages.

use std::collections::BTreeSet;

use wasm_encoder::{Encode, ExportKind, RawSection};
use wasmparser::{Parser, Payload};

use crate::glue;
use crate::short_names;
use crate::steps::Outcome;

/// What the program imports its parts from before it is cut.
const UNCUT: &str = "__wasm_split_placeholder__";

/// The table of functions, by which the program is called back.
const TABLE: &str = "__indirect_function_table";

/// The program in one piece.
pub struct Whole {
    /// The wasm.
    pub program: Vec<u8>,
    /// The JavaScript around it.
    pub glue: String,
}

/// Lets the program find in itself what it would have fetched. `glue` and `program` are as wasm-bindgen has finished them.
pub fn linked_to_itself(program: &[u8], glue: &str) -> Outcome<Whole> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(program) {
        if let Payload::ImportSection(section) = payload.map_err(unreadable)? {
            for import in section.into_imports() {
                let import = import.map_err(unreadable)?;
                if import.module == UNCUT {
                    names.insert(import.name);
                }
            }
        }
    }
    let links: Vec<String> = names.into_iter().map(link).collect();
    if links.is_empty() {
        return Err("The program imports none of its parts; has wasm_split changed?".to_owned());
    }
    let links = format!("{{ {} }}", links.join(", "));
    let glue = glue::with_object(glue, UNCUT, &links)
        .ok_or("The glue imports none of the program's parts; has wasm-bindgen changed?")?;
    let (program, glue) = short_names::shorten(program, &glue)?;
    Ok(Whole { program, glue })
}

/// What is here need not be fetched, and what is called is another function of the same program.
fn link(name: &str) -> String {
    match name.replacen("00_import_", "00_export_", 1) {
        other if other != name => format!("{name}: (...given) => wasm.{other}(...given)"),
        _ => format!("{name}: (done, data) => wasm.{TABLE}.get(done)(data, 1)"),
    }
}

/// The program as it stands alone: without what only linkers and debuggers read, and with its table for the glue to see.
pub fn bare(program: &[u8]) -> Outcome<Vec<u8>> {
    let mut bare = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload.map_err(unreadable)?;
        let is_kept = match &payload {
            Payload::CustomSection(section) => section.name() == "target_features",
            _ => true,
        };
        if let Payload::ExportSection(section) = &payload {
            let start = section.original_position() as usize;
            let rest = &program[start..section.range().end as usize];
            let data = &with_table(section.count(), rest);
            bare.section(&RawSection { id: 7, data });
        } else if let (true, Some((id, range))) = (is_kept, payload.as_section()) {
            let data = &program[range.start as usize..range.end as usize];
            bare.section(&RawSection { id, data });
        }
    }
    Ok(bare.finish())
}

/// An export section with the first table in it, which is that of functions: the other is made by wasm-bindgen, and last.
fn with_table(count: u32, exports: &[u8]) -> Vec<u8> {
    let mut data = Vec::new();
    (count + 1).encode(&mut data);
    data.extend(exports);
    TABLE.encode(&mut data);
    ExportKind::Table.encode(&mut data);
    0_u32.encode(&mut data);
    data
}

fn unreadable(error: wasmparser::BinaryReaderError) -> String {
    format!("The program is not the wasm that was expected: {error}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, CustomSection, EntityType, Function, FunctionSection, ImportSection, Module,
        TypeSection,
    };

    const GLUE: &str = "import * as import1 from \"__wasm_split_placeholder__\"\nimport * as import2 from \"__wasm_split_placeholder__\"\n\
                        let wasm;\nconst imports = { \"__wasm_split_placeholder__\": import1 };\n";

    fn program(module: &str) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        for name in [
            "__wasm_split_load_doors",
            "__wasm_split_00doors00_import_0f_parts",
        ] {
            imports.import(module, name, EntityType::Function(0));
        }
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut code = CodeSection::new();
        let mut function = Function::new([]);
        function.instructions().end();
        code.function(&function);
        let custom = |name: &'static str| CustomSection {
            name: name.into(),
            data: (&[0][..]).into(),
        };
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions);
        module.section(&code);
        module.section(&custom("linking")).section(&custom("name"));
        module.section(&custom("target_features"));
        module.finish()
    }

    #[test]
    fn what_would_be_fetched_is_found_in_the_program() {
        let bare_program = |module| bare(&program(module)).expect("well-formed");
        let whole = linked_to_itself(&bare_program(UNCUT), GLUE).expect("well-formed");
        assert!(!whole.glue.contains("import *"), "{}", whole.glue);
        // The names are shortened on both sides.
        let load = "$0: (done, data) => wasm.__indirect_function_table.get(done)(data, 1)";
        assert!(whole.glue.contains(load), "{}", whole.glue);
        let call = "$1: (...given) => wasm.__wasm_split_00doors00_export_0f_parts(...given)";
        assert!(whole.glue.contains(call), "{}", whole.glue);
        let why = linked_to_itself(&bare_program("other"), GLUE).err();
        assert!(why.is_some_and(|it| it.contains("none of its parts")));
    }

    #[test]
    fn linkers_and_debuggers_leave_nothing() {
        let bare = bare(&program(UNCUT)).expect("well-formed");
        let text = String::from_utf8_lossy(&bare);
        assert!(text.contains("target_features") && text.contains("__wasm_split_load_doors"));
        assert!(!text.contains("linking") && !text.contains("name\0"));
    }
}
