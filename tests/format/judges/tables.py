"""pandas reads the tables: every span's words are what its positions cut out of the article."""
import glob

from seen import need, path, say

need("pandas")
import pandas

name = glob.glob(path("annotations.*"))[0]
ending = name.rsplit(".", 1)[1]
options = dict(sep="\t" if ending == "tsv" else ",", keep_default_na=False)
marks = pandas.read_csv(name, **options)
articles = pandas.read_csv(path("articles." + ending), **options)
texts = dict(zip(articles.doc_id, articles.text))
spans = []
for it in marks.itertuples():
    text = texts[it.doc_id]
    assert text[it.start:it.end] == it.text, it
    units = text.encode("utf-16-le")
    assert units[2 * it.start_utf16:2 * it.end_utf16].decode("utf-16-le") == it.text, it
    spans.append([it.doc_id, it.label, it.start, it.end, it.text])
say("pandas", spans)
