"""A progress bar on stderr: shown in terminals and notebooks, silent in logs and where `quiet` is asked for."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from tqdm import tqdm


class Progress:
    """Counted work on the way."""

    def __init__(self, title: str, total: float | None, *, unit: str = " rows", quiet: bool = False) -> None:
        self.title = title
        self._bar = tqdm(
            total=total,
            desc=title,
            unit=unit,
            unit_scale=True,
            disable=quiet or not _somebody_watches(),
            dynamic_ncols=True,
            file=sys.stderr,
        )

    def advance(self, amount: float) -> None:
        """Add to what is done."""
        self._bar.update(amount)

    def show(self, title: str, fraction: float | None) -> None:
        """Show a phase and how far it is (None: it cannot be counted)."""
        self._bar.set_description(title, refresh=False)
        if fraction is not None and self._bar.total is not None:
            self._bar.n = fraction * self._bar.total
        self._bar.refresh()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()


def _somebody_watches() -> bool:
    return sys.stderr.isatty() or "ipykernel" in sys.modules
