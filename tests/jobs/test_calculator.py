"""The compute process, called without a worker around it."""

from __future__ import annotations

import uuid

import numpy as np
import pytest

from apps.jobs.calculator import Calculator, CalculatorRefused
from apps.jobs.scratch import Scratch

PCA = "apps.projections.compute.pca:pca"
UMAP = "apps.projections.compute.umap:umap"


@pytest.fixture
def calculator():
    made = Calculator()
    yield made
    made.stop()


@pytest.fixture
def call(calculator):
    """call(function, array, **arguments) -> the result."""

    def call(function, array, *, on_progress=lambda *_: None, on_tick=lambda: None, **arguments):
        with Scratch(uuid.uuid4()) as scratch:
            return calculator.call(
                function, [array], arguments, scratch=scratch, on_progress=on_progress, on_tick=on_tick
            )

    return call


def test_arrays_go_there_and_back(call):
    heard = []
    vectors = np.random.default_rng(0).normal(size=(50, 4))
    positions = call(PCA, vectors, on_progress=lambda *news: heard.append(news))
    assert positions.shape == (50, 2)
    assert heard[0] == ("Checking the vectors", None)


def test_a_refusal_comes_back_as_a_sentence(call):
    with pytest.raises(CalculatorRefused, match="needs at least 2 vectors; there are 1"):
        call(PCA, np.ones((1, 2)))


def test_a_bug_comes_back_with_its_traceback(call):
    with pytest.raises(RuntimeError, match="unexpected keyword argument 'colour'"):
        call(PCA, np.ones((3, 2)), colour="red")


@pytest.mark.parametrize("function", ["os:system", "apps.jobs.runner:run_next", "apps.x.compute.y:_z", "builtins:eval"])
def test_only_array_functions_can_be_called(call, function):
    with pytest.raises(CalculatorRefused, match="is no array function"):
        call(function, np.ones((3, 2)))


def test_what_interrupts_a_call_leaves_the_process_fit_for_the_next(call, calculator):
    class Stop(Exception):
        pass

    def stop(phase, fraction):
        raise Stop

    with pytest.raises(Stop):
        call(PCA, np.ones((3, 2)), on_progress=stop)
    assert call(PCA, np.eye(3)).shape == (3, 2)


@pytest.mark.holds(21)
def test_a_call_that_needs_too_much_memory_is_stopped_and_says_so(call, settings):
    settings.CHROMA_JOB_MEMORY = 32 * 2**20
    with pytest.raises(CalculatorRefused, match="GiB of memory, the limit of this worker"):
        call(UMAP, np.random.default_rng(0).normal(size=(3000, 50)))
    settings.CHROMA_JOB_MEMORY = 2**40
    assert call(PCA, np.eye(3)).shape == (3, 2)
