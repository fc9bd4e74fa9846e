"""Prints article, label and words of every mark in a file of Sourcelight: python read.py FILE"""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    for document in json.load(file)["documents"]:
        for annotation in document["annotations"]:
            for part in annotation["fragments"]:
                words = document["text"][part["start"]:part["end"]]
                assert words == part["exact"]
                print(document["id"], annotation["label"], json.dumps(words, ensure_ascii=False), sep="\t")
