"""No data becomes code: nothing that a user or the database supplies is unpickled or evaluated."""

from __future__ import annotations

import ast
import base64
import functools
import io
import json
import pickle
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.models import Failure, OrmQ, Schedule, Success, Task
from django_q.monitor import save_task
from django_q.tasks import async_task

from apps.jobs.compute.lines import CALLABLE
from apps.jobs.compute.process import Process
from apps.jobs.queue import WAKE_UP

pytestmark = pytest.mark.holds(17)
CHECKOUT = Path(__file__).resolve().parents[2]
SERVER = [path for folder in ("apps", "chroma_site") for path in (CHECKOUT / folder).rglob("*.py")]
SDK = list((CHECKOUT / "sdk" / "src").rglob("*.py"))
# Modules that read code, or objects that bring code along.
NEVER = {
    "pickle", "_pickle", "cPickle", "dill", "cloudpickle", "jsonpickle", "marshal", "shelve", "dbm", "copyreg",
    "yaml", "code", "codeop", "runpy", "imp", "pydoc", "picklefield", "multiprocessing.managers", "xml.sax", "lxml",
    "xml.etree.ElementTree", "xml.dom.minidom", "h5py", "pandas.io.pickle",
}  # fmt: skip
# Functions and methods that do so, wherever they are from.
NEVER_CALLED = {
    "eval", "exec", "compile_command", "__import__", "read_pickle", "to_pickle", "from_pickle", "unpickle", "read_hdf",
    "literal_eval", "register_extension_type", "deserialize_pandas", "run_path", "run_module", "popen", "locate",
}  # fmt: skip


@functools.cache
def nodes_of(path):
    return list(ast.walk(ast.parse(path.read_text())))


def calls_in(path):
    for node in nodes_of(path):
        if isinstance(node, ast.Call):
            yield node, node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def modules_in(path):
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("code", [SERVER, SDK], ids=["server", "SDK"])
def test_no_module_reads_what_could_be_code(code):
    assert len(code) > 50
    for path in code:
        assert not NEVER & set(modules_in(path)), path
        assert not NEVER_CALLED & {name for _, name in calls_in(path)}, path


@pytest.mark.parametrize("code", [SERVER, SDK], ids=["server", "SDK"])
def test_arrays_are_read_and_written_without_pickles(code):
    """np.load and np.save say so each time; nobody loads a checkpoint of PyTorch."""
    for path in code:
        for node, name in calls_in(path):
            owner = node.func.value if isinstance(node.func, ast.Attribute) else None
            if name in {"load", "save", "savez"} and isinstance(owner, ast.Name) and owner.id in {"np", "numpy"}:
                given = {word.arg: word.value for word in node.keywords}
                assert isinstance(given.get("allow_pickle"), ast.Constant), (path, node.lineno)
                assert given["allow_pickle"].value is False, (path, node.lineno)
            if isinstance(owner, ast.Name) and owner.id in {"torch", "joblib"}:
                assert name not in {"load", "save", "dump"}, (path, node.lineno)
            assert not any(word.arg == "shell" for word in node.keywords), (path, node.lineno)


def test_modules_are_imported_by_fixed_names():
    """Only the compute process imports what a line names, and only array functions."""
    dynamic = []
    for path in SERVER:
        for node, name in calls_in(path):
            # One of our own modules, whatever stands behind its first name.
            text = node.args[0].values[0] if node.args and isinstance(node.args[0], ast.JoinedStr) else None
            is_own = isinstance(text, ast.Constant) and text.value.startswith("apps.")
            if name == "import_module" and not isinstance(node.args[0], ast.Constant) and not is_own:
                dynamic.append(path.relative_to(CHECKOUT).as_posix())
    assert dynamic == ["apps/jobs/compute/process.py"]


@pytest.mark.parametrize(
    "name",
    [
        "os:system", "builtins:eval", "apps.jobs.services:enqueue_job", "apps.jobs.compute.process:main.__globals__",
        "apps.x.compute.y:_private", "apps.jobs.compute..process:main", "apps.x.compute.y:z\nimport os", "", ":",
        "a:b:c", "APPS.jobs.compute.process:main", "apps/jobs/compute/process:main",
    ],
)  # fmt: skip
def test_the_compute_process_calls_array_functions_only(name):
    assert not CALLABLE.fullmatch(name)
    assert "no array function" in Process(io.StringIO(), io.StringIO())._answer({"call": name})["refused"]


