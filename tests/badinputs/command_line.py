"""Running commands in this process: `chroma-sdk`, `manage.py` and `chroma`."""

from __future__ import annotations

import io
import shlex
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from chroma_sdk.cli import app
from django.core.management import execute_from_command_line
from django.db import connections
from typer.testing import CliRunner

from chroma_site.cli import main
from tests.badinputs.callers import token_of
from tests.badinputs.sdk_calls import OwnServer

if TYPE_CHECKING:
    from tests.badinputs.doors import Scene


def run_command(line: str, scene: Scene, who: str, options: dict[str, Any]) -> tuple[Any, ...]:
    """The exit code, and as message what stands on stderr. `files` are there, in a folder of its own."""
    program, *arguments = shlex.split(line)
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for name, content in options.get("files", {}).items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
        if program == "chroma-sdk":
            status, printed, error = _sdk(arguments, scene, who, options)
        else:
            status, printed, error = _server(program, arguments)
    assert status != 0, f"{line} did it: {printed}"
    # Usage errors come in a box, whose lines are cut at its width.
    return status, "", _unboxed(error), None, "", printed + error


def _sdk(arguments: list[str], scene: Scene, who: str, options: dict[str, Any]) -> tuple[int, str, str]:
    server = OwnServer()
    environment = {"CHROMA_URL": "http://localhost", "XDG_CONFIG_HOME": "config", "TERM": "dumb", "COLUMNS": "200"}
    environment["CHROMA_TOKEN"] = token_of("a token" if who == "bob" else who, scene)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx.HTTPTransport, "handle_request", lambda _, request: server.handle_request(request))
        patch.setattr("time.sleep", lambda seconds: None)
        done = CliRunner().invoke(app, arguments, input=options.get("typed"), env=environment | options.get("env", {}))
    assert environment["CHROMA_TOKEN"] not in done.output, "the token shows"
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def _server(program: str, arguments: list[str]) -> tuple[int, str, str]:
    printed, error = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed), redirect_stderr(error):
        # Commands of processes of their own end all connections; this process goes on with its.
        patch.setattr(connections, "close_all", lambda **options: None)
        try:
            if program == "chroma":
                main(arguments)
            else:
                execute_from_command_line([program, *arguments])
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
        else:
            status = 0
    return status, printed.getvalue(), error.getvalue()


def _unboxed(error: str) -> str:
    lines = [line.strip("│ ").strip() for line in error.splitlines() if not line.startswith(("╭", "╰"))]
    return " ".join(line for line in lines if line)
