from __future__ import annotations

import chroma_sdk as chroma
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest


def recorded(path) -> list:
    return sorted(path.glob("*.parquet"))


def test_what_was_recorded_arrives_as_if_it_had_been_logged(client_of, alice, tmp_path):
    vectors = np.random.default_rng(0).random((3, 4)).astype(np.float16)
    image = np.zeros((4, 5), dtype=np.uint8)
    test = chroma.record(tmp_path / "run").project("Offline").dataset("test", kind="test")
    test.log(
        ["a", "b", "c"],
        files=[image, image, None],
        texts=[None, None, "three"],
        labels=["x", None, "y"],
        probabilities=[[0.25, 0.75], [0.5, 0.5], [1, 0]],
        classes=["x", "y"],
        metadata=[{"day": 1}, {"day": 2}, {"day": None}],
        embeddings=vectors,
        model="cnn",
        version="7",
        layer="fc",
    )
    test.log(["a"], labels=[chroma.CLEAR])
    client = client_of(alice)
    parts = list(chroma.sync(tmp_path / "run", client, quiet=True))
    assert [(part.project, part.dataset, str(part.report)) for part in parts] == [
        ("Offline", "test", "3 added, 0 updated, 0 unchanged"),
        ("Offline", "test", "0 added, 1 updated, 0 unchanged"),
    ]
    arrived = client.project("Offline", create=False).dataset("test", create=False)
    assert arrived.kind == "test"
    np.testing.assert_array_equal(arrived.embeddings(layer="fc", model="cnn", version="7"), vectors)
    first, second, third = arrived.datapoints()
    assert (first.label, second.label, third.label) == (None, None, "y")
    assert [point.inferences[0].category for point in (first, third)] == ["y", "x"]
    assert first.metadata == {"day": 1}
    assert third.text == "three"
    assert recorded(tmp_path / "run") == []
    assert len(recorded(tmp_path / "run" / "sent")) == 2


def test_sending_goes_on_after_an_interruption(client_of, alice, tmp_path):
    for number in range(3):
        chroma.record(tmp_path).project("Offline").dataset("d").log([f"k{number}"], texts=["t"])
    client = client_of(alice)
    sending = chroma.sync(tmp_path, client, quiet=True)
    next(sending)
    sending.close()
    assert len(recorded(tmp_path)) == 2
    assert len(list(chroma.sync(tmp_path, client, quiet=True))) == 2
    assert client.project("Offline").dataset("d").keys() == ["k0", "k1", "k2"]


def test_a_part_that_the_server_refuses_stays_and_is_named(client_of, alice, tmp_path):
    client_of(alice).project("Taken").dataset("d", kind="test")
    test = chroma.record(tmp_path).project("Taken").dataset("d", kind="training")
    test.log(["a"], texts=["t"])
    with pytest.raises(chroma.InvalidArgument, match="as a test dataset") as raised:
        list(chroma.sync(tmp_path, client_of(alice), quiet=True))
    (part,) = recorded(tmp_path)
    assert str(part) in raised.value.__notes__[0]
    assert client_of(alice).project("Taken").dataset("d").keys() == []


def test_recording_refuses_what_logging_refuses_and_writes_nothing(tmp_path):
    test = chroma.record(tmp_path).project("P").dataset("d")
    with pytest.raises(chroma.InvalidArgument, match="keys"):
        test.log(["a", "a"])
    with pytest.raises(chroma.InvalidArgument, match="wanted one of training"):
        chroma.record(tmp_path).project("P").dataset("d", kind="train")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_recording_is_refused(answering, tmp_path):
    broken = tmp_path / "000001-00000000.parquet"
    broken.write_bytes(b"PAR1 and no more")
    client = answering(lambda request: pytest.fail("nothing is sent"))
    with pytest.raises(chroma.InvalidArgument, match="no recorded part that can be read"):
        list(chroma.sync(tmp_path, client))
    pq.write_table(pa.table({"key": ["a"]}), broken)
    with pytest.raises(chroma.InvalidArgument, match="no recorded part that can be read"):
        list(chroma.sync(tmp_path, client))
    assert broken.exists()


def test_a_folder_that_is_not_there_is_refused(answering, tmp_path):
    with pytest.raises(chroma.InvalidArgument, match="there is no folder"):
        list(chroma.sync(tmp_path / "missing", answering(lambda request: pytest.fail("nothing is sent"))))
