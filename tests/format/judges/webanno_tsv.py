"""WebAnno TSV 3.3 as its user guide describes it, read by plain Python: neither WebAnno nor INCEpTION can
be installed from a package registry."""
import glob
import os
import re

from seen import path, say

ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def plain(text):
    return re.sub(r"\\(.)", lambda it: ESCAPES.get(it.group(1), it.group(1)), text, flags=re.S)


def cells(cell):
    """The stacked values of a cell, each with its number in brackets."""
    if cell == "_":
        return
    for value in re.split(r"(?<!\\)(?:\\\\)*\|", cell):
        read = re.fullmatch(r"(.*)\[(\d+)\]", value, flags=re.S)
        assert read, cell
        yield int(read.group(2)), plain(read.group(1))


spans = []
for name in sorted(glob.glob(path("*.tsv"))):
    with open(name, encoding="utf-8", newline="") as file:
        head, *lines = file.read().split("\n")
    assert head == "#FORMAT=WebAnno TSV 3.3", head
    layer = next(line for line in lines if line.startswith("#T_SP="))
    column = 3 + layer.split("|")[1:].index("label")
    text = "\n".join(plain(line[len("#Text="):]) for line in lines if line.startswith("#Text="))
    rows = [line.split("\t") for line in lines if re.match(r"\d+-\d+\t", line)]
    places = [tuple(map(int, row[1].split("-"))) for row in rows]
    units = text.encode("utf-16-le")
    # The text of the file begins with its first token.
    base = places[0][0] if places else 0
    cut = lambda start, end: units[2 * (start - base):2 * (end - base)].decode("utf-16-le")
    marks = {}
    for row, (start, end) in zip(rows, places):
        assert cut(start, end) == plain(row[2]), row
        for number, label in cells(row[column]):
            kind, first, _ = marks.get(number, (label, start, end))
            assert kind == label, row
            marks[number] = (label, first, end)
    doc = os.path.basename(name)[: -len(".tsv")]
    for label, start, end in marks.values():
        before, words = cut(base, start), cut(start, end)
        # What stands before the first token is white space of one unit a sign.
        first = base + len(before)
        spans.append([doc, label, first, first + len(words), words])
say("plain Python", spans)
