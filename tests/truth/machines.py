"""How state machines run here: the same walk every time, each on things of its own within one database."""

from __future__ import annotations

from hypothesis import Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def walk(machine: type[RuleBasedStateMachine], *, examples: int, steps: int) -> None:
    """Derandomised: a failure that was found once is found by everybody. Walks are short, so none is shortened."""
    walks = settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
    )
    run_state_machine_as_test(machine, settings=walks)
