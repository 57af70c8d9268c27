"""What is wrong with rows of a file: the first problems in words, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyroaring import BitMap

MOST_KEPT = 100
LONGEST_MESSAGE = 500


def keepable(text: str) -> str:
    """The text as every database can keep it."""
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}")


@dataclass
class Problems:
    """Rows are counted from 1, as people do; row 0 is the file as a whole."""

    count: int = 0
    first: list[dict[str, object]] = field(default_factory=list)
    rows: BitMap = field(default_factory=BitMap)
    _told: set[tuple[int, str]] = field(default_factory=set)

    def add(self, row: int, column: str, message: str) -> None:
        """Tell of a cell; the first thing that is wrong with it is enough."""
        if (row, column) in self._told:
            return
        self._told.add((row, column))
        self.count += 1
        self.rows.add(row)
        if len(self.first) < MOST_KEPT:
            shown = {"column": column[:300], "message": message[:LONGEST_MESSAGE]}
            self.first.append({"row": row} | {name: keepable(text) for name, text in shown.items()})

    @property
    def concerns_whole_file(self) -> bool:
        return 0 in self.rows

    def sentence(self) -> str:
        """The first problem, and how many others there are."""
        first = self.first[0]
        where = f"Row {first['row']:,}, column {first['column']!r}" if first["row"] else f"Column {first['column']!r}"
        more = f" There are {self.count - 1:,} more problems." if self.count > 1 else ""
        return f"Nothing was imported. {where}: {first['message']}{more}"
