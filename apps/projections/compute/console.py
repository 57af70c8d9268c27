"""Maps from the command line: vectors in a file, positions in another."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from apps.projections.compute.tables import KINDS, read_vectors, write_positions
from apps.projections.compute.umap import ENGINES, METRICS, MODES, umap

BAR = 30


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a map of a file's vectors; the result is 0, or 2 where that cannot be done."""
    parser = _parser()
    options = vars(parser.parse_args(arguments))
    source, target = options.pop("vectors"), options.pop("positions")
    column, start, quiet = options.pop("column"), options.pop("start"), options.pop("quiet")
    try:
        if target.suffix not in KINDS:
            raise ValueError(f"{target} must end in {' or '.join(KINDS)}.")
        if start is not None:
            options["start"] = read_vectors(start)
        positions = umap(read_vectors(source, column), callback=None if quiet else show, **options)
        if not quiet:
            sys.stderr.write("\n")
        write_positions(target, positions)
    except (ValueError, OSError) as problem:
        sys.stderr.write(f"{parser.prog}: {problem}\n")
        return 2
    return 0


def show(phase: str, fraction: float | None, _: Any) -> bool:
    """Draw how far the work is, over what stood there."""
    filled = 0 if fraction is None else round(BAR * fraction)
    share = "    " if fraction is None else f"{fraction:4.0%}"
    sys.stderr.write(f"\r{'█' * filled}{'·' * (BAR - filled)} {share}  {phase:<24}")
    sys.stderr.flush()
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="chroma-project",
        description="Project vectors to a map by UMAP.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("vectors", type=Path, help=".npy of shape (n, d), or .parquet with a column of lists or columns of numbers")
    add("positions", type=Path, help="what to write: .npy of shape (n, 2), or .parquet with columns x, y")
    add("--column", help="the column of lists in a .parquet file, where it has several")
    add("--n-neighbors", type=int, default=15, help="how many neighbours define what is near")
    add("--min-dist", type=float, default=0.1, help="how close together near points may lie")
    add("--spread", type=float, default=1.0, help="the scale on which points spread out")
    add("--metric", choices=METRICS, default="euclidean", help="the distance between vectors")
    add("--n-epochs", type=int, help="steps of the optimisation; chosen by size where not given")
    add("--seed", dest="random_state", type=int, help="the same seed gives the same map")
    add("--engine", choices=ENGINES, default="chroma", help="which implementation computes")
    add("--mode", choices=MODES, default="standard", help="fast: half as many epochs, a little less true")
    add("--n-components", type=int, default=2, help="dimensions of the map")
    add("--start", type=Path, help="positions to start from, in a file as the vectors'")
    add("--learning-rate", type=float, default=1.0, help="how far points move at first")
    add("--densmap", action="store_true", help="let densities show as densities (engine umap-learn)")
    add("--n-threads", type=int, help="all processors where not given")
    add("--quiet", action="store_true", help="no progress bar")
    return parser
