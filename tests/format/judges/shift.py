"""Copies the files of a format with every mark moved by one character, and nothing else changed: what a
writer that counts wrongly would write. A judge that takes the copy for right judges nothing.

python shift.py FORMAT FROM TO
"""
import csv
import io
import json
import os
import re
import sys

PLACES = ("start", "end", "begin", "start_offset", "end_offset", "start_utf16", "end_utf16")


def rows_down(rows, columns):
    """Tags stand a word too late; what falls off the end of an article is gone."""
    last = None
    for row in rows:
        if len(row) < 2 or row[0].startswith(("# ", "-DOCSTART-")):
            continue
        own = row[columns:]
        row[columns:] = last or ["O"] * len(own)
        last = own
    return rows


def walk(value, is_span=False):
    """Moves the places of all spans in a JSON value; those of tokens stay."""
    if isinstance(value, list):
        for it in value:
            walk(it, is_span)
        return
    if not isinstance(value, dict):
        return
    is_span = is_span or value.get("type") == "TextPositionSelector" or value.get("%TYPE") == "custom.Span"
    for name, it in value.items():
        if is_span and name in PLACES and isinstance(it, int):
            value[name] = it + 1
        elif name == "utf16" and is_span:
            value[name] = [at + 1 for at in it]
        elif name == "label" and isinstance(it, list):
            value[name] = [[row[0] + 1, row[1] + 1, *row[2:]] for row in it]
        elif name == "ner_tags":
            value[name] = ["O", *it[:-1]]
        elif name not in ("tokens", "text"):
            walk(it, name in ("spans", "fragments", "entities", "value"))


def as_json(text):
    value = json.loads(text)
    walk(value)
    return text if value == json.loads(text) else json.dumps(value, ensure_ascii=False)


def lines(text):
    return "".join(as_json(line) + "\n" for line in text.split("\n") if line)


def table(text, delimiter):
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    places = [at for at, name in enumerate(rows[0]) if name in PLACES]
    for row in rows[1:]:
        for at in places:
            row[at] = str(int(row[at]) + 1)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def tagged(text, delimiter, columns):
    rows = [line.split(delimiter) for line in text.split("\n")]
    return "\n".join(delimiter.join(row) for row in rows_down(rows, columns))


def webanno(text):
    """What stands beside a token stands beside the next one."""
    last, lines = None, []
    for line in text.split("\n"):
        row = line.split("\t")
        if re.match(r"\d+-\d+\t", line):
            own = row[3:]
            row[3:] = last or ["_"] * (len(own) - 1) + [""]
            last = own
        lines.append("\t".join(row))
    return "\n".join(lines)


def brat(text):
    def moved(line):
        head, places, words = line.split("\t", 2)
        label, places = places.split(" ", 1)
        places = re.sub(r"\d+", lambda it: str(int(it.group()) + 1), places)
        return f"{head}\t{label} {places}\t{words}"

    return "\n".join(moved(line) if line.startswith("T") else line for line in text.split("\n"))


def xmi(text):
    span = re.compile(r"<custom:Span[^>]*>")
    place = re.compile(r'( (?:begin|end)=")(\d+)')
    one_more = lambda it: it.group(1) + str(int(it.group(2)) + 1)
    return span.sub(lambda it: place.sub(one_more, it.group()), text)


def elements(text, tag):
    """An element that begins at a mark's end begins a character later."""
    return re.sub(rf"((?:{tag})+)(&[^;]+;|[^<&])", r"\2\1", text)


SHIFTS = {
    "project": (".json", as_json),
    "csv": ("annotations.csv", lambda it: table(it, ",")),
    "csv-defused": ("annotations.csv", lambda it: table(it, ",")),
    "tsv": ("annotations.tsv", lambda it: table(it, "\t")),
    "label-studio": (".json", as_json),
    "doccano": (".jsonl", lines),
    "doccano-code-points": (".jsonl", lines),
    "prodigy": (".jsonl", lines),
    "hugging-face": (".jsonl", lines),
    "hugging-face-tokens": (".jsonl", lines),
    "conll": ("", lambda it: tagged(it, "\t", 3) if "\t" in it else tagged(it, " ", 1)),
    "conll-2003": ("", lambda it: tagged(it, " ", 3)),
    "brat": (".ann", brat),
    "web-annotation": (".jsonld", as_json),
    "uima-xmi": (".xmi", xmi),
    "uima-json": (".json", as_json),
    "webanno-tsv": (".tsv", webanno),
    "tei": (".xml", lambda it: elements(it, "<anchor [^>]*/>")),
    "html": (".html", lambda it: elements(it, "<mark [^>]*>")),
}


def main():
    kind, source, target = sys.argv[1:]
    ending, shift = SHIFTS[kind]
    os.makedirs(target, exist_ok=True)
    is_changed = False
    for name in os.listdir(source):
        with open(os.path.join(source, name), encoding="utf-8", newline="") as file:
            text = file.read()
        moved = shift(text) if name.endswith(ending) else text
        is_changed = is_changed or moved != text
        with open(os.path.join(target, name), "w", encoding="utf-8", newline="") as file:
            file.write(moved)
    assert is_changed, f"nothing was moved in {source}"


main()
