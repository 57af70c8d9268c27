"""Whoever gets a code finds it in docs/errors.md, with what to do."""

from __future__ import annotations

import re

import pytest
from chroma_sdk._errors import _KINDS

from apps.common.errors import ChromaError
from tests.live import CHECKOUT

pytestmark = pytest.mark.holds(40)
PAGE = (CHECKOUT / "docs" / "errors.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([A-Z_]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def kinds(kind: type[ChromaError] = ChromaError) -> set[type[ChromaError]]:
    return {kind}.union(*map(kinds, kind.__subclasses__()))


def test_every_code_stands_in_the_table_with_its_status():
    told = {code: status for code, status, _, _ in ROW.findall(PAGE)}
    for kind in kinds():
        assert str(kind.status) in told[kind.code], f"{kind.__name__}: {kind.code} {kind.status}"


def test_the_sdk_knows_every_code():
    assert {code for code, *_ in ROW.findall(PAGE)} == set(_KINDS)
    for code, kind in _KINDS.items():
        assert kind.__name__ in PAGE, code


def test_the_page_is_linked():
    assert "(errors.md)" in (CHECKOUT / "docs" / "README.md").read_text(encoding="utf-8")
    assert "- errors.md" in (CHECKOUT / "mkdocs.yml").read_text(encoding="utf-8")
