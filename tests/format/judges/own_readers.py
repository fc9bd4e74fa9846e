"""The readers of `docs/readers`, as somebody would call them: they print article, label and words."""
import json
import os
import shutil
import subprocess
import sys

from seen import path, say

READERS = {"python": (sys.executable, "read.py"), "node": ("node", "read.js")}
name = sys.argv[2]
program, script = READERS[name]
if not shutil.which(program):
    print(f"there is no {program}", file=sys.stderr)
    sys.exit(77)
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "docs", "readers")
printed = subprocess.run([program, os.path.join(root, script), path("sourcelight.json")], capture_output=True, check=False)
assert printed.returncode == 0, printed.stderr.decode("utf-8")[-300:]
spans = []
for line in printed.stdout.decode("utf-8").split("\n"):
    if line:
        doc, label, words = line.split("\t", 2)
        spans.append([doc, label, 0, 0, json.loads(words)])
say(f"docs/readers/{script}", spans)
