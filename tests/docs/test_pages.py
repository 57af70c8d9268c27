"""What the pages for people say must be true of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


def read(path: str) -> str:
    return (CHECKOUT / path).read_text()


def test_every_environment_variable_is_documented() -> None:
    names = set(re.findall(r'"((?:CHROMA|DATABASE|REDIS)_[A-Z_]+)"', read("chroma_site/environment.py")))
    documented = read("docs/hosting.md") + read("docs/development.md")
    assert len(names) > 5
    assert {name for name in names if f"`{name}`" not in documented} == set()


def test_every_make_target_is_documented() -> None:
    targets = set(re.findall(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)[0].split()) - {"help"}
    documented = read("docs/development.md")
    assert {target for target in targets if f"`make {target}`" not in documented} == set()


@pytest.mark.parametrize("page", [path.name for path in (CHECKOUT / "docs").glob("*.md")])
def test_every_page_is_in_the_index(page: str) -> None:
    assert page == "README.md" or f"]({page})" in read("docs/README.md")


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{path.name}" for path in (CHECKOUT / "docs").glob("*.md"))])
def test_links_to_files_lead_somewhere(page: str) -> None:
    folder = (CHECKOUT / page).parent
    links = [link for link in re.findall(r"\]\(([^)#]+)", read(page)) if "://" not in link]
    assert [link for link in links if not (folder / link).exists()] == []


@pytest.mark.parametrize("lock", ["constraints.txt", "frontend/package-lock.json"])
def test_lock_files_name_no_registry(lock: str) -> None:
    # An option on a line of its own would say where packages come from; hashes are indented.
    assert re.findall(r'^--.*|"resolved": "\w+://.*', read(lock), re.MULTILINE) == []
