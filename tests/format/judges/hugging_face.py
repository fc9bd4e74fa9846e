"""`datasets` loads the folder by its card: the declared columns, and every span's words."""
import tempfile

from seen import folder, need, say

need("datasets")
import datasets

datasets.disable_progress_bars()
with tempfile.TemporaryDirectory() as cache:
    loaded = datasets.load_dataset(folder(), "spans", split="train", cache_dir=cache)
    rows = list(loaded)
assert str(loaded.features["spans"]).startswith("List("), loaded.features
spans = []
for row in rows:
    for it in row["spans"]:
        assert row["text"][it["start"]:it["end"]] == it["text"], it
        spans.append([row["id"], it["label"], it["start"], it["end"], it["text"]])
say("datasets", spans)
