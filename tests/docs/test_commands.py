"""Commands that the documentation tells people to type exist, with the options it names."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer
from chroma_sdk.cli import app
from django.core.management import get_commands

from tests.docs.blocks import CHECKOUT, Block, blocks_of, pages_with

# Of others: nothing to check.
FOREIGN = {"pip", "git", "curl", "cd", "sudo", "apt-get", "npm", "docker", "createdb", "systemctl", "pip3"}


def commands(block: Block) -> list[list[str]]:
    """The commands of a block, without comments, environment and prompts; continued lines are one."""
    lines = block.code.replace("\\\n", " ").splitlines()
    found = [shlex.split(line, comments=True) for line in lines]
    return [without_environment(words) for words in found if words]


def without_environment(words: list[str]) -> list[str]:
    while words and re.match(r"[A-Z_]+=", words[0]):
        words = words[1:]
    return words


@pytest.mark.parametrize("page", pages_with("sh"))
def test_every_command_of_a_page_exists(page):
    for block in blocks_of(page, "sh"):
        for words in commands(block):
            check(words)


def check(words: list[str]) -> None:
    if not words or words[0] in FOREIGN | {"export"}:
        return
    program, *rest = words
    if program == "make":
        targets = re.findall(r"^\.PHONY: (.*)$", (CHECKOUT / "Makefile").read_text(), re.MULTILINE)[0].split()
        assert {word for word in rest if "=" not in word} <= set(targets), words
    elif program == "chroma-sdk":
        check_sdk_command(rest)
    elif program == "chroma":
        is_command = rest[0] in {"backup", "restore", "doctor"} or (rest[0] == "manage" and rest[1] in get_commands())
        assert rest[:2] == ["application", "run"] or is_command, words
    elif Path(program).name.startswith("python"):
        check_python(rest)
    elif program.startswith("tests/"):
        assert (CHECKOUT / program).exists(), words
    elif program.startswith("scripts/") or program == ".ci/run":
        assert (CHECKOUT / program).exists(), words
        check(without_environment(rest))
    else:
        pytest.fail(f"{words}: is {program} ours or not?")


def check_python(words: list[str]) -> None:
    if words[0] == "-m":
        return
    assert (CHECKOUT / words[0]).exists(), words
    if words[0] == "manage.py":
        assert words[1] in get_commands(), words


def check_sdk_command(words: list[str]) -> None:
    """The words name a command, and it knows their options."""
    command = typer.main.get_command(app)
    while hasattr(command, "commands"):
        assert words, "a group of commands is no command"
        name, *words = words
        assert name in command.commands, f"chroma-sdk has no {name}"
        command = command.commands[name]
    command.make_parser(command.context_class(command)).parse_args(list(words))
