"""The curve that turns distances on the map into memberships, and the forces that follow from it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# The tables hold 64 steps for each doubling of a squared distance from 2**-16 to 2**20: the step is read off the top
# bits of the float, and is so short that no force is off by more than about one in a hundred.
STEP_BITS = 17
FIRST_STEP = (127 - 16) << 6
STEPS = 36 << 6
# Keeps the repulsion finite where points coincide.
SOFTENING = 0.001


class Forces(NamedTuple):
    """Both forces by squared distance, as factors of the difference of two positions."""

    attraction: NDArray[np.float32]
    repulsion: NDArray[np.float32]


def fit_curve(min_dist: float, spread: float) -> tuple[float, float]:
    """Find a and b for which 1 / (1 + a d^2b) is nearest to the wanted membership at distance d.

    That is 1 up to `min_dist` and falls off as exp(-(d - min_dist) / spread) from there: least squares over 300
    distances up to three times the spread, as umap-learn does, by Levenberg and Marquardt's method.

    Parameters
    ----------
    min_dist : float
        0 or more, in units of the map.
    spread : float
        More than 0, in units of the map.

    Returns
    -------
    a, b : float
    """
    # In units of the spread, where the start of the search is near its end; at distance 0 every curve is right.
    distances = np.linspace(0, 3, 300)[1:]
    wanted = np.where(distances < min_dist / spread, 1.0, np.exp(min_dist / spread - distances))
    logs = 2 * np.log(distances)
    parameters, damping = np.array([1.0, 1.0]), 1e-3
    missed = _missed(parameters, logs, wanted)
    for _ in range(200):
        power = np.exp(parameters[1] * logs)
        fall = -1 / (1 + parameters[0] * power) ** 2
        slopes = np.stack([fall * power, fall * parameters[0] * power * logs], axis=1)
        normal = slopes.T @ slopes
        step = np.linalg.solve(normal + damping * np.diag(np.diag(normal)), -slopes.T @ missed)
        tried = _missed(parameters + step, logs, wanted)
        if tried @ tried < missed @ missed:
            parameters, missed, damping = parameters + step, tried, damping / 5
            if np.abs(step).max() < 1e-10:
                break
        else:
            damping *= 5
            if damping > 1e12:
                break
    a, b = float(parameters[0]), float(parameters[1])
    return a * spread ** (-2 * b), b


def tabulate_forces(a: float, b: float, gamma: float = 1.0) -> Forces:
    """Write down both forces of the curve with these parameters.

    Parameters
    ----------
    a, b : float
        What `fit_curve` gives.
    gamma : float, default=1.0
        Weight of the repulsion.

    Returns
    -------
    Forces
        Two arrays of shape (2304,); entry i holds for squared distances whose float32 bits, shifted right by 17, are
        `FIRST_STEP` + i. Attraction is negative.
    """
    bits = ((np.arange(FIRST_STEP, FIRST_STEP + STEPS, dtype=np.int64) << STEP_BITS) + (1 << (STEP_BITS - 1))).astype(
        np.int32
    )
    squared = bits.view(np.float32).astype(np.float64)
    power = a * squared**b
    attraction = -2 * b * power / squared / (1 + power)
    repulsion = 2 * gamma * b / ((SOFTENING + squared) * (1 + power))
    return Forces(attraction.astype(np.float32), repulsion.astype(np.float32))


def _missed(
    parameters: NDArray[np.float64], logs: NDArray[np.float64], wanted: NDArray[np.float64]
) -> NDArray[np.float64]:
    with np.errstate(over="ignore"):
        missed: NDArray[np.float64] = 1 / (1 + parameters[0] * np.exp(parameters[1] * logs)) - wanted
    return missed
