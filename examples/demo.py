"""Serve Chroma and log real data into it: 1,797 images of handwritten digits, and what a small network makes of them.

Half of the images are the "training" dataset, from which the network learns; half are "production", where every fourth
has no label yet. Prints where to look once the map is ready, and serves until Ctrl-C.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import chroma_sdk as chroma
import httpx
from digits import Digits, digits_seen_by_a_network

CHECKOUT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(CHECKOUT / "manage.py")]
USER = "demo"
MAP = "Digits"

LET_IN = """
import os
from django.contrib.auth import get_user_model
from django.core.management import call_command
user, _ = get_user_model().objects.get_or_create(username=os.environ["DEMO_USER"])
user.set_password(os.environ["DEMO_PASSWORD"])
user.save()
call_command("create_token", user.username, name="make demo", expires_days=1)
"""


def main() -> None:
    """Serve, log, project, tell where to look, and wait for Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    port = parser.parse_args().port
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    with contextlib.suppress(KeyboardInterrupt):
        demonstrate(port)


def demonstrate(port: int) -> None:
    """Run the whole demonstration."""
    url = f"http://127.0.0.1:{port}"
    password = secrets.token_urlsafe(12)
    with serving(port) as server:
        print("Training a small network on the digits …", flush=True)
        digits = digits_seen_by_a_network()
        wait_until_it_answers(url, server)
        with chroma.Client(url, let_in(USER, password)) as client:
            made = show(client.project("Digits"), digits)
        print(f"\nThe map is ready:  {made.url}\nSign in as:        {USER}\nPassword:          {password}")
        print("\nThe password is new at every start. Ctrl-C stops the server.", flush=True)
        server.wait()


def show(project: chroma.Project, digits: Digits) -> chroma.Map:
    """Log both halves and return the map of them; what is there already is left as it is."""
    datasets = []
    for kind, rows in digits.halves.items():
        dataset = project.dataset(kind, kind=kind)
        report = dataset.log(
            [f"digit-{row:04d}" for row in rows],
            files=digits.images[rows],
            labels=[digits.labels[row] if digits.is_labelled[row] else None for row in rows],
            probabilities=digits.probabilities[rows],
            classes=digits.classes,
            metadata={"ink": digits.ink[rows]},
            embeddings=digits.activations[rows],
            model="mlp",
            version="1",
            layer="hidden2",
        )
        print(f"{kind}: {report}", flush=True)
        datasets.append(dataset)
    existing = next((found for found in project.maps() if found.name == MAP), None)
    if existing is not None and not existing.wait().is_stale:
        return existing
    print("Making the map (the first on a machine compiles for a minute) …", flush=True)
    return project.run_projection(datasets, method="umap", seed=0, name=MAP if existing is None else None)


@contextlib.contextmanager
def serving(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server and its worker until the block ends."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is in use. Choose another: make demo PORT={port + 1}")
    # In a session of its own, so that Ctrl-C reaches only us and we stop it in an orderly way.
    command = [*MANAGE, "runserver", "--noreload", f"127.0.0.1:{port}"]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, cwd=CHECKOUT, stdout=log, stderr=log, start_new_session=True)
        try:
            yield server
        finally:
            server.terminate()
            if server.wait() > 0:
                log.seek(0)
                sys.stderr.buffer.write(log.read())


def wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait for the server to start; say so when it does not."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            sys.exit("The server did not start.")
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{url}/healthz/web").is_success:
                return
        time.sleep(0.2)
    sys.exit("The server did not answer within a minute.")


def let_in(user: str, password: str) -> str:
    """Make the user if there is none, set the password, and return a token that lives for a day."""
    done = subprocess.run(
        [*MANAGE, "shell", "--verbosity", "0", "-c", LET_IN],
        cwd=CHECKOUT,
        env={**os.environ, "DEMO_USER": user, "DEMO_PASSWORD": password},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit("The demo user could not be made; what went wrong is above.")
    return done.stdout.strip()


if __name__ == "__main__":
    main()
