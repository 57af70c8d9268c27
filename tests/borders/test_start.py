"""What an operator sets wrong stops the start with a sentence; what nobody sets is safe."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured

from apps.accounts.models import ApiToken, PasswordLink, User
from apps.projects.models import Project
from chroma_site.environment import read_environment
from tests.live import CHECKOUT

PASSWORD = "s3cr3t-of-the-database"
WRONG = [
    ("DATABASE_URL", "bad"),
    ("DATABASE_URL", f"mysql://u:{PASSWORD}@localhost/chroma"),
    ("DATABASE_URL", f"postgres://u:{PASSWORD}@localhost:99999/chroma"),
    ("DATABASE_URL", f"postgres://u:{PASSWORD}@localhost:0/chroma"),
    ("DATABASE_URL", f"postgres://u:{PASSWORD}@localhost:port/chroma"),
    ("DATABASE_URL", f"postgres://u:{PASSWORD}@[::1/chroma"),
    ("DATABASE_URL", f"postgres://u:{PASSWORD}@localhost"),
    ("DATABASE_URL", "sqlite:////no/such/folder/chroma.sqlite3"),
    ("REDIS_URL", f"http://:{PASSWORD}@localhost"),
    ("REDIS_URL", f"redis://:{PASSWORD}@localhost:99999/0"),
    ("CHROMA_STORAGE_URL", "/srv/files"),
    ("CHROMA_STORAGE_URL", "s3://"),
    ("CHROMA_ALLOWED_HOSTS", "*"),
    ("CHROMA_ALLOWED_HOSTS", "chroma.example.org,*"),
    ("CHROMA_ALLOWED_HOSTS", "https://chroma.example.org"),
    ("CHROMA_ALLOWED_HOSTS", "chroma.example.org:8000"),
    ("CHROMA_TRUSTED_PROXIES", "proxy"),
    ("CHROMA_TRUSTED_PROXIES", "0.0.0.0/0"),
    ("CHROMA_RESOURCE_ROOTS", "photos"),
    ("CHROMA_RESOURCE_ROOTS", "photos=/no/such/folder"),
    ("CHROMA_WORKERS", "0"),
    ("CHROMA_WORKERS", "many"),
    ("CHROMA_JOB_MEMORY", "-1"),
    ("CHROMA_SHARD_ROWS", "10"),
    ("CHROMA_HTTPS", "maybe"),
    ("CHROMA_DEBUG", "maybe"),
]
WEAK_KEYS = {
    "short": "Xk29fjvL0qwe",
    "a repetition": "ab" * 40,
    "Django's own example": "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz0123456789",
    "a placeholder": "please-changeme-0123456789abcdefghijklmnopqrstuvwxyz0123456789",
    "a published one": "your-secret-key-0123456789abcdefghijklmnopqrstuvwxyz0123456789",
}


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """environment(NAME=value) -> what is read of a fresh installation with nothing else set."""

    def read(**values: str):
        for name in [name for name in os.environ if name.startswith("CHROMA_")] + ["DATABASE_URL", "REDIS_URL"]:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("CHROMA_DATA_DIR", str(tmp_path / "data"))
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return read_environment()

    return read


@pytest.mark.parametrize(("name", "value"), WRONG)
@pytest.mark.holds(40)
def test_a_wrong_value_is_named_without_its_secret(environment, name, value):
    with pytest.raises(ImproperlyConfigured) as refused:
        environment(**{name: value})
    assert str(refused.value).startswith(name)
    assert str(refused.value).endswith(".")
    assert PASSWORD not in str(refused.value)


@pytest.mark.parametrize("key", WEAK_KEYS.values(), ids=WEAK_KEYS)
@pytest.mark.holds(10)
def test_a_weak_or_published_key_is_refused_wherever_it_stands(environment, tmp_path, key):
    with pytest.raises(ImproperlyConfigured, match=r"^CHROMA_SECRET_KEY is too weak") as refused:
        environment(CHROMA_SECRET_KEY=key)
    assert key not in str(refused.value)
    (tmp_path / "data" / "secret_key").write_text(key)
    with pytest.raises(ImproperlyConfigured, match="secret_key does not hold a whole key") as refused:
        environment()
    assert key not in str(refused.value)


@pytest.mark.holds(10)
def test_each_installation_makes_a_key_of_its_own_that_nobody_else_reads(environment, tmp_path):
    mask = os.umask(0)
    try:
        keys = {environment(CHROMA_DATA_DIR=str(tmp_path / name)).secret_key for name in ("one", "two", "three")}
    finally:
        os.umask(mask)
    assert len(keys) == 3
    assert min(map(len, keys)) >= 50
    for name in ("one", "two", "three"):
        assert stat.S_IMODE((tmp_path / name / "secret_key").stat().st_mode) == 0o600
    assert environment(CHROMA_DATA_DIR=str(tmp_path / "one")).secret_key in keys, "it is kept"


def test_what_nobody_sets_is_safe(environment):
    found = environment()
    assert found.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert not found.debug
    assert found.trusted_proxies == []
    assert found.resource_roots == {}


@pytest.mark.parametrize("what", ["a file", "a folder of somebody else"])
def test_a_data_folder_that_cannot_be_used_is_named(environment, tmp_path, what, monkeypatch):
    path = tmp_path / "there"
    if what == "a file":
        path.write_text("")
    else:
        path.mkdir()
        monkeypatch.setattr(os, "access", lambda *arguments: False)
    with pytest.raises(ImproperlyConfigured, match=r"^CHROMA_DATA_DIR: "):
        environment(CHROMA_DATA_DIR=str(path))


@pytest.mark.parametrize("command", ["runserver", "worker"])
@pytest.mark.holds(40)
def test_a_command_ends_with_one_sentence_and_no_stack(tmp_path, command):
    wrong = {"CHROMA_DATA_DIR": str(tmp_path), "DATABASE_URL": f"postgres://u:{PASSWORD}@localhost:99999/chroma"}
    ended = manage(command, **wrong)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "DATABASE_URL must be a URL" in ended.stderr
    assert PASSWORD not in ended.stderr


@pytest.mark.holds(10)
@pytest.mark.django_db
def test_a_fresh_installation_has_no_user_and_no_token():
    """The database of the tests was made by the migrations, as every installation's is."""
    for model in (User, ApiToken, PasswordLink, Group, Project):
        assert not model.objects.exists(), model


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in an environment of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHROMA_", "DATABASE_", "REDIS"))}
    command = [sys.executable, str(CHECKOUT / "manage.py"), *arguments]
    return subprocess.run(command, env=kept | environment, capture_output=True, text=True, check=False, cwd=CHECKOUT)
