"""The catalogue of bad inputs: what stands in the YAML files beside this one, as cases.

A case is one bad input and the answer that it must get:

    - id: C1.blank                     the row of the catalogue, then a name
      entry: mutation createTag        the door: METHOD /path · query · mutation NAME · upload · socket · sdk · command
      as: bob                          who knocks (see doors.py); bob, an editor, where it says nothing
      input: {projectId: $project, name: " "}
      code: BAD_USER_INPUT
      message: 1 to 100 visible        a regular expression
      field: name

`$project` and its like are ids of the world. `!make [name, …]` calls a function of builders.py, for what YAML cannot
hold. A row without cases says why: `not_applicable`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.badinputs import builders

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Made:
    """A value that a builder makes when a test asks for it."""

    builder: str
    arguments: tuple[Any, ...]

    def value(self) -> Any:
        return getattr(builders, self.builder)(*map(_made, self.arguments))


def _made(value: Any) -> Any:
    return value.value() if isinstance(value, Made) else value


@dataclass(frozen=True, kw_only=True)
class Case:
    id: str
    entry: str | Made
    who: str = "bob"
    input: Any = None
    # What an entry takes besides its input: headers, variables, declared, …
    options: dict[str, Any] = field(default_factory=dict)
    # Named in setups.py: what is made before.
    setup: str = ""
    status: int | None = None
    code: str = "BAD_USER_INPUT"
    message: str
    field: str | Made | None = None
    holds: tuple[int, ...] = ()
    note: str = ""

    @property
    def door(self) -> str:
        """The first word of its entry."""
        return str(self.entry.value() if isinstance(self.entry, Made) else self.entry).partition(" ")[0]

    @property
    def row(self) -> str:
        """The row of the catalogue that it belongs to."""
        return self.id.partition(".")[0]


class _Loader(yaml.SafeLoader):
    """YAML with `!make`."""


def _make(loader: _Loader, node: yaml.Node) -> Made:
    if isinstance(node, yaml.ScalarNode):
        return Made(str(loader.construct_scalar(node)), ())
    name, *arguments = loader.construct_sequence(node, deep=True)
    return Made(name, tuple(arguments))


_Loader.add_constructor("!make", _make)


@cache
def documents() -> dict[str, dict[str, Any]]:
    """Every file of the catalogue by its name."""
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader) for path in sorted(FOLDER.glob("*.yaml"))
    }


def cases(*, live: bool = False) -> list[Case]:
    """Those that need a running server, or the others."""
    return [
        _case({**document.get("defaults", {}), **written})
        for document in documents().values()
        if document.get("live", False) == live
        for written in document["cases"]
    ]


def not_applicable() -> dict[str, str]:
    """Rows of the catalogue that have no case, and why."""
    return {row: why for document in documents().values() for row, why in document.get("not_applicable", {}).items()}


def _case(written: dict[str, Any]) -> Case:
    own = {name: written.pop(name) for name in list(written) if name in Case.__dataclass_fields__}
    if "as" in written:
        own["who"] = written.pop("as")
    return Case(**own | {"holds": tuple(own.get("holds", ()))}, options=written)
