"""Log datapoints and embeddings to a Chroma server, and read back what it made of them.

>>> import chroma_sdk as chroma
>>> client = chroma.Client()  # doctest: +SKIP
>>> train = client.project("MNIST").dataset("train", kind="training")  # doctest: +SKIP
>>> train.log(keys=ids, files=images, labels=labels, embeddings=vectors)  # doctest: +SKIP
"""

from __future__ import annotations

from chroma_sdk._clear import CLEAR
from chroma_sdk._client import Client
from chroma_sdk._datapoints import Datapoint, Datapoints, Inference
from chroma_sdk._dataset import Dataset
from chroma_sdk._errors import (
    BadInput,
    ChromaError,
    ConfigurationError,
    Conflict,
    ConnectionFailed,
    Forbidden,
    InvalidArgument,
    JobCancelled,
    JobFailed,
    LimitExceeded,
    NotFound,
    ServerError,
    Unauthenticated,
    Unavailable,
)
from chroma_sdk._map import Map
from chroma_sdk._project import Project
from chroma_sdk._upload import Report

__all__ = [
    "CLEAR",
    "BadInput",
    "ChromaError",
    "Client",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Datapoint",
    "Datapoints",
    "Dataset",
    "Forbidden",
    "Inference",
    "InvalidArgument",
    "JobCancelled",
    "JobFailed",
    "LimitExceeded",
    "Map",
    "NotFound",
    "Project",
    "Report",
    "ServerError",
    "Unauthenticated",
    "Unavailable",
    "__version__",
]

__version__ = "0.1.0"
