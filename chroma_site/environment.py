"""The environment variables that configure Chroma: the only place that reads them.

A wrong value stops the start with a sentence that names the variable, what was found and what is allowed.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from django.core.exceptions import ImproperlyConfigured

from chroma_site.start_checks import read_own, write_once

# Keys that were published in documentation or repositories sign nothing.
PUBLISHED_KEY_MARKS = ("django-insecure", "changeme", "change-me", "secret-key", "your-secret")
SHORTEST_KEY = 50
# A name, or one with all names below it (.example.org), or an address.
HOST = re.compile(r"\.?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")


@dataclass(frozen=True)
class Environment:
    """Everything that an operator can set, read and checked once."""

    data_dir: Path
    secret_key: str
    database_url: str
    redis_url: str
    storage_url: str
    allowed_hosts: list[str]
    resource_roots: dict[str, Path]
    workers: int
    job_memory: int
    shard_rows: int
    https: bool
    trusted_proxies: list[IPv4Network | IPv6Network]
    debug: bool


def read_environment() -> Environment:
    """Read and check all variables; create the data directory where it is missing."""
    data_dir = _data_dir()
    return Environment(
        data_dir=data_dir,
        secret_key=_secret_key(data_dir),
        database_url=_database_url() or f"sqlite:///{data_dir}/chroma.sqlite3",
        redis_url=_url("REDIS_URL", {"redis", "rediss"}),
        storage_url=_storage_url(),
        allowed_hosts=_hosts() or ["localhost", "127.0.0.1", "[::1]"],
        resource_roots=_resource_roots(),
        workers=_whole_number("CHROMA_WORKERS", default=2, at_least=2, at_most=64),
        job_memory=_job_memory(),
        shard_rows=_whole_number("CHROMA_SHARD_ROWS", default=2_000_000, at_least=1000, at_most=1_000_000_000),
        https=_switch("CHROMA_HTTPS"),
        trusted_proxies=_networks("CHROMA_TRUSTED_PROXIES"),
        debug=_switch("CHROMA_DEBUG"),
    )


def _data_dir() -> Path:
    text = os.environ.get("CHROMA_DATA_DIR", "")
    path = Path(text).expanduser().absolute() if text else Path.cwd() / "data"
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ImproperlyConfigured(
            f"CHROMA_DATA_DIR: cannot make the folder {path} ({problem.strerror}). "
            "Name a folder that this user may write."
        ) from problem
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"CHROMA_DATA_DIR: {path} is not writable by this user. Change its owner or mode.")
    return path


def _secret_key(data_dir: Path) -> str:
    key = os.environ.get("CHROMA_SECRET_KEY", "")
    if key:
        if _is_weak(key):
            raise ImproperlyConfigured(
                f"CHROMA_SECRET_KEY is too weak or was published. Give at least {SHORTEST_KEY} random characters, "
                "or leave it out: one is generated and kept in the data folder."
            )
        return key
    path = data_dir / "secret_key"
    if not path.exists():
        write_once(path, secrets.token_urlsafe(64))
    return _stored_key(path)


def _stored_key(path: Path) -> str:
    key = read_own(path).strip()
    if _is_weak(key):
        raise ImproperlyConfigured(
            f"{path} does not hold a whole key of our making. Delete it: a new one is made, and people sign in again."
        )
    return key


def _is_weak(key: str) -> bool:
    return len(key) < SHORTEST_KEY or len(set(key)) < 10 or any(mark in key.lower() for mark in PUBLISHED_KEY_MARKS)


def _url(name: str, schemes: set[str]) -> str:
    """The URL, if one is given. It may hold a password, so no message repeats it."""
    text = os.environ.get(name, "").strip()
    try:
        parts = urlsplit(text)
        fits = not text or (parts.scheme in schemes and parts.port != 0)
    except ValueError:
        fits = False
    if not fits:
        forms = " or ".join(f"{scheme}://" for scheme in sorted(schemes))
        raise ImproperlyConfigured(f"{name} must be a URL that starts with {forms}, its port a number 1 … 65535.")
    return text


def _database_url() -> str:
    text = _url("DATABASE_URL", {"sqlite", "postgres", "postgresql"})
    scheme, _, rest = text.partition("://")
    if scheme == "sqlite" and not Path(rest[1:]).absolute().parent.is_dir():
        raise ImproperlyConfigured("DATABASE_URL names a file in a folder that does not exist. Make the folder first.")
    if text and not urlsplit(text).path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must name a database, as in postgres://user:password@host:5432/chroma."
        )
    return text


def _storage_url() -> str:
    text = _url("CHROMA_STORAGE_URL", {"s3"})
    if text and not urlsplit(text).netloc:
        raise ImproperlyConfigured("CHROMA_STORAGE_URL must name a bucket, as in s3://chroma.")
    return text


def _hosts() -> list[str]:
    """Names without scheme and port. Never all: a page elsewhere could then reach the server under its own name."""
    hosts = _list("CHROMA_ALLOWED_HOSTS")
    for host in hosts:
        if not HOST.fullmatch(host):
            raise ImproperlyConfigured(
                f"CHROMA_ALLOWED_HOSTS: {host[:80]!r} is no host name or address, as in chroma.example.org. "
                "Name each without scheme and port; * is not allowed."
            )
    return hosts


def _list(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def _networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks of proxies, whose word on a client's address is taken."""
    networks = []
    for part in _list(name):
        try:
            network = ip_network(part)
        except ValueError as problem:
            raise ImproperlyConfigured(
                f"{name}: {part!r} is neither an address nor a network, as in 127.0.0.1 or 10.0.0.0/8."
            ) from problem
        if network.prefixlen == 0:
            raise ImproperlyConfigured(f"{name}: {part} is everybody, who could then claim any address.")
        networks.append(network)
    return networks


def _resource_roots() -> dict[str, Path]:
    roots: dict[str, Path] = {}
    for part in _list("CHROMA_RESOURCE_ROOTS"):
        name, equals, path = part.partition("=")
        if not equals or not name.isidentifier() or not Path(path).is_dir():
            raise ImproperlyConfigured(
                f"CHROMA_RESOURCE_ROOTS: {part!r} is not name=folder of a folder that exists, as in photos=/srv/photos."
            )
        roots[name] = Path(path).resolve()
    return roots


def _whole_number(name: str, *, default: int, at_least: int, at_most: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or not at_least <= int(text) <= at_most:
        raise ImproperlyConfigured(f"{name} must be a whole number {at_least} … {at_most}, not {text!r}.")
    return int(text)


def _job_memory() -> int:
    """Bytes that one computation may use: CHROMA_JOB_MEMORY in GiB, or 70 % of this machine's or container's memory."""
    given = _whole_number("CHROMA_JOB_MEMORY", default=0, at_least=1, at_most=65536)
    if given:
        return given * 2**30
    total = psutil.virtual_memory().total
    limit = Path("/sys/fs/cgroup/memory.max")
    if limit.is_file() and (text := limit.read_text().strip()).isdecimal():
        total = min(total, int(text))
    return total * 7 // 10


def _switch(name: str) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if text not in {"", "0", "1", "true", "false", "yes", "no", "on", "off"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0 (or true/false, yes/no, on/off), not {text!r}.")
    return text in {"1", "true", "yes", "on"}
