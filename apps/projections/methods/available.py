"""Whether the libraries of optional methods are installed on this server."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec

INSTALL = "Install chroma-server[methods] on the server."


def needs(module: str) -> Callable[[], str | None]:
    """A question that is answered by the reason why the module is not there, or None; it is not imported for that."""
    return lambda: None if find_spec(module) else INSTALL


@cache
def cuml_missing() -> str | None:
    """Why there is no cuML; asked once, as it looks for a device."""
    reason: str | None = import_module("apps.projections.compute.cuml").missing()
    return reason
