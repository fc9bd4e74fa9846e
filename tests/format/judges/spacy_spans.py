"""spaCy takes the tokens, finds every span on their bounds, keeps them in a DocBin, and trains on them
for a few steps."""
from seen import lines, need, say

need("spacy")
import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import Example

nlp = spacy.blank("xx")
docs, spans = [], []
for line in lines("prodigy.jsonl"):
    words = [it["text"] for it in line["tokens"]]
    doc = Doc(nlp.vocab, words=words, spaces=[it["ws"] for it in line["tokens"]])
    assert doc.text == line["text"], (doc.text, line["text"])
    group = []
    for it in line["spans"]:
        span = doc.char_span(it["start"], it["end"], label=it["label"])
        assert span is not None and span.text == it["text"], it
        assert (span.start, span.end - 1) == (it["token_start"], it["token_end"]), it
        group.append(span)
    doc.spans["sc"] = group
    doc.user_data["id"] = line["meta"]["doc_id"]
    docs.append(doc)
kept = DocBin(store_user_data=True, docs=docs).to_bytes()
for doc in DocBin(store_user_data=True).from_bytes(kept).get_docs(nlp.vocab):
    for span in doc.spans["sc"]:
        spans.append([doc.user_data["id"], span.label_, span.start_char, span.end_char, span.text])
nlp.add_pipe("spancat", config={"suggester": {"@misc": "spacy.ngram_suggester.v1", "sizes": [1, 2, 3]}})
examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs if doc.spans["sc"]]
nlp.initialize(lambda: examples)
for _ in range(3):
    losses = nlp.update(examples)
assert losses["spancat"] >= 0, losses
say("spacy", spans)
