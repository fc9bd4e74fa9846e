"""seqeval finds the entities of every column and file, and spaCy converts each file."""
import contextlib
import glob
import io
import os
import sys
import tempfile

from seen import need, path, say, whole

need("seqeval", "spacy")
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import IOB2, Entities
from spacy.cli.convert import convert
from spacy.tokens import DocBin
import spacy


def sentences(name):
    """Sentences of rows, as any reader of columns takes them."""
    rows, doc = [], None
    for line in whole(name).split("\n"):
        if line.startswith("# doc_id = "):
            doc = line.split(" = ")[1]
        if not line or line.startswith(("# doc_id", "# columns", "# text_sha256", "-DOCSTART-")):
            if rows:
                yield doc, rows
            rows = []
            continue
        rows.append(line.split("\t" if "\t" in line else " "))


def converted(name):
    """How many entities spaCy finds in a file."""
    with tempfile.TemporaryDirectory() as out, contextlib.redirect_stdout(io.StringIO()):
        source = os.path.join(out, "a.iob" if name.endswith("iob2") else "a.conll")
        with open(source, "w", encoding="utf-8") as file:
            file.write(whole(name))
        try:
            convert(source, out, converter="ner", n_sents=1, file_type="spacy")
        except SystemExit as end:
            assert not end.code, end
        docs = DocBin().from_disk(os.path.splitext(source)[0] + ".spacy").get_docs(spacy.blank("xx").vocab)
        return sum(len(doc.ents) for doc in docs)


def entities(tags):
    strict = Entities([tags], IOB2).entities[0]
    assert [(it.tag, it.start, it.end) for it in strict] == [(a, b, c + 1) for a, b, c in get_entities(tags)]
    return get_entities(tags)


spans = []
if os.path.exists(path("layers.tsv")):
    labels = whole("layers.tsv").split("\n")[0].split("END ")[1].split(" ")
    for at, label in enumerate(labels):
        found = 0
        for doc, rows in sentences("layers.tsv"):
            for kind, first, last in entities([row[3 + at] for row in rows]):
                start, end = int(rows[first][1]), int(rows[last][2])
                spans.append([doc, kind, start, end, [row[0] for row in rows[first:last + 1]]])
                found += 1
        alone = [entities([row[-1] for row in rows]) for _, rows in sentences(label + ".iob2")]
        assert sum(map(len, alone)) == found == converted(label + ".iob2"), label
else:
    found = sum(len(entities([row[-1] for row in rows])) for _, rows in sentences("flat.conll"))
    assert found == converted("flat.conll")
    say(f"seqeval and spaCy, {found} entities", [])
    sys.exit()
# The text itself is not in the file; the words must come in the order of the places.
for span in spans:
    span[4] = " ".join(span[4])
say("seqeval", spans)
