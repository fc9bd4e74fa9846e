"""`datasets` loads words and tags with the declared names of classes."""
import tempfile

from seen import folder, need, say

need("datasets", "seqeval")
import datasets
from seqeval.metrics.sequence_labeling import get_entities

datasets.disable_progress_bars()
with tempfile.TemporaryDirectory() as cache:
    loaded = datasets.load_dataset(folder(), "tokens", split="train", cache_dir=cache)
    rows = list(loaded)
names = loaded.features["ner_tags"].feature.names
spans = []
for row in rows:
    tags = [names[it] for it in row["ner_tags"]]
    for label, first, last in get_entities(tags):
        assert label == row["label"], row
        words = " ".join(row["tokens"][first:last + 1])
        spans.append([row["doc_id"], label, row["starts"][first], row["ends"][last], words])
say("datasets", spans)
