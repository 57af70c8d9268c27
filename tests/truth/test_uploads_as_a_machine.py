"""Upload sessions by a client whose replies get lost: it does everything again, and nothing is there twice."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from apps.datasets.models import Datapoint, Dataset, Upload
from apps.datasets.services.datasets import create_dataset, delete_dataset
from tests.logging.upload import Uploader, declaration_of, stream_of, table_of
from tests.truth.machines import walk

pytestmark = pytest.mark.holds(27)

numbers = count()
# The bodies overlap in their keys, so that the same rows are logged under several sessions.
BODIES = [
    {"key": [f"k{row}" for row in range(start, start + 4)], "label": [f"from {start}"] * 4} for start in (0, 2, 3)
]
KEYS, CHUNK = ("a", "b"), 300
CONTENTS = [stream_of(table_of(body)) for body in BODIES]
sessions, bodies = st.sampled_from(KEYS), st.sampled_from(range(len(BODIES)))


class Uploads(RuleBasedStateMachine):
    actor = client = project = None

    def __init__(self) -> None:
        super().__init__()
        self.dataset = create_dataset(actor=self.actor, project=self.project, name=f"uploads {next(numbers)}")
        self.uploader = Uploader(self.client, self.dataset)
        # What the client holds for true: which body each session has, which chunks were taken, what was reported.
        self.declared: dict[str, int] = {}
        self.ids: dict[str, str] = {}
        self.taken: dict[str, set[int]] = {}
        self.reports: dict[str, dict] = {}
        self.rows: dict[str, str] = {}
        self.is_deleted = False

    @rule(key=sessions, body=bodies)
    def declare(self, key, body):
        content = CONTENTS[self.declared.get(key, body)]
        other = CONTENTS[body]
        answer = self.uploader.declare_exactly(declaration_of(other, 4, key=key, chunk_bytes=CHUNK))
        if self.is_deleted:
            assert answer.status_code == 404
        elif other != content:
            assert (answer.status_code, answer.json()["error"]["code"]) == (409, "IDEMPOTENCY_CONFLICT")
        else:
            assert answer.status_code == (200 if key in self.declared else 201)
            self.declared[key], self.ids[key] = body, answer.json()["id"]
            missing = set(range(-(-len(content) // CHUNK))) - self.taken.setdefault(key, set())
            assert answer.json()["missing_chunks"] == ([] if key in self.reports else sorted(missing))

    @rule(key=sessions, data=st.data(), times=st.integers(1, 3))
    def send(self, key, data, times):
        if key not in self.declared:
            return
        content = CONTENTS[self.declared[key]]
        chunks = [content[start : start + CHUNK] for start in range(0, len(content), CHUNK)]
        for number in data.draw(st.permutations(range(len(chunks)))) * times:
            answer = self.uploader.send(self.ids[key], number, chunks[number])
            if self.is_deleted:
                assert answer.status_code == 404
            elif key in self.reports:
                assert answer.status_code == 409
            else:
                assert answer.status_code == 200
                self.taken[key].add(number)

    @rule(key=sessions)
    def send_something_else(self, key):
        if self.taken.get(key) and not self.is_deleted:
            number, content = min(self.taken[key]), CONTENTS[self.declared[key]]
            size = len(content[number * CHUNK : (number + 1) * CHUNK])
            assert self.uploader.send(self.ids[key], number, b"x" * size).status_code == 409

    @rule(key=sessions, times=st.integers(1, 5))
    def commit(self, key, times):
        if key not in self.declared:
            return
        body = BODIES[self.declared[key]]
        is_whole = len(self.taken[key]) * CHUNK >= len(CONTENTS[self.declared[key]])
        for _ in range(times):
            answer = self.uploader.commit(self.ids[key])
            if self.is_deleted:
                assert answer.status_code == 404
            elif key not in self.reports and not is_whole:
                assert answer.status_code == 409
            else:
                report = answer.json()["report"]
                assert self.reports.setdefault(key, report | {"new": self.log(body)})["new"] == report["added"]

    @rule(key=sessions)
    def expire(self, key):
        if key in self.declared and not self.is_deleted:
            Upload.objects.filter(pk=self.ids[key]).update(expires_at=timezone.now() - timedelta(seconds=1))
            assert self.uploader.look(self.ids[key]).status_code == 404
            for known in (self.declared, self.ids, self.taken, self.reports):
                known.pop(key, None)

    @rule(really=st.integers(0, 9))
    def delete_the_dataset(self, really):
        if not really and not self.is_deleted:
            delete_dataset(actor=self.actor, dataset=self.dataset, confirm_name=self.dataset.name)
            self.is_deleted = True

    @invariant()
    def every_key_is_there_once(self):
        stored = Datapoint.objects.filter(dataset=self.dataset).values_list("key", "category__name")
        assert sorted(stored) == sorted(self.rows.items())
        now = Dataset.objects.get(pk=self.dataset.pk)
        assert (now.datapoint_count, now.next_row) == (len(self.rows), len(self.rows))

    def log(self, body) -> int:
        """What a commit does to the rows; says how many of them are new."""
        before = len(self.rows)
        self.rows |= dict(zip(body["key"], body["label"], strict=True))
        return len(self.rows) - before


def test_a_client_whose_replies_get_lost_logs_everything_once(actor, project, client_for, alice):
    Uploads.actor, Uploads.project, Uploads.client = actor, project, client_for(alice)
    walk(Uploads, examples=15, steps=16)
