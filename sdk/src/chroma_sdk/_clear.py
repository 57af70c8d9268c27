"""CLEAR, the value that removes what is stored where None leaves it."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal


class Clear(Enum):
    """The type of `chroma_sdk.CLEAR`."""

    CLEAR = "CLEAR"

    def __repr__(self) -> str:
        return "chroma_sdk.CLEAR"


CLEAR: Final[Literal[Clear.CLEAR]] = Clear.CLEAR
