"""doccano itself, with a database in a file and without a network: it imports both files, each into a
project of its kind, and exports what it imported.

It takes about a minute, so the tests ask it only where SOURCELIGHT_SLOW_JUDGES is set.
"""
import glob
import json
import os
import sys
import tempfile

from seen import lines, need, path, say

home = tempfile.mkdtemp()
os.environ.update(
    DOCCANO_HOME=home, DATABASE_URL=f"sqlite:///{home}/db.sqlite3", MEDIA_ROOT=home, DEBUG="False",
    DJANGO_SETTINGS_MODULE="config.settings.production", STANDALONE="True",
)
need("backend", "django")
import backend

sys.path.insert(0, os.path.dirname(backend.__file__))
import django

django.setup()
from django.core.management import call_command

call_command("migrate", verbosity=0, interactive=False)
call_command("create_roles", verbosity=0, stdout=sys.stderr)
from data_export.celery_tasks import export_dataset
from data_import.datasets import load_dataset
from data_import.pipeline.catalog import RELATION_EXTRACTION, create_file_format
from data_import.pipeline.readers import FileName
from django.contrib.auth.models import User
from projects.models import ProjectType, SequenceLabelingProject
import zipfile

user = User.objects.create_superuser("judge", "a@example.org", "judge-password")
spans = []
for kind, task in (("relations", RELATION_EXTRACTION), ("spans", ProjectType.SEQUENCE_LABELING)):
    project = SequenceLabelingProject.objects.create(
        name=kind, created_by=user, project_type=ProjectType.SEQUENCE_LABELING,
        allow_overlapping=True, use_relation=kind == "relations",
    )
    project.add_admin()
    name = glob.glob(path(f"doccano-{kind}.*"))[0]
    files = [FileName(full_path=name, generated_name=os.path.basename(name), upload_name=os.path.basename(name))]
    dataset = load_dataset(task, create_file_format("JSONL"), files, project, encoding="utf_8", column_label="label")
    dataset.save(user)
    assert not dataset.errors, dataset.errors
    archive = export_dataset(project.id, "JSONL")
    with zipfile.ZipFile(archive) as packed:
        member = [it for it in packed.namelist() if it.endswith(".jsonl")][0]
        exported = [json.loads(it) for it in packed.read(member).decode("utf-8").split("\n") if it]
    before = {it["doc_id"]: it for it in lines(os.path.basename(name))}
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
