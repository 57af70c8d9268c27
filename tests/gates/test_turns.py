"""Who is worked for next, and whose bodies find room: no user takes what another needs."""

from __future__ import annotations

import asyncio
import random

import pytest

from apps.common.errors import RateLimited, RetryLater
from chroma_site.server.budget import BodyBudget
from chroma_site.server.limits import Limits
from chroma_site.server.turns import Turns

pytestmark = pytest.mark.holds(23)


def counts(turns):
    return {caller: len(own) for caller, own in turns.running.items()}


def test_a_user_alone_has_all_their_turns_and_gives_way_to_who_comes(monkeypatch):
    async def scene():
        turns = Turns(Limits(running_a_user=4))
        alice = [await turns.take("alice") for _ in range(4)]
        waiting = [asyncio.create_task(turns.take("alice")) for _ in range(6)]
        await asyncio.sleep(0)
        # Whoever comes new waits for nobody.
        bob = await asyncio.wait_for(turns.take("bob"), 0.1)
        for _ in range(3):
            alice.pop().end()
            await asyncio.sleep(0)
        assert counts(turns) == {"alice": 1, "bob": 1}
        bob.end()
        alice.pop().end()
        await asyncio.sleep(0)
        assert counts(turns) == {"alice": 1}, "Bob may come again at any moment"
        monkeypatch.setattr("chroma_site.server.turns.AROUND_SECONDS", -1)
        for task in waiting:
            (await asyncio.wait_for(task, 1)).end()
        assert (turns.running, turns.waiting) == ({}, {})

    asyncio.run(scene())


def test_a_request_that_takes_long_keeps_nobody_from_their_next():
    async def scene():
        turns = Turns(Limits(running_a_user=2, computing_seconds=0.05))
        await turns.take("bob")
        slow = await turns.take("alice")
        second = await asyncio.wait_for(turns.take("alice"), 1)
        third = asyncio.create_task(turns.take("alice"))
        await asyncio.sleep(0.2)
        assert not third.done(), "there are two at most"
        second.end()
        (await asyncio.wait_for(third, 1)).end()
        slow.end()
        assert counts(turns) == {"bob": 1}

    asyncio.run(scene())


def test_where_all_turns_are_taken_users_get_the_next_ones_in_turn():
    async def scene():
        turns, served = Turns(Limits(running=1)), []

        async def work(caller):
            turn = await turns.take(caller)
            served.append(caller)
            await asyncio.sleep(0)
            turn.end()

        greedy = [work("greedy") for _ in range(50)]
        await asyncio.gather(*greedy, work("modest"), work("other"), work("modest"))
        return served

    served = asyncio.run(scene())
    assert len(served) == 53
    assert served.index("modest") < 4
    assert served.index("other") < 5
    assert sorted(place for place, who in enumerate(served) if who == "modest")[1] < 8


def test_who_waits_too_long_or_with_too_many_is_told_when_to_come_back():
    async def scene():
        turns = Turns(Limits(running_a_user=1, waiting_a_user=2, waiting_seconds=0.05))
        held = await turns.take("alice")
        waiting = [asyncio.create_task(turns.take("alice")) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(RateLimited) as refused:
            await turns.take("alice")
        assert refused.value.retry_after >= 1
        answers = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(answer, RateLimited) for answer in answers)
        held.end()
        assert (turns.running, turns.waiting) == ({}, {})

    asyncio.run(scene())


@pytest.mark.parametrize("seed", range(20))
def test_however_requests_come_end_and_are_given_up_no_turn_is_lost(seed):
    dice = random.Random(seed)

    async def scene():
        turns = Turns(
            Limits(running=3, running_a_user=2, waiting_a_user=5, waiting_seconds=0.01, computing_seconds=0.003)
        )

        async def request(caller):
            try:
                turn = await turns.take(caller)
            except RateLimited:
                return
            try:
                assert sum(counts(turns).values()) <= 3
                assert counts(turns)[caller] <= 2
                await asyncio.sleep(dice.random() * 0.005)
            finally:
                turn.end()

        tasks = []
        for _ in range(200):
            tasks.append(asyncio.create_task(request(dice.choice("abcd"))))
            if dice.random() < 0.3:
                dice.choice(tasks).cancel()
            if dice.random() < 0.2:
                await asyncio.sleep(0.002)
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(result) for result in results} <= {type(None), asyncio.CancelledError}
        assert (turns.running, turns.waiting) == ({}, {})

    asyncio.run(scene())


def test_bodies_of_one_user_wait_and_those_of_another_pass_them():
    async def scene():
        budget = BodyBudget(Limits(bodies_a_user=10, bodies=25, bodies_wait=0.05))
        give_back = await budget.take("alice", 8)
        waiting = asyncio.create_task(budget.take("alice", 8))
        await asyncio.sleep(0)
        await asyncio.wait_for(budget.take("bob", 8), 0.04)
        give_back()
        give_back()
        await asyncio.wait_for(waiting, 0.04)
        with pytest.raises(RateLimited):
            await budget.take("alice", 8)
        await budget.take("charlie", 9)
        with pytest.raises(RetryLater):
            await budget.take("vera", 9)
        assert (budget.total, budget.taken) == (25, {"alice": 8, "bob": 8, "charlie": 9})

    asyncio.run(scene())


@pytest.mark.parametrize("seed", range(20))
def test_however_bodies_come_and_go_no_room_is_lost(seed):
    dice = random.Random(seed)

    async def scene():
        budget = BodyBudget(Limits(bodies_a_user=10, bodies=20, bodies_wait=0.01))

        async def body(caller):
            try:
                give_back = await budget.take(caller, dice.randint(1, 10))
            except (RateLimited, RetryLater):
                return
            try:
                assert budget.total <= 20
                assert budget.taken[caller] <= 10
                await asyncio.sleep(dice.random() * 0.004)
            finally:
                give_back()

        tasks = []
        for _ in range(150):
            tasks.append(asyncio.create_task(body(dice.choice("abc"))))
            if dice.random() < 0.3:
                dice.choice(tasks).cancel()
            if dice.random() < 0.2:
                await asyncio.sleep(0.002)
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(result) for result in results} <= {type(None), asyncio.CancelledError}
        assert (budget.total, budget.taken) == (0, {})
        assert not budget._waiting

    asyncio.run(scene())
