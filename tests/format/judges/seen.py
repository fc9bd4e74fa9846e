"""What all judges share: how they say what they saw, and that they cannot judge.

A judge is called with a folder of files and prints JSON: the consumer with its version, and every
span it saw as [article, label, start, end, words], positions in code points. It exits with 77 where
its packages are not installed.
"""
import importlib.metadata
import json
import os
import sys


def folder():
    return sys.argv[1]


def path(name):
    return os.path.join(folder(), name)


def lines(name):
    with open(path(name), encoding="utf-8", newline="") as file:
        return [json.loads(line) for line in file.read().split("\n") if line]


def whole(name):
    with open(path(name), encoding="utf-8", newline="") as file:
        return file.read()


def need(*packages):
    try:
        for package in packages:
            __import__(package)
    except ImportError as missing:
        print(missing, file=sys.stderr)
        sys.exit(77)


def parts(doc, label, spans, text):
    """brat's parts of a mark: one over several lines has a part on each, and nothing but signs at which
    Python ends lines is between them."""
    start = end = None
    for a, b in spans:
        if end is not None and not "".join(text[end:a].splitlines()):
            end = b
            continue
        if end is not None:
            yield [doc, label, start, end, text[start:end]]
        start, end = a, b
    yield [doc, label, start, end, text[start:end]]


def say(consumer, spans, left_out=()):
    """`consumer` is the name of a distribution, or a sentence. What is left out are articles that this
    program cannot read, whoever wrote them."""
    try:
        consumer += " " + importlib.metadata.version(consumer)
    except importlib.metadata.PackageNotFoundError:
        pass
    rows = sorted([str(a), str(b), int(c), int(d), str(e)] for a, b, c, d, e in spans)
    json.dump({"consumer": consumer, "spans": rows, "left_out": list(left_out)}, sys.stdout, ensure_ascii=False)
