"""Logging, against a real server process."""

from __future__ import annotations

import chroma_sdk as chroma
import httpx
import numpy as np
import pytest

KEYS = [f"digit-{row}" for row in range(50)]
LABELS = [str(row % 10) for row in range(50)]


def vectors(dtype=np.float32) -> np.ndarray:
    return np.random.default_rng(0).standard_normal((50, 8)).astype(dtype)


def test_what_was_logged_is_read_back_and_logging_it_again_changes_nothing(client_of, alice):
    client = client_of(alice)
    train = client.project("MNIST").dataset("train", kind="training")
    arguments = {
        "labels": LABELS,
        "probabilities": np.eye(10, dtype=np.float32)[np.arange(50) % 10],
        "classes": [str(digit) for digit in range(10)],
        "metadata": [{"ink": row / 7, "row": row, "even": row % 2 == 0, "site": "north"} for row in range(50)],
        "embeddings": vectors(),
        "model": "cnn",
        "version": "3",
        "layer": "fc2",
    }
    assert train.log(KEYS, **arguments) == chroma.Report(added=50)
    assert train.log(KEYS, **arguments) == chroma.Report(unchanged=50)

    assert train.keys() == KEYS
    read = train.embeddings(layer="fc2")
    assert read.dtype == np.float32
    assert read.tobytes() == vectors().tobytes()
    assert train.embedding_keys() == KEYS

    datapoints = train.datapoints()
    assert len(datapoints) == 50
    assert [datapoint.key for datapoint in datapoints] == KEYS
    seventh = datapoints[7]
    assert (seventh.key, seventh.row, seventh.label) == ("digit-7", 7, "7")
    assert seventh.metadata == {"ink": 1.0, "row": 7, "even": False, "site": "north"}
    assert seventh.inferences == (chroma.Inference("cnn", "3", "7", 1.0),)


@pytest.mark.holds(28)
@pytest.mark.parametrize("dtype", [np.float16, np.float64])
def test_vectors_of_every_precision_keep_their_bits(client_of, alice, dtype):
    train = client_of(alice).project("MNIST").dataset("train")
    train.log(KEYS[:25], embeddings=vectors(dtype)[:25])
    train.log(KEYS[25:], embeddings=vectors(dtype)[25:])
    assert train.embeddings().tobytes() == vectors(dtype).tobytes()


def test_a_part_logged_later_is_merged_by_key_and_clear_removes(client_of, alice):
    train = client_of(alice).project("MNIST").dataset("train")
    assert train.log(["a", "b"], labels=["x", "y"], metadata=[{"n": 1}, {"n": 2}]) == chroma.Report(added=2)
    assert train.log(["b", "c"], labels=[None, "z"], metadata=[{"m": "new"}, None]) == chroma.Report(added=1, updated=1)
    assert [(point.label, point.metadata) for point in train.datapoints()] == [
        ("x", {"n": 1}),
        ("y", {"n": 2, "m": "new"}),
        ("z", {}),
    ]
    report = train.log(["a", "b", "c"], labels=[chroma.CLEAR, None, "z"], metadata=[{"n": chroma.CLEAR}, None, None])
    assert report == chroma.Report(updated=1, unchanged=2)
    first = train.datapoints()[0]
    assert (first.label, first.metadata) == (None, {})

    train.log(["a", "b"], embeddings=np.eye(2, 4))
    assert train.log(["a"], embeddings=chroma.CLEAR) == chroma.Report(updated=1)
    assert train.embedding_keys() == ["b"]


def test_files_texts_and_references_are_there_to_be_looked_at(client_of, token_for, alice, tmp_path):
    train = client_of(alice).project("MNIST").dataset("train")
    path = tmp_path / "note.txt"
    path.write_text("a file")
    image = np.arange(64, dtype=np.uint8).reshape(8, 8)
    train.log(["file", "image"], files=[path, image])
    train.log(["text"], texts=["a text"])
    train.log(["uri"], uris=["https://pictures.test/1.png"])
    file, image, text, uri = train.datapoints()
    assert (text.text, uri.uri) == ("a text", "https://pictures.test/1.png")
    headers = {"Authorization": f"Bearer {token_for(alice)}"}
    assert httpx.get(file.file_url, headers=headers).content == b"a file"
    assert httpx.get(image.file_url, headers=headers).content.startswith(b"\x89PNG")
    assert httpx.get(image.file_url).status_code == 401


