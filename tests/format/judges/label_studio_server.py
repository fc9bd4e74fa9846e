"""Label Studio itself, with a database in a file and without a network: it takes the configuration and
the tasks through its API, and what it exports again is what was imported.

It takes about a minute, so the tests ask it only where SOURCELIGHT_SLOW_JUDGES is set.
"""
import json
import os
import sys
import tempfile

from seen import need, path, say, whole

data = tempfile.mkdtemp()
os.environ.update(
    LABEL_STUDIO_BASE_DATA_DIR=data, DJANGO_DB="sqlite", COLLECT_ANALYTICS="false",
    DJANGO_SETTINGS_MODULE="label_studio.core.settings.label_studio",
    LATEST_VERSION_CHECK="false", LOG_LEVEL="ERROR",
)
need("label_studio", "django")
import label_studio

sys.path.insert(0, os.path.dirname(label_studio.__file__))
out, sys.stdout = sys.stdout, sys.stderr
import django

django.setup()
from django.core.management import call_command

call_command("migrate", verbosity=0, interactive=False)
from organizations.models import Organization
from rest_framework.test import APIClient
from users.models import User

user = User.objects.create_user(email="a@example.org", password="judge-password")
user.active_organization = Organization.create_organization(created_by=user, title="Judges")
user.save()
client = APIClient()
client.force_authenticate(user)


def ask(answer, *codes):
    assert answer.status_code in codes, (answer.status_code, answer.content[:2000])
    return json.loads(answer.content)


config = whole("label-studio.config.xml")
project = ask(client.post("/api/projects/", {"title": "Judged", "label_config": config}, format="json"), 201)
tasks = json.loads(whole("label-studio.json"))
came = ask(client.post(f"/api/projects/{project['id']}/import?return_task_ids=1", tasks, format="json"), 201)
assert came["task_count"] == len(tasks), came
assert came["annotation_count"] == sum(len(it["annotations"]) for it in tasks), came
exported = client.get(f"/api/projects/{project['id']}/export?exportType=JSON&download_all_tasks=true")
exported = json.loads(b"".join(exported.streaming_content) if exported.streaming else exported.content)
spans = []
before = {it["data"]["doc_id"]: it for it in tasks}
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
sys.stdout = out
say("label-studio", spans)
