"""What one server did, the other knows: rows, files, sessions, uploads, news."""

from __future__ import annotations

import asyncio
import json
import threading

import httpx
import numpy as np
import pytest

from apps.datasets.models import Datapoint, Upload
from apps.projects.models import Membership
from tests.cast import PASSWORD
from tests.logging.upload import declaration_of, sha256, stream_of, table_of
from tests.projects.test_news import Socket, describe, in_thread

VECTORS = np.random.default_rng(7).standard_normal((60, 8)).astype(np.float32)


@pytest.mark.holds(27, 28)
def test_an_upload_begun_at_one_server_is_finished_at_the_other(servers, token_for, alice, project, client_at):
    dataset_id = client_at(servers[0], alice).project("alice/MNIST").dataset("train").id
    content = stream_of(table_of({"key": [f"k{row}" for row in range(60)], "embedding": VECTORS}))
    half = len(content) // 2
    declaration = declaration_of(content, 60, dimension=8, chunk_bytes=half + 1)
    headers = {"Authorization": f"Bearer {token_for(alice)}"}
    first, second = (httpx.Client(base_url=server.url, headers=headers, timeout=30) for server in servers)
    with first, second:
        upload = first.post(f"/bulk/v1/datasets/{dataset_id}/uploads", json=declaration).json()
        for number, chunk in enumerate([content[: half + 1], content[half + 1 :]]):
            client = (first, second)[number]
            answer = client.put(
                f"/bulk/v1/uploads/{upload['id']}/chunks/{number}",
                content=chunk,
                headers={"X-Chroma-Sha256": sha256(chunk), "Content-Type": "application/octet-stream"},
            )
            assert answer.status_code == 200, answer.text
        reports = [client.post(f"/bulk/v1/uploads/{upload['id']}/commit").json() for client in (second, first)]
    assert reports[0] == reports[1]
    stored = client_at(servers[0], alice).project("alice/MNIST").dataset("train").embeddings()
    assert stored.tobytes() == VECTORS.tobytes()
    assert Upload.objects.count() == 1


@pytest.mark.holds(27, 29)
def test_clients_of_both_servers_log_into_one_dataset_at_once(servers, alice, project, client_at):
    datasets = [client_at(server, alice).project("alice/MNIST").dataset("train") for server in servers * 2]
    failures = []

    def log(number: int) -> None:
        try:
            for part in range(5):
                keys = [f"{number % 2}-{part}-{row}" for row in range(40)]
                datasets[number].log(keys, labels=["a"] * 40, embeddings=VECTORS[:40] + part)
        except Exception as problem:  # noqa: BLE001 - the test fails with it
            failures.append(problem)

    threads = [threading.Thread(target=log, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    # Two and two clients sent the same keys.
    assert Datapoint.objects.count() == 2 * 5 * 40
    assert sorted(datasets[0].keys()) == sorted(
        {f"{side}-{part}-{row}" for side in (0, 1) for part in range(5) for row in range(40)}
    )
    assert datasets[1].embeddings().shape == (400, 8)


@pytest.mark.holds(37)
def test_a_change_at_one_server_is_heard_at_the_other(servers, alice, project, token_for):
    async def scene(token):
        async with Socket(servers[1], token=token) as socket:
            await socket.subscribe(project, after=project.last_seq + 1)
            await socket.silence(0.5)
            await in_thread(describe_over, servers[0], token, project, "Digits")
            return await socket.news(seconds=2)

    news = asyncio.run(scene(token_for(alice)))
    assert [(change["kind"], change["targetType"]) for change in news["changes"]] == [("updated", "project")]


@pytest.mark.holds(37)
def test_the_change_is_hinted_at_over_redis(servers, redis_server, alice, project, token_for):
    async def scene(token):
        async with Socket(servers[1], token=token) as socket:
            await socket.subscribe(project, after=project.last_seq + 1)
            await socket.silence(1)
            listeners = redis_server.client.pubsub_numsub("asgi__group__news")
            ear = redis_server.client.pubsub()
            ear.subscribe("asgi__group__news")
            assert ear.get_message(timeout=5)["type"] == "subscribe"
            await in_thread(describe_over, servers[0], token, project, "Digits")
            hint = ear.get_message(timeout=5)
            ear.close()
            return listeners, hint

    listeners, hint = asyncio.run(scene(token_for(alice)))
    assert listeners == [(b"asgi__group__news", 1)], "the server with an open socket listens, the other one does not"
    assert hint["type"] == "message"
    assert b"Digits" not in hint["data"], "a hint carries no news"


@pytest.mark.holds(8)
def test_who_is_put_out_at_one_server_hears_nothing_more_at_the_other(servers, vera, alice, project, token_for):
    async def scene(token):
        async with Socket(servers[1], token=token) as socket:
            await socket.subscribe(project, after=project.last_seq + 1)
            await socket.silence(0.5)
            await in_thread(Membership.objects.filter(user=vera).delete)
            await in_thread(describe, alice, project, "Secret digits")
            return await socket.refusal()

    assert asyncio.run(scene(token_for(vera))) == "NOT_FOUND"


@pytest.mark.holds(7)
def test_signing_out_at_one_server_ends_the_session_at_the_other(servers, alice, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]  # which the servers know
    alice.set_password(PASSWORD)
    alice.save()
    first, second = (httpx.Client(base_url=server.url, timeout=30) for server in servers)
    with first, second:
        first.get("/login")
        token = {"X-CSRFToken": first.cookies["csrftoken"]}
        signed_in = first.post("/auth/login", json={"username": "alice", "password": PASSWORD}, headers=token)
        assert signed_in.status_code == 200, signed_in.text
        second.cookies = first.cookies
        token = {"X-CSRFToken": first.cookies["csrftoken"]}
        assert me(second, token) == "alice"
        assert first.post("/auth/logout", headers=token).status_code < 300
        assert me(second, token) is None


def me(client: httpx.Client, headers: dict[str, str]) -> str | None:
    answer = client.post("/graphql", json={"query": "{ me { username } }"}, headers=headers).json()
    return (answer["data"]["me"] or {}).get("username")


def describe_over(server, token: str, project, text: str) -> None:
    """Change the project's description at that server."""
    query = """mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { errors { message } } }"""
    body = {"query": query, "variables": {"input": {"id": str(project.pk), "description": text}}}
    answer = httpx.post(f"{server.url}/graphql", json=body, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    assert json.loads(answer.text)["data"]["updateProject"]["errors"] == [], answer.text
