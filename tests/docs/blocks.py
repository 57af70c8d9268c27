"""The code blocks of the documentation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
FENCED = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A piece of code in a page, and the line of the page that it begins at."""

    page: str
    line: int
    language: str
    code: str

    def run(self, names: dict) -> None:
        """Run Python code; a traceback names the page and its line."""
        padded = "\n" * self.line + self.code
        exec(compile(padded, self.page, "exec"), names)


def blocks_of(page: str, language: str) -> list[Block]:
    """The blocks of a page in one language, in order."""
    text = (CHECKOUT / page).read_text()
    return [
        Block(page, text.count("\n", 0, found.start()) + 1, found[2], found[3])
        for found in FENCED.finditer(text)
        if found[2] == language
    ]


def pages_with(language: str) -> list[str]:
    """The pages that have blocks in a language."""
    pages = ["README.md", *(f"docs/{path.name}" for path in sorted((CHECKOUT / "docs").glob("*.md")))]
    return [page for page in pages if blocks_of(page, language)]
