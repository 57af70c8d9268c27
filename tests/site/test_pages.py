from __future__ import annotations

import json
import logging

import pytest
from django.test import Client
from django.utils import timezone

from apps.jobs.models import WorkerHeartbeat
from chroma_site import cli
from tests.cast import make_client

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture
def built(settings, tmp_path):
    """A front end as Vite leaves it."""
    manifest = {
        "src/main.tsx": {
            "file": "assets/main-AAAAAAAA.js",
            "css": ["assets/main-BBBBBBBB.css"],
            "imports": ["_shared.js"],
        },
        "_shared.js": {"file": "assets/shared-CCCCCCCC.js"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    settings.FRONTEND_DIST = tmp_path


@pytest.mark.parametrize("path", ["/", "/login", "/projects/alice/MNIST/maps/1", "/welcome/x", "/administrators"])
def test_every_address_of_the_ui_gives_its_shell_signed_in_or_not(client, db, built, path):
    response = client.get(path)
    assert response.status_code == 200
    page = response.content.decode()
    for asset in ("assets/main-AAAAAAAA.js", "assets/main-BBBBBBBB.css", "assets/shared-CCCCCCCC.js"):
        assert f"/static/{asset}" in page
    assert "csrftoken" in response.cookies


@pytest.mark.holds(14)
def test_the_shell_loads_nothing_from_elsewhere(client, db, built):
    page = client.get("/").content.decode()
    assert "http://" not in page
    assert "https://" not in page
    assert "<script>" not in page


def test_graphiql_is_for_people_who_are_signed_in(client, alice, built):
    page = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert client.get("/graphql", headers=page).headers["Location"] == "/login?next=/graphql"
    response = make_client(alice).get("/graphql", headers=page)
    assert response.status_code == 200
    assert '<div id="root">' in response.content.decode()
    assert make_client(alice).get("/graphql", headers={"Accept": "application/json"}).status_code == 405


def test_without_a_built_front_end_the_shell_says_what_to_do(client, db, settings, tmp_path):
    settings.FRONTEND_DIST = tmp_path
    response = client.get("/")
    assert response.status_code == 503
    assert "make run" in response.content.decode()


@pytest.mark.holds(13)
@pytest.mark.parametrize(
    "path", ["/", "/graphql", "/healthz", "/admin/", "/auth/login", "/bulk/v1/nothing", "/resources/1"]
)
def test_every_answer_has_strict_headers(client, db, path):
    response = client.get(path)
    for name, value in HEADERS.items():
        assert response.headers[name] == value, path
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy or "default-src 'none'" in policy
    assert "Access-Control-Allow-Origin" not in response.headers
    assert response.headers["X-Request-Id"]


@pytest.mark.parametrize("path", ["/bulk/v1/nothing", "/auth/nothing", "/resources/nothing/at/all"])
def test_an_api_address_that_does_not_exist_is_not_the_ui(client, db, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "NOT_FOUND"


def test_a_failure_inside_tells_a_request_id_and_nothing_else(db, monkeypatch, caplog):
    def fail(*args):
        raise RuntimeError("SELECT password FROM /etc/db")

    monkeypatch.setattr("apps.projects.views.find_link", fail)
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.ERROR):
        response = client.get("/auth/link/x")
    assert response.status_code == 500
    error = response.json()["error"]
    assert error["code"] == "INTERNAL"
    assert "SELECT" not in response.content.decode()
    assert error["requestId"] in error["message"]
    assert error["requestId"] in caplog.text


def test_health_tells_of_web_database_and_worker(client, db):
    assert client.get("/healthz/web").json()["status"] == "ok"
    answer = client.get("/healthz").json()
    assert (answer["status"], answer["database"], answer["worker"]) == ("degraded", "ok", "down")
    WorkerHeartbeat.objects.create(host="here", pid=1, seen_at=timezone.now())
    answer = client.get("/healthz").json()
    assert (answer["status"], answer["web"], answer["worker"]) == ("ok", "ok", "ok")


def test_health_tells_nothing_of_the_installation(client, db, settings):
    text = client.get("/healthz").content.decode()
    assert str(settings.CHROMA_DATA_DIR) not in text
    assert set(json.loads(text)) == {"status", "web", "database", "worker", "version"}


def test_a_foreign_host_header_is_refused(client, db):
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400


def test_a_signed_in_page_is_not_kept_by_caches(alice, built):
    assert "no-store" in make_client(alice).get("/").headers["Cache-Control"]


@pytest.mark.parametrize("arguments", [["nonsense"], ["application"], ["application", "run", "--evil"], ["manage"]])
def test_the_command_explains_itself_where_it_does_not_understand(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert "usage: chroma" in capsys.readouterr().err


def test_the_command_runs_what_manage_py_runs(monkeypatch):
    ran = []
    monkeypatch.setattr(cli, "execute_from_command_line", ran.append)
    cli.main(["application", "run", "127.0.0.1:9000"])
    cli.main(["manage", "migrate", "--noinput"])
    assert ran == [["chroma", "runserver", "--noreload", "127.0.0.1:9000"], ["chroma manage", "migrate", "--noinput"]]
