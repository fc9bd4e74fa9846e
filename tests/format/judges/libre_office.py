"""LibreOffice opens both tables without a window and saves them as tables again: every cell is as it was,
but for line ends, of which it knows one kind, and how numbers are written. The marks are those of its own copy. What it would take for a
formula was defused before."""
import csv
import os
import shutil
import subprocess
import sys
import tempfile

from seen import path, say

program = shutil.which("soffice") or shutil.which("libreoffice")
if not program:
    print("there is no LibreOffice", file=sys.stderr)
    sys.exit(77)
# Comma, quotation mark, UTF-8, from line 1, no column formats, English, quoted cells are texts, nothing is
# detected: numbers come as they stand.
FORM = "44,34,76,1,,1033,false,false,false"


def rows(name):
    with open(name, encoding="utf-8", newline="") as file:
        return [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row] for row in csv.reader(file)]


def is_same(one, other):
    """What looks like a number is one in a spreadsheet, and is written as it writes numbers."""
    try:
        return one == other or abs(float(one) - float(other)) <= 1e-12 * abs(float(one))
    except ValueError:
        return False


def plain(cell):
    """The cell without the apostrophe that keeps it from being a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t\r" else cell


tables = {}
with tempfile.TemporaryDirectory() as out:
    for name in ("articles.csv", "annotations.csv"):
        subprocess.run(
            [program, "--headless", "--norestore", f"-env:UserInstallation=file://{out}/profile",
             f"--infilter=Text - txt - csv (StarCalc):{FORM}", "--convert-to", f"csv:Text - txt - csv (StarCalc):{FORM}",
             "--outdir", out, path(name)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300,
        )
        tables[name] = rows(os.path.join(out, name))
        for before, after in zip(rows(path(name)), tables[name], strict=True):
            for one, other in zip(before, after, strict=True):
                assert is_same(one, other), (one, other, before)
articles = tables["articles.csv"]
texts = {row[0]: plain(row[articles[0].index("text")]) for row in articles[1:]}
head, *marks = tables["annotations.csv"]
spans = []
for row in marks:
    it = dict(zip(head, row))
    start, end = int(it["start"]), int(it["end"])
    words = plain(it["text"])
    assert texts[it["doc_id"]][start:end] == words, it
    spans.append([it["doc_id"], it["label"], start, end, words])
version = subprocess.run([program, "--version"], capture_output=True, check=True, text=True).stdout
say(" ".join(version.split()[:2]), spans)
