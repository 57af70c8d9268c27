"""What people may call things."""

from __future__ import annotations

import unicodedata

from apps.common.errors import BadUserInput, LimitExceeded

LONGEST_SEARCH = 200


def is_keepable(text: str) -> bool:
    """Whether a database may hold the text, and so can be asked for it: PostgreSQL knows no U+0000."""
    return "\x00" not in text


def clean_search(text: str) -> str:
    """Words to search for, without outer blanks. Databases compare no patterns of any length."""
    words = text.strip()
    if len(words) > LONGEST_SEARCH:
        raise LimitExceeded(f"A search may have {LONGEST_SEARCH} characters, not {len(words):,}.", field="search")
    return words


def clean_name(name: str, *, what: str, field: str = "name", at_most: int = 100) -> str:
    """Return the name in Unicode normal form C without outer blanks.

    Raises BadUserInput where it is empty, too long, or holds characters that do not show (controls, direction marks).
    """
    cleaned = unicodedata.normalize("NFC", name).strip()
    hidden = next((char for char in cleaned if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}), None)
    if hidden is not None:
        raise BadUserInput(
            f"{what} holds the character U+{ord(hidden):04X}, which does not show; leave it out.", field=field
        )
    if not 1 <= len(cleaned) <= at_most:
        raise BadUserInput(f"{what} must have 1 to {at_most} visible characters, not {len(cleaned)}.", field=field)
    return cleaned
