"""Tags put on and taken off by two people who also undo: what is tagged is what plain sets say."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from apps.accounts.actor import Actor
from apps.curation.models import Selection
from apps.curation.services import tag_selection, untag_selection
from apps.curation.services.selections import create_selection
from apps.datasets import bitmaps
from apps.datasets.models import TagMembership
from apps.datasets.services import create_tag, delete_tag, rename_tag
from tests.data import make_dataset
from tests.truth.machines import walk

pytestmark = pytest.mark.holds(30, 27)

numbers = count()
people, names = st.sampled_from(["alice", "bob"]), st.sampled_from(["odd", "even"])
choices = st.sets(st.integers(0, 11), min_size=1, max_size=6)


class Tags(RuleBasedStateMachine):
    project, actors = None, {}

    def __init__(self) -> None:
        super().__init__()
        number = next(numbers)
        self.dataset = make_dataset(self.project, f"tags {number}", count=12)
        self.names = {name: f"{name} {number}" for name in ("odd", "even")}
        self.tags = {
            name: create_tag(actor=self.actors["alice"], project=self.project, name=full)
            for name, full in self.names.items()
        }
        self.held: dict[str, set[int]] = {"odd": set(), "even": set()}
        # What can be undone: (tag, whether it was put on, the selection of what changed, these rows)
        self.done: list[tuple[str, bool, Selection, set[int]]] = []

    @rule(who=people, name=names, rows=choices, is_on=st.booleans(), times=st.integers(1, 2))
    def change(self, who, name, rows, is_on, times):
        """The second time is the first whose reply was lost."""
        selection = create_selection(
            actor=self.actors[who], project=self.project, rows={self.dataset: bitmaps.BitMap(rows)}
        )
        for _ in range(times):
            self.act(who, name, selection, rows, is_on=is_on)

    @rule(who=people, place=st.integers(0, 5))
    def undo(self, who, place):
        """Also of what others did, and of an undo, which does it again."""
        if place < len(self.done):
            name, was_on, selection, rows = self.done[-1 - place]
            if selection is not None:
                self.act(who, name, selection, rows, is_on=not was_on)

    @rule(who=people, name=names)
    def rename(self, who, name):
        self.names[name] = f"{name} {next(numbers)}"
        rename_tag(actor=self.actors[who], tag=self.tags[name], name=self.names[name])

    @rule(who=people, name=names, really=st.integers(0, 3))
    def delete(self, who, name, really):
        if not really:
            delete_tag(actor=self.actors[who], tag=self.tags[name])
            self.tags[name] = create_tag(actor=self.actors[who], project=self.project, name=self.names[name])
            self.held[name] = set()

    @invariant()
    def tags_are_what_sets_say(self):
        for name, tag in self.tags.items():
            membership = TagMembership.objects.filter(tag=tag, dataset=self.dataset).first()
            rows = set(bitmaps.load(membership.rows)) if membership else set()
            assert rows == self.held[name]
            assert membership is None or membership.datapoint_count == len(rows)

    def act(self, who, name, selection, rows, *, is_on):
        wanted = self.held[name] | rows if is_on else self.held[name] - rows
        service = tag_selection if is_on else untag_selection
        done = service(actor=self.actors[who], selection=selection, name=self.names[name])
        changed = self.held[name] ^ wanted
        assert done.changed_count == len(changed)
        self.held[name] = wanted
        self.done.append((name, is_on, done.undo_selection, changed))


def test_tags_are_what_plain_sets_say(alice, bob, project):
    Tags.project, Tags.actors = project, {"alice": Actor(user=alice), "bob": Actor(user=bob)}
    walk(Tags, examples=15, steps=20)
