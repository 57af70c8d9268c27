from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from chroma_sdk import InvalidArgument, Report, autolog
from sklearn.calibration import CalibratedClassifierCV
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline


class Notebook:
    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def log(self, keys, **arguments) -> Report:
        self.calls.append({"keys": keys, **arguments})
        return Report(added=len(keys))


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture(scope="module")
def digits():
    values, labels = load_digits(return_X_y=True)
    return values[:300], labels[:300]


def watched(notebook: Notebook, **arguments):
    return autolog(notebook, libraries=["sklearn"], **arguments)


def test_a_prediction_is_logged_with_its_input_as_the_embedding(notebook, digits):
    values, labels = digits
    forest = RandomForestClassifier(5, random_state=0).fit(values, labels)
    with watched(notebook) as logged:
        logged.describe([f"d{row}" for row in range(20)], labels=labels[:20])
        probabilities = forest.predict_proba(values[:20])
    (call,) = notebook.calls
    assert call["keys"][3] == "d3"
    assert (call["model"], call["layer"]) == ("RandomForestClassifier", "input")
    assert call["version"].startswith("weights-")
    np.testing.assert_allclose(call["probabilities"], probabilities, atol=1e-6)
    np.testing.assert_array_equal(call["embeddings"], values[:20])
    assert call["labels"] == labels[:20].tolist()


def test_a_pipeline_is_logged_once_with_what_its_last_step_got(notebook, digits):
    values, labels = digits
    pipeline = make_pipeline(PCA(5, whiten=True, random_state=0), LogisticRegression(max_iter=500)).fit(values, labels)
    with watched(notebook):
        predicted = pipeline.predict(values[:10])
    (call,) = notebook.calls
    assert (call["model"], call["layer"]) == ("Pipeline", "pca")
    np.testing.assert_allclose(call["embeddings"], pipeline[:-1].transform(values[:10]))
    assert call["inferences"] == predicted.tolist()


def test_what_happens_inside_fit_and_what_is_no_classifier_is_left_alone(notebook, digits):
    values, labels = digits
    with watched(notebook):
        CalibratedClassifierCV(LogisticRegression(max_iter=300), cv=2).fit(values, labels)
        LinearRegression().fit(values, labels).predict(values)
    assert notebook.calls == []


def test_cross_validation_logs_each_fold_s_own_model(notebook, digits):
    values, labels = digits
    with watched(notebook):
        cross_val_score(LogisticRegression(max_iter=300), values, labels, cv=3)
    assert sum(len(call["keys"]) for call in notebook.calls) == len(values)
    assert len({call["version"] for call in notebook.calls}) == 3


def test_rows_without_a_key_get_one_from_their_content(notebook, digits):
    values, labels = digits
    model = LogisticRegression(max_iter=300).fit(values, labels)
    with watched(notebook, buffer_rows=1):
        model.predict(values[:5])
        model.predict(np.concatenate([values[:5], values[:1]]))
    first, second = notebook.calls
    assert second["keys"][:5] == first["keys"]
    assert second["keys"][5] == f"{first['keys'][0]}-2"


def test_stopping_takes_every_patch_off(notebook, digits):
    values, labels = digits
    before = {name: vars(LogisticRegression)[name] for name in ("fit", "predict_proba")}
    model = LogisticRegression(max_iter=300).fit(values, labels)
    logged = watched(notebook)
    assert vars(LogisticRegression)["predict_proba"] is not before["predict_proba"]
    logged.stop()
    logged.stop()
    assert {name: vars(LogisticRegression)[name] for name in before} == before
    model.predict(values)
    assert notebook.calls == []


def test_training_again_is_another_version(notebook, digits):
    values, labels = digits
    model = LogisticRegression(max_iter=300)
    with watched(notebook):
        for count in (200, 300):
            model.fit(values[:count], labels[:count])
            model.predict(values[:4])
            model.predict(values[:4])
    assert len({call["version"] for call in notebook.calls}) == 2


def test_another_number_of_keys_than_inferences_is_refused(notebook, digits):
    values, labels = digits
    model = LogisticRegression(max_iter=300).fit(values, labels)
    with watched(notebook) as logged:
        logged.describe(["a"])
        with pytest.raises(InvalidArgument, match="1 keys were described for 2 inferences"):
            model.predict(values[:2])
    assert notebook.calls == []


def test_an_unknown_library_is_refused(notebook):
    with pytest.raises(InvalidArgument, match="wanted some of sklearn, torch"):
        autolog(notebook, libraries=["jax"])
