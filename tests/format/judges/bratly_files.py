"""bratly reads every line of every annotation file, and checks the words against the text beside."""
import contextlib
import glob
import os
import sys

from seen import need, parts, path, say

need("bratly")
import bratly

spans, left_out = [], []
for name in sorted(glob.glob(path("*.ann"))):
    base = name[: -len(".ann")]
    with open(name, encoding="utf-8", newline="") as file:
        lines = [line for line in file.read().split("\n") if line]
    if any(line.count("\t") > 2 for line in lines if line[0] == "T"):
        # It takes a tab within the words for the end of the line.
        left_out.append(os.path.basename(base))
        continue
    known = {}
    # What others are about comes first.
    for line in sorted(lines, key=lambda it: "TRAM#".index(it[0])):
        if line[0] == "T":
            read = bratly.EntityAnnotation.from_line(line)
        elif line[0] == "R":
            read = bratly.RelationAnnotation.from_line(line, known)
        elif line[0] in "AM":
            read = bratly.AttributeAnnotation.from_line(line, known)
        else:
            read = bratly.NoteAnnotation.from_line(line, known)
        known[read.id] = read
    collection = bratly.AnnotationCollection(annotations=list(known.values()))
    document = bratly.Document(fullpath=base + ".txt", annotation_collections=[collection])
    with contextlib.redirect_stdout(sys.stderr):
        assert document.check_ann_compatibility_with_txt()
    text = document.get_txt_content()
    for it in collection.get_annotations(bratly.EntityAnnotation):
        places = [(part.start, part.end) for part in it.fragments]
        spans.extend(parts(os.path.basename(base), it.label, places, text))
say("bratly", spans, left_out)
