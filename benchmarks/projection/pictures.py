"""Pictures of the compared maps, side by side: a row for each data set, a column for each engine.

python benchmarks/projection/pictures.py FOLDER PICTURE.png --data NAME ... --engines NAME ...
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SIDE = 360
MARGIN = 14
HEAD = 30
# Okabe and Ito's colours, which people of all kinds of sight can tell apart, and mixtures of them.
COLOURS = np.array(
    [
        (0, 114, 178), (230, 159, 0), (0, 158, 115), (204, 121, 167), (86, 180, 233), (213, 94, 0), (140, 130, 0),
        (110, 80, 160), (120, 120, 120), (150, 60, 60),
    ],
    dtype=np.float64,
)  # fmt: skip


def main() -> None:
    """Draw the maps that compare.py left."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--data", nargs="+", required=True)
    parser.add_argument("--engines", nargs="+", required=True)
    options = parser.parse_args()
    size = (len(options.engines) * (SIDE + MARGIN) + MARGIN, len(options.data) * (SIDE + HEAD + MARGIN) + MARGIN)
    sheet = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=14)
    for line, name in enumerate(options.data):
        for column, engine in enumerate(options.engines):
            left, top = MARGIN + column * (SIDE + MARGIN), MARGIN + line * (SIDE + HEAD + MARGIN)
            draw.text((left, top), f"{name} · {engine}", fill=(60, 60, 60), font=font)
            path = options.folder / "maps" / f"{name} {engine}.npz"
            if path.exists():
                stored = np.load(path)
                sheet.paste(Image.fromarray(picture(stored["positions"], stored["labels"])), (left, top + HEAD))
            else:
                draw.text((left, top + HEAD), "not run", fill=(120, 120, 120), font=font)
    sheet.save(options.picture, optimize=True)


def picture(positions, labels):
    """Draw one map as an (SIDE, SIDE, 3) array: each pixel the mixture of its points' colours, denser ones darker."""
    low, high = np.percentile(positions, [0.05, 99.95], axis=0)
    scale = (SIDE - 12) / max(high - low)
    places = ((positions - (low + high) / 2) * scale + SIDE / 2).astype(int)
    inside = ((places >= 1) & (places < SIDE - 1)).all(axis=1)
    x, y = places[inside].T
    colours = COLOURS[np.asarray(labels)[inside] % len(COLOURS)]
    counts, sums = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE, 3))
    spots = ((0, 0), (0, 1), (1, 0), (1, 1)) if len(x) < 30_000 else ((0, 0),)
    for down, right in spots:
        np.add.at(counts, (SIDE - 1 - y + down - 1, x + right - 1), 1)
        np.add.at(sums, (SIDE - 1 - y + down - 1, x + right - 1), colours)
    strength = (counts / (counts + 0.6 * max(1.0, np.median(counts[counts > 0]))))[..., None]
    mixed = sums / np.maximum(counts, 1)[..., None]
    return (255 * (1 - strength) + mixed * strength).astype(np.uint8)


if __name__ == "__main__":
    main()
