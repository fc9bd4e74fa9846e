"""dkpro-cassis loads each analysis structure, and its spans cover the words that are meant."""
import glob
import os
import warnings

from seen import need, path, say

need("cassis")
import cassis

warnings.simplefilter("error")
spans = []
for name in sorted(glob.glob(path("*.xmi")) + glob.glob(path("*.json"))):
    if name.endswith("judged.json"):
        continue
    if name.endswith(".xmi"):
        with open(path("typesystem.xml"), "rb") as file:
            types = cassis.load_typesystem(file)
        with open(name, "rb") as file:
            cas = cassis.load_cas_from_xmi(file, typesystem=types)
    else:
        with open(name, "rb") as file:
            cas = cassis.load_cas_from_json(file)
    doc = os.path.splitext(os.path.basename(name))[0]
    for it in cas.select("custom.Span"):
        assert it.get_covered_text() == cas.sofa_string[it.begin:it.end]
        spans.append([doc, it.label, it.begin, it.end, it.get_covered_text()])
    for it in cas.select("custom.Relation"):
        assert it.Governor.type.name == it.Dependent.type.name == "custom.Span", it
say("dkpro-cassis", spans)
