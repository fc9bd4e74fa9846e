"""Label Studio itself, started on the loopback interface with a database in a file: it takes the configuration
and the tasks through its API, and what it exports again is what was imported.

It takes about a minute, so the tests ask it only where SOURCELIGHT_SLOW_JUDGES is set.
"""
import json
import os
import tempfile

from seen import need, say, whole

need("label_studio", "requests")
import loopback

data = tempfile.TemporaryDirectory()
log = os.path.join(data.name, "told.log")
port = loopback.port()
token = "loopback" * 5
running = loopback.start(
    log, "-c", "from label_studio.server import main; main()",
    "start", "--no-browser", "--internal-host", "127.0.0.1", "--port", str(port),
    "--username", "judge@example.org", "--password", "judge-password",
    "--user-token", token, "--enable-legacy-api-token",
    env={
        **os.environ, "LABEL_STUDIO_BASE_DATA_DIR": data.name, "DJANGO_DB": "sqlite", "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
    },
)
server = loopback.Server(f"http://127.0.0.1:{port}")
server.wait("/health", running, log)
server.session.headers["Authorization"] = f"Token {token}"
config = whole("label-studio.config.xml")
project = server.post("/api/projects/", {"title": "Judged", "label_config": config})["id"]
tasks = json.loads(whole("label-studio.json"))
came = server.post(f"/api/projects/{project}/import?return_task_ids=1", tasks)
assert came["task_count"] == len(tasks), came
assert came["annotation_count"] == sum(len(it["annotations"]) for it in tasks), came
exported = server.ask("GET", f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=true").json()
spans = []
before = {it["data"]["doc_id"]: it for it in tasks}
assert len(exported) == len(tasks), (len(exported), len(tasks))
for task in exported:
    own = before[task["data"]["doc_id"]]
    assert task["data"] == own["data"]
    results = [json.dumps(it["result"], sort_keys=True) for it in task["annotations"]]
    assert sorted(results) == sorted(json.dumps(it["result"], sort_keys=True) for it in own["annotations"])
    for region in (it for kind in task["annotations"] for it in kind["result"]):
        if region["type"] == "labels":
            value, text = region["value"], task["data"]["text"]
            assert text[value["start"]:value["end"]] == value["text"]
            spans.append([task["data"]["doc_id"], value["labels"][0], value["start"], value["end"], value["text"]])
say("label-studio", spans)
