//! Finds or installs the programs that judge our exports. Knows which at which versions.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::jobs::{self, Job};
use super::python::Environment;
use super::{apt, cache, download, npm, plan, tool};
use crate::steps::{self, Outcome};
use crate::workspace;

/// The packages of npm, each at its version. jsdom's later ones ask for a newer Node.js than Debian has.
const PACKAGES: [&str; 5] = [
    "@apache-annotator/dom@0.2.0",
    // It needs this one and does not say so.
    "@apache-annotator/selector@0.2.0",
    "@recogito/text-annotator@4.1.1",
    "jsdom@26.1.0",
    "jsonld@9.0.0",
];

/// Where the judges lie, and what they are asked by.
pub fn scripts() -> PathBuf {
    workspace::root().join("tests/format/judges")
}

/// The programs that judge.
pub struct Judges {
    /// Python with the packages that need no server.
    pub python: PathBuf,
    /// Node.js.
    pub node: PathBuf,
    /// Where Node.js finds the packages.
    pub node_path: PathBuf,
    /// Python with Label Studio, and with doccano, where servers are wished.
    pub servers: Option<[PathBuf; 2]>,
}

/// Finds or installs them.
pub fn for_interop(servers: bool) -> Outcome<Judges> {
    steps::step("Looking for the programs that judge our exports", || {
        let own = std::env::var_os("SOURCELIGHT_PYTHON").map(PathBuf::from);
        let main = environment("judges", "requirements.txt");
        let others = [
            environment("label-studio", "requirements-label-studio.txt"),
            environment("doccano", "requirements-doccano.txt"),
        ];
        let mut jobs = Vec::new();
        if own.is_none() {
            plan(
                main.job()?,
                "Python with spaCy, datasets and others",
                &mut jobs,
            );
        }
        if servers {
            for it in &others {
                plan(it.job()?, &format!("Python with {}", it.name), &mut jobs);
            }
            plan(libre_office_job(), "LibreOffice", &mut jobs);
        }
        plan(packages_job()?, "packages of npm", &mut jobs);
        jobs::run(jobs)?;
        let pythons = [others[0].python()?, others[1].python()?];
        Ok(Judges {
            python: own.map_or_else(|| main.python(), Ok)?,
            node: tool::on_path("node").ok_or("Node.js is missing, though npm is there.")?,
            node_path: packages_folder()?.join("node_modules"),
            servers: servers.then_some(pythons),
        })
    })
}

fn environment(name: &'static str, requirements: &str) -> Environment {
    Environment {
        name,
        requirements: scripts().join(requirements),
        why: "it reads what we export",
    }
}

/// Installs LibreOffice where Debian's packages can be had. Where they cannot, nothing is red: the judge says that
/// it is missing.
fn libre_office_job() -> Option<Job> {
    let is_here = ["soffice", "libreoffice"].map(tool::on_path);
    if is_here.iter().any(Option::is_some) || !apt::is_there() {
        return None;
    }
    let work = || {
        if let Err(sentence) = apt::install(&["libreoffice-calc-nogui"]) {
            println!("    LibreOffice is not installed: {sentence}");
        }
        Ok(())
    };
    Some(download(
        "libreoffice-calc-nogui".to_owned(),
        "it opens our tables",
        work,
    ))
}

fn packages_folder() -> Outcome<PathBuf> {
    let hash = Sha256::digest(PACKAGES.join(" "));
    let hash: String = hash[..4].iter().map(|it| format!("{it:02x}")).collect();
    Ok(cache::folder()?.join(format!("npm-judges-{hash}")))
}

fn packages_job() -> Outcome<Option<Job>> {
    let folder = packages_folder()?;
    if folder.is_dir() {
        return Ok(None);
    }
    npm::check()?;
    let work = move || {
        cache::install(&folder, |unfinished, log| {
            npm::install("npm", &PACKAGES, unfinished, log)
        })
    };
    Ok(Some(download(
        PACKAGES.join(", "),
        "they read Web Annotations",
        work,
    )))
}
