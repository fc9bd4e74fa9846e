"""Plain Python cuts the words out as each format says its consumer does, without any other package."""
import glob
import json
import os

from seen import folder, lines, path, say, whole

spans = []


def utf16(text, start, end):
    """Positions that JavaScript counts, as Python counts them."""
    units = text.encode("utf-16-le")
    return [len(units[: 2 * at].decode("utf-16-le")) for at in (start, end)]


def add(doc, label, text, start, end, words=None):
    assert words is None or text[start:end] == words, (doc, label, start, end, words)
    spans.append([doc, label, start, end, text[start:end]])


for name in sorted(os.listdir(folder())):
    if name.startswith("doccano-"):
        counted = utf16 if ".utf16." in name else lambda text, start, end: [start, end]
        for line in lines(name):
            if "label" in line:
                rows = line["label"]
            else:
                rows = [[it["start_offset"], it["end_offset"], it["label"]] for it in line["entities"]]
            for start, end, label in rows:
                add(line["doc_id"], label, line["text"], *counted(line["text"], start, end))
    elif name == "label-studio.json":
        config = whole("label-studio.config.xml")
        for task in json.loads(whole(name)):
            text = task["data"]["text"]
            for region in (it for kind in task["annotations"] for it in kind["result"]):
                if region.get("type") == "labels":
                    value = region["value"]
                    for label in value["labels"]:
                        assert f'value="{label}"' in config, label
                        add(task["data"]["doc_id"], label, text, value["start"], value["end"], value["text"])
    elif name == "annotations.jsonld":
        for annotation in json.loads(whole(name)):
            doc = annotation["id"].split(":")[-2]
            text = whole(doc + ".txt")
            targets = annotation["target"]
            for target in targets if isinstance(targets, list) else [targets]:
                position, quote = target["selector"]
                start, end = position["start"], position["end"]
                add(doc, annotation["body"][0]["value"], text, start, end, quote["exact"])
                assert text[:start].endswith(quote["prefix"]), annotation
                assert text[end:].startswith(quote["suffix"]), annotation
if glob.glob(path("doccano-*")):
    # Both files say the same spans.
    twice = sorted(map(str, spans))
    assert twice[::2] == twice[1::2]
    spans = [json.loads(json.dumps(it)) for it in sorted(spans)[::2]]
say("plain Python", spans)