class Canary:
    """Whoever unpickles it leaves a folder behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return Path.mkdir, (self.path,)


def test_the_compute_process_reads_no_objects(tmp_path):
    np.save(tmp_path / "a.npy", np.array([Canary(tmp_path / "canary")], dtype=object), allow_pickle=True)
    (tmp_path / "b.npy").write_bytes(pickle.dumps(Canary(tmp_path / "canary")))
    process = Process(io.StringIO(), io.StringIO())
    for name in ("a.npy", "b.npy"):
        call = {"call": "apps.projections.compute.pca:pca", "arrays": [str(tmp_path / name)], "arguments": {}}
        assert "done" not in process._answer(call)
    assert not (tmp_path / "canary").exists()


def test_what_passes_between_worker_and_compute_process_is_plain_json(tmp_path):
    line = json.dumps({"call": "apps.x.compute.y:z", "arguments": {"__reduce__": "x", "__class__": "y"}})
    assert json.loads(line)["arguments"] == {"__reduce__": "x", "__class__": "y"}
    outgoing = io.StringIO()
    Process(io.StringIO(), outgoing).callback("phase", 0.5)
    assert json.loads(outgoing.getvalue()) == {"progress": ["phase", 0.5]}


def plant(tmp_path, *, success: bool) -> None:
    """A row of results whose pickles hold a canary, written as somebody does who can write to the database."""
    # As picklefield does, which copies what it is given: here that would run it.
    hostile = base64.b64encode(pickle.dumps(Canary(tmp_path / "canary"))).decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_q_task (id, name, func, args, kwargs, result, started, stopped, success, attempt_count)"
            " VALUES (%s, 'x', 'os.getpid', %s, %s, %s, '2026-01-01', '2026-01-01', %s, 1)",
            ["a" * 32, hostile, hostile, hostile, success],
        )


def test_the_canary_bites(db, tmp_path):
    """Were a row of results read, the next test would see it."""
    plant(tmp_path, success=True)
    list(Task.objects.all())
    assert (tmp_path / "canary").exists()


def test_wake_ups_good_and_bad_read_no_row_of_results(transactional_db, tmp_path):
    plant(tmp_path, success=True)
    for arguments in (("light", ""), ("count", ""), ("light", "no job")):
        async_task(WAKE_UP, *arguments, save=False, sync=True)
    failed = {"id": "b" * 32, "name": "y", "func": "no.such", "args": (), "kwargs": {}, "result": "It broke."}
    save_task(failed | {"started": timezone.now(), "stopped": timezone.now(), "success": False}, get_broker())
    assert not (tmp_path / "canary").exists()


def test_no_page_shows_a_row_of_the_queue(client_for, alice, tmp_path, django_user_model):
    plant(tmp_path, success=False)
    staff = django_user_model.objects.create_superuser("root", password="x")
    client = client_for(staff)
    for model in apps.get_app_config("django_q").get_models():
        assert not admin.site.is_registered(model), model
        for address in ("", "add/", "1/change/", "1/delete/", "1/history/"):
            path = f"/admin/django_q/{model._meta.model_name}/{address}"
            assert client.get(path).status_code == 404
    assert client.get("/admin/").status_code == 200
    assert client.get("/healthz").status_code in {200, 503}
    assert not (tmp_path / "canary").exists()


def test_none_of_our_modules_reads_the_tables_of_the_queue():
    names = {model.__name__ for model in (Task, Schedule, Success, Failure, OrmQ)}
    readers = {path for path in SERVER if any(m.startswith("django_q.models") for m in modules_in(path))}
    assert all(path.is_relative_to(CHECKOUT / "apps" / "jobs") for path in readers)
    for path in readers:
        assert not (names - {"OrmQ"}) & {module.rpartition(".")[2] for module in modules_in(path)}, path


def test_arrow_knows_no_type_that_brings_code_along():
    """A file that names one gives its plain storage."""
    field = pa.field("x", pa.int64(), metadata={
        b"ARROW:extension:name": b"arrow.py_extension_type", b"ARROW:extension:metadata": pickle.dumps(print),
    })  # fmt: skip
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, pa.schema([field])) as writer:
        writer.write_batch(pa.record_batch([pa.array([1])], schema=pa.schema([field])))
    with pa.ipc.open_stream(sink.getvalue()) as reader:
        assert reader.schema.field("x").type == pa.int64()