def test_a_label_that_somebody_corrected_survives_the_next_run(client_of, gql, alice):
    client = client_of(alice)
    project = client.project("MNIST")
    train = project.dataset("train")
    train.log(["a", "b"], labels=["7", "7"])
    selection = client._connection.request(
        "POST", f"/bulk/v1/projects/{project.id}/selections", json={"keys": {train.id: ["a"]}}
    ).json()
    correct = "mutation($input: SetLabelInput!) { setLabel(input: $input) { changedCount errors { message } } }"
    answer = gql(alice, correct, {"input": {"selectionId": selection["id"], "categoryName": "1", "why": "seen"}})
    assert answer["data"]["setLabel"] == {"changedCount": 1, "errors": []}

    assert train.log(["a", "b"], labels=["7", "7"]) == chroma.Report(unchanged=2)
    assert [point.label for point in train.datapoints()] == ["1", "7"]
    assert train.log(["a", "b"], labels=["9", "7"]) == chroma.Report(updated=1, unchanged=1)
    assert [point.label for point in train.datapoints()] == ["9", "7"]


def test_tags_are_put_on_and_taken_off_by_key(client_of, alice):
    train = client_of(alice).project("MNIST").dataset("train")
    train.log(KEYS)
    assert train.tag("check", keys=["digit-3", "digit-30"]) == 2
    assert train.tag("check", keys=["digit-3", "digit-4"]) == 1
    assert [point.key for point in train.datapoints(tag="check")] == ["digit-3", "digit-4", "digit-30"]
    assert train.untag("check", keys=["digit-3", "digit-5"]) == 1
    assert [(point.key, point.tags) for point in train.datapoints(tag="check")] == [
        ("digit-4", ("check",)),
        ("digit-30", ("check",)),
    ]
    with pytest.raises(chroma.NotFound, match="has no tag 'chek'; it has check"):
        train.datapoints(tag="chek")
    with pytest.raises(chroma.BadInput, match="no-such-key"):
        train.tag("check", keys=["no-such-key"])


def test_a_session_that_is_refused_changes_nothing(client_of, alice):
    train = client_of(alice).project("MNIST").dataset("train")
    train.log(["a"], metadata=[{"n": 1}])
    with pytest.raises(chroma.BadInput, match="n") as raised:
        train.log(["a", "b"], labels=["x", "y"], metadata=[{"n": "text"}, {"n": "text"}])
    assert raised.value.field == "metadata:n"
    assert [(point.key, point.label) for point in train.datapoints()] == [("a", None)]


def test_an_upload_that_was_cut_off_is_resumed_and_logs_every_row_once(
    live, client_of, token_for, alice, monkeypatch, pauses
):
    class CutOff(httpx.HTTPTransport):
        """Loses the connection for good after some chunks."""

        chunks_left = 2

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.method == "PUT":
                self.chunks_left -= 1
            if self.chunks_left < 0:
                raise httpx.WriteError("the cable")
            return super().handle_request(request)

    monkeypatch.setattr("chroma_sdk._upload.CHUNK_BYTES", 500)
    with chroma.Client(live.url, token_for(alice), transport=CutOff()) as cut_off:
        train = cut_off.project("MNIST").dataset("train")
        with pytest.raises(chroma.ConnectionFailed):
            train.log(KEYS, embeddings=vectors())

    client = client_of(alice)
    chunks = []
    client._connection._http.event_hooks = {"request": [lambda request: chunks.append(request.method == "PUT")]}
    train = client.project("MNIST").dataset("train")
    assert train.keys() == []
    assert train.log(KEYS, embeddings=vectors()) == chroma.Report(added=50)
    resumed = sum(chunks)
    chunks.clear()
    client.project("MNIST").dataset("other").log(KEYS, embeddings=vectors())
    assert resumed == sum(chunks) - 2
    assert train.embeddings().tobytes() == vectors().tobytes()
