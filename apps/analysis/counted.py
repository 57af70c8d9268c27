from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """A count with its noun, as in "1 datapoint" and "2,000 datapoints"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
