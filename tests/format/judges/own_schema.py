"""jsonschema takes our own file by the JSON Schema that the project publishes, and refuses a place that
is none. A schema cannot see that a place is the wrong one: the rows that are told here can."""
import copy
import json
import os

from seen import need, say, whole

need("jsonschema")
import jsonschema

root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
with open(os.path.join(root, "src", "format", "project.schema.json"), encoding="utf-8") as file:
    schema = json.load(file)
kind = jsonschema.validators.validator_for(schema)
kind.check_schema(schema)
project = json.loads(whole("sourcelight.json"))
kind(schema).validate(project)
spans = []
for document in project["documents"]:
    for annotation in document["annotations"]:
        for part in annotation["fragments"]:
            spans.append([document["id"], annotation["label"], part["start"], part["end"], part["exact"]])
broken = copy.deepcopy(project)
first = next(it for it in broken["documents"] if it["annotations"])
first["annotations"][0]["fragments"][0]["start"] = "one"
assert not kind(schema).is_valid(broken), "a word is no place"
say("jsonschema", spans)
