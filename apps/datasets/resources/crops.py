"""Which part of an image a small picture shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

# Regions are cut on this grid, so that nearly equal ones are one picture.
GRID = 10_000
AROUND_OBJECTS = 0.2
MOST_PADDING = 1.0
PADDING_STEPS = 20
# What is shown beyond the image's edge.
PLAIN = "#808080"


@dataclass(frozen=True)
class Crop:
    """A region of an image and how much of its sides is shown around it, both on the grid."""

    x: int
    y: int
    width: int
    height: int
    padding: float

    @classmethod
    def of(cls, region: Sequence[float], padding: float = AROUND_OBJECTS) -> Crop:
        """The crop of a normalised region: x, y, width, height."""
        x, y, width, height = (round(value * GRID) for value in region)
        return cls(x, y, max(width, 1), max(height, 1), round(padding * PADDING_STEPS) / PADDING_STEPS)

    @property
    def name(self) -> str:
        """The region as it stands in an address."""
        return ",".join(f"{value / GRID:g}" for value in (self.x, self.y, self.width, self.height))

    def box_in(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in an image of this size, with the padding: may lie outside it."""
        left = (self.x - self.padding * self.width) * width / GRID
        top = (self.y - self.padding * self.height) * height / GRID
        right = (self.x + (1 + self.padding) * self.width) * width / GRID
        bottom = (self.y + (1 + self.padding) * self.height) * height / GRID
        first_x, first_y = min(math.floor(left), width - 1), min(math.floor(top), height - 1)
        return first_x, first_y, max(math.ceil(right), first_x + 1, 1), max(math.ceil(bottom), first_y + 1, 1)


def cut(image: Image.Image, crop: Crop, size: int) -> Image.Image:
    """Draw the crop at most size x size pixels large; never larger than it is."""
    left, top, right, bottom = crop.box_in(*image.size)
    scale = min(1.0, size / max(right - left, bottom - top))
    inside = (max(left, 0), max(top, 0), min(right, image.width), min(bottom, image.height))
    # Scaled before it is padded: the padding of a large image would be larger still.
    drawn = (_scaled(inside[2] - inside[0], scale), _scaled(inside[3] - inside[1], scale))
    part = image.resize(drawn, Image.Resampling.LANCZOS, box=inside, reducing_gap=2.0)
    canvas = Image.new(image.mode, (_scaled(right - left, scale), _scaled(bottom - top, scale)), PLAIN)
    canvas.paste(part, (round((inside[0] - left) * scale), round((inside[1] - top) * scale)))
    return canvas


def _scaled(length: int, scale: float) -> int:
    return max(round(length * scale), 1)
