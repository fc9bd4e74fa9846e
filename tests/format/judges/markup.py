"""lxml parses TEI and HTML; marks are found again by their anchors or elements alone."""
import glob
import os

from seen import need, path, say

need("lxml")
from lxml import etree, html

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
TEI = "{http://www.tei-c.org/ns/1.0}"


def tei(name):
    root = etree.parse(name).getroot()
    places, text = {}, ""
    block = root.find(f".//{TEI}ab")
    text += block.text or ""
    for anchor in block:
        places[anchor.get(XML_ID)] = len(text)
        text += anchor.tail or ""
    known = {it.get(XML_ID) for it in root.iter() if it.get(XML_ID)}
    for it in root.iter(f"{TEI}span"):
        start, end = (places[it.get(key)[1:]] for key in ("from", "to"))
        assert it.get("ana")[1:] in known and it.get("resp")[1:] in known, it.attrib
        yield it.get("ana")[len("#label."):], start, end, text[start:end]
    for it in root.iter(f"{TEI}link", f"{TEI}note"):
        assert all(to[1:] in known for to in (it.get("target") or "").split()), it.attrib


def marks(name):
    root = html.parse(name, html.HTMLParser(encoding="utf-8")).getroot()
    runs, text = {}, ""

    def walk(element):
        nonlocal text
        key = (element.get("data-annotation"), element.get("data-label")) if element.tag == "mark" else None
        start = len(text)
        text += element.text or ""
        for child in element:
            walk(child)
            text += child.tail or ""
        if key:
            pieces = runs.setdefault(key, [])
            if pieces and pieces[-1][1] == start:
                pieces[-1][1] = len(text)
            else:
                pieces.append([start, len(text)])

    walk(root.find(".//article"))
    for (_, label), pieces in runs.items():
        for start, end in pieces:
            yield label, start, end, text[start:end]


spans = []
for name in sorted(glob.glob(path("*.xml")) + glob.glob(path("*.html"))):
    read = tei if name.endswith(".xml") else marks
    doc = os.path.basename(name).split(".")[0]
    spans.extend([doc, *row] for row in read(name))
say("lxml", spans)
