//! Takes comments out of the glue, and shortens the names by which the program and its glue call each other: wasm-bindgen writes them out in full with a hash
//! each, thousands of bytes that do not compress. Knows wasm and identifiers, and nothing of what the names stand for.

use std::collections::BTreeMap;
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasmparser::{ExternalKind, Parser, Payload};

use crate::steps::Outcome;

/// Long names, and the short ones in their place.
type Names = BTreeMap<String, String>;

/// The program and its glue with short names in both.
pub fn shorten(program: &[u8], glue: &str) -> Outcome<(Vec<u8>, String)> {
    if identifiers(glue).any(is_short) {
        return Err("The glue has names that begin with `$` and a digit; xtask/src/short_names.rs gives its own that form.".to_owned());
    }
    let wrong = |what: &str| format!("The program is not the wasm that was expected: {what}.");
    let names = names_of(program).map_err(|error| wrong(error.message()))?;
    let mut shorter = Shorter { names: &names };
    let mut module = wasm_encoder::Module::new();
    utils::parse_core_module(&mut shorter, &mut module, Parser::new(0), program)
        .map_err(|error| wrong(&error.to_string()))?;
    Ok((module.finish(), bare(&renamed(glue, &names))))
}

/// A script without indentation and lines that are comments: neither wasm-bindgen nor `index.html` has texts that go over
/// several lines, so that each line stands for itself.
pub fn bare(glue: &str) -> String {
    let lines = glue.lines().map(str::trim);
    let is_comment = |line: &&str| ["//", "/*", "*"].iter().any(|it| line.starts_with(it));
    let code = lines.filter(|line| !line.is_empty() && !is_comment(line));
    code.flat_map(|line| [line, "\n"]).collect()
}

/// A short name for each import and each exported function; `$` keeps them apart from all that the glue names itself.
fn names_of(program: &[u8]) -> wasmparser::Result<Names> {
    let mut names = Names::new();
    let mut add = |name: &str| {
        let number = names.len();
        names
            .entry(name.to_owned())
            .or_insert_with(|| format!("${number}"));
    };
    for payload in Parser::new(0).parse_all(program) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    add(import?.name);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        add(export.name);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(names)
}

/// Copies a program with other names in its imports and exports.
struct Shorter<'names> {
    names: &'names Names,
}

impl Shorter<'_> {
    fn short<'name>(&'name self, name: &'name str) -> &'name str {
        self.names.get(name).map_or(name, String::as_str)
    }
}

impl Reencode for Shorter<'_> {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut wasm_encoder::ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<(), Error> {
        for import in section.into_imports() {
            let import = import?;
            let kind = self.entity_type(import.ty)?;
            imports.import(import.module, self.short(import.name), kind);
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut wasm_encoder::ExportSection,
        export: wasmparser::Export<'_>,
    ) -> Result<(), Error> {
        let kind = self.export_kind(export.kind)?;
        exports.export(self.short(export.name), kind, export.index);
        Ok(())
    }
}

/// The glue with whole identifiers replaced.
fn renamed(glue: &str, names: &Names) -> String {
    glue.split_inclusive(|sign| !in_identifier(sign))
        .map(|piece| {
            let end = piece.trim_end_matches(|sign| !in_identifier(sign)).len();
            match names.get(&piece[..end]) {
                Some(short) => format!("{short}{}", &piece[end..]),
                None => piece.to_owned(),
            }
        })
        .collect()
}

/// Whether a name has the form of those given here.
fn is_short(name: &str) -> bool {
    name.strip_prefix('$')
        .is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()))
}

fn identifiers(glue: &str) -> impl Iterator<Item = &str> {
    glue.split(|sign| !in_identifier(sign))
}

fn in_identifier(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_' || sign == '$'
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
        ImportSection, MemorySection, MemoryType, Module, TypeSection,
    };

    /// A program that imports and exports one function each under the names, and has a memory.
    fn program(import: &str, export: &str) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./glue.js", import, EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0);
        exports.export(export, ExportKind::Func, 1);
        let mut code = CodeSection::new();
        let mut body = Function::new([]);
        body.instructions().call(0).end();
        code.function(&body);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&memories)
            .section(&exports)
            .section(&code);
        module.finish()
    }

    #[test]
    fn both_sides_get_the_same_short_names() {
        let glue = "const imports = { __wbg_new_0123: function() { wasm.run_4567(wasm.memory); } }; // run_45678";
        let (short, glue) =
            shorten(&program("__wbg_new_0123", "run_4567"), glue).expect("well-formed");
        assert_eq!(short, program("$0", "$1"));
        assert_eq!(
            glue,
            "const imports = { $0: function() { wasm.$1(wasm.memory); } }; // run_45678\n"
        );
    }

    #[test]
    fn a_name_on_both_sides_is_one_name() {
        let (short, glue) = shorten(&program("both", "both"), "both `${x}`").expect("well-formed");
        assert_eq!((short, glue.as_str()), (program("$0", "$0"), "$0 `${x}`\n"));
    }

    #[test]
    fn comments_and_indentation_go() {
        let glue =
            "/**\n * Says.\n */\nfunction f() {\n    // Why.\n\n    return 2 * 3; // six\n}\n";
        assert_eq!(bare(glue), "function f() {\nreturn 2 * 3; // six\n}\n");
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let taken = shorten(&program("a", "b"), "let $0 = a;").expect_err("its names are taken");
        assert!(taken.contains("begin with `$`"), "{taken}");
        let broken = shorten(b"not wasm", "").expect_err("no program");
        assert!(broken.contains("not the wasm"), "{broken}");
    }
}
