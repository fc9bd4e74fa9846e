"""doccano itself, its web server and its queue of tasks, started on the loopback interface with a database in a
file: it imports both files through its API, each into a project of its kind, and exports what it imported.

It takes about a minute, so the tests ask it only where SOURCELIGHT_SLOW_JUDGES is set.
"""
import glob
import io
import json
import os
import sys
import tempfile
import time
import zipfile

from seen import lines, need, path, say

need("backend", "requests")
import backend
import loopback

home = tempfile.TemporaryDirectory()
log = os.path.join(home.name, "told.log")
port = loopback.port()
here = os.path.dirname(backend.__file__)
options = {
    "cwd": here,
    "env": {
        **os.environ, "DOCCANO_HOME": home.name, "DATABASE_URL": f"sqlite:///{home.name}/db.sqlite3",
        # A queue in the same file would be locked now and then while the server writes.
        "CELERY_BROKER_URL": f"sqla+sqlite:///{home.name}/queue.sqlite3",
        "MEDIA_ROOT": home.name, "DEBUG": "False", "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "STANDALONE": "True",
    },
}
name = {"username": "judge", "password": "judge-password"}
for command in (["init"], ["createuser", "--username", name["username"], "--password", name["password"]]):
    made = loopback.start(log, "-c", "from backend.cli import main; main()", *command, **options)
    assert made.wait(loopback.PATIENCE) == 0, open(log).read()[-2000:]
loopback.start(log, "-m", "celery", "--app=config", "worker", "--pool=solo", **options)
running = loopback.start(log, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "config.wsgi", **options)
server = loopback.Server(f"http://127.0.0.1:{port}/v1")
server.wait("/auth/login/", running, log)
server.session.headers["Authorization"] = "Token " + server.post("/auth/login/", name)["key"]
# Who comes with a cookie as well is taken for a page that has to prove itself.
server.session.cookies.clear()


def done(task):
    """Waits until the queue has done a task, and says what came of it."""
    until = time.monotonic() + loopback.PATIENCE
    while time.monotonic() < until:
        status = server.ask("GET", f"/tasks/status/{task}").json()
        if status["ready"]:
            assert not status["error"], status
            return status["result"]
        time.sleep(0.5)
    raise RuntimeError("doccano's queue does not answer")


spans = []
for kind, task in (("relations", "RelationExtraction"), ("spans", "SequenceLabeling")):
    project = server.post("/projects", {
        "name": kind, "description": kind, "project_type": "SequenceLabeling", "resourcetype": "SequenceLabelingProject",
        "allow_overlapping": True, "use_relation": kind == "relations", "tags": [],
    })["id"]
    file = glob.glob(path(f"doccano-{kind}.*"))[0]
    with open(file, "rb") as content:
        sent = server.ask("POST", "/fp/process/", files={"filepond": (os.path.basename(file), content)}).text
    came = done(server.post(f"/projects/{project}/upload", {
        "uploadIds": [sent], "format": "JSONL", "task": task, "encoding": "utf_8", "column_data": "text",
        "column_label": "label",
    })["task_id"])
    assert not came["error"], came
    task = server.post(f"/projects/{project}/download", {"format": "JSONL"})["task_id"]
    done(task)
    archive = server.ask("GET", f"/projects/{project}/download?taskId={task}").content
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        member = [it for it in packed.namelist() if it.endswith(".jsonl")][0]
        exported = [json.loads(it) for it in packed.read(member).decode("utf-8").split("\n") if it]
    before = {it["doc_id"]: it for it in lines(os.path.basename(file))}
    assert len(exported) == len(before), (len(exported), len(before))
    for row in exported:
        own = before[row["doc_id"]]
        assert row["text"] == own["text"] and row["title"] == own["title"], row
        if kind == "spans":
            rows = row["label"]
            assert sorted(map(str, rows)) == sorted(map(str, own["label"])), (rows, own["label"])
            continue
        rows = [[it["start_offset"], it["end_offset"], it["label"]] for it in row["entities"]]
        said = [[it["start_offset"], it["end_offset"], it["label"]] for it in own["entities"]]
        assert sorted(map(str, rows)) == sorted(map(str, said)), (rows, said)
        assert sorted(it["type"] for it in row["relations"]) == sorted(it["type"] for it in own["relations"])
        for start, end, label in rows:
            # Its editor counts UTF-16 units.
            units = row["text"].encode("utf-16-le")
            start, end = (len(units[: 2 * at].decode("utf-16-le")) for at in (start, end))
            spans.append([row["doc_id"], label, start, end, row["text"][start:end]])
say("doccano", spans)
