"""The loop: break the first effect of an operation, then the second, … until it runs through unbroken."""

from __future__ import annotations

from collections.abc import Callable

from tests.truth.effects import Effects
from tests.truth.invariants import check_invariants
from tests.truth.scene import Failed, Scene
from tests.truth.snapshots import Snapshot
from tests.truth.state import State, difference, state_of_everything
from tests.truth.write_paths import WritePath

# act, broken at this effect -> whether anything broke
Break = Callable[[int], bool]


class Loop:
    """One operation, tried from one beginning again and again."""

    def __init__(self, path: WritePath, scene: Scene) -> None:
        self.path, self.scene = path, scene
        self.prepared = path.prepare(scene)
        self.start = Snapshot()
        self.before = self.state()
        self.act()
        self.after = self.state()
        check_invariants()

    def state(self) -> State:
        return state_of_everything(jobs=not self.path.is_job)

    def act(self, *, again: bool = False) -> None:
        """Do it once. The client has signed in before, which is another operation."""
        payload = self.path.act(self.scene, self.prepared)
        refused = {error["code"] for error in payload["errors"]} if isinstance(payload, dict) else set()
        allowed = self.path.settled if again else set()
        assert refused <= allowed, payload

    def raising(self, number: int, *, statements: bool) -> list[str] | None:
        """Act, broken at the effect with this number; what was seen, or None where there are fewer effects."""
        self.scene.sign_in()
        with Effects(break_at=number, statements=statements) as effects:
            try:
                self.act()
            except Failed:
                assert effects.is_broken, "it failed although nothing was broken"
        return effects.seen if effects.is_broken else None

    def check(self, what: str) -> None:
        """Nothing is half done, and a plain retry does the rest."""
        check_invariants()
        now = self.state()
        if not self.path.has_steps:
            between = f"broken at {what}, it is neither before:\n{difference(self.before, now)}\nnor after:\n"
            assert now in (self.before, self.after), between + difference(self.after, now)
        self.scene.recover()
        self.scene.sign_in()
        try:
            self.act(again=True)
        except Failed as problem:
            raise AssertionError(f"broken at {what}, the retry fails") from problem
        left = difference(self._comparable(self.after), self._comparable(self.state()))
        assert not left, f"broken at {what} and tried again, it differs from an unbroken one:\n{left}"
        check_invariants()

    def _comparable(self, state: State) -> State:
        return {name: rows for name, rows in state.items() if name not in self.path.repeats}


def break_every_effect(path: WritePath, scene: Scene, *, statements: bool = True) -> list[str]:
    """Raise at each effect in turn; returns what they are."""
    loop = Loop(path, scene)
    number, effects = 1, []
    while True:
        loop.start.restore()
        seen = loop.raising(number, statements=statements)
        if seen is None:
            return effects
        effects.append(seen[-1])
        loop.check(f"effect {number} ({seen[-1]})")
        number += 1
