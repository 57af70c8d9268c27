"""Log datapoints and embeddings to a Chroma server, and read back what it made of them.

>>> import chroma_sdk as chroma
>>> client = chroma.Client()  # doctest: +SKIP
>>> train = client.project("MNIST").dataset("train", kind="training")  # doctest: +SKIP
>>> train.log(keys=ids, files=images, labels=labels, embeddings=vectors)  # doctest: +SKIP
"""

from __future__ import annotations

from chroma_sdk._account import Account
from chroma_sdk._analysis import Analysis
from chroma_sdk._capture import Autolog, Capture, autolog, capture
from chroma_sdk._category import Category
from chroma_sdk._clear import CLEAR
from chroma_sdk._client import Client
from chroma_sdk._coco_import import CocoReport
from chroma_sdk._comment import Comment
from chroma_sdk._datapoints import Datapoint, Datapoints, Inference
from chroma_sdk._dataset import Dataset
from chroma_sdk._embedding_set import EmbeddingSet
from chroma_sdk._errors import (
    BadInput,
    ChromaError,
    ConfigurationError,
    Conflict,
    ConnectionFailed,
    Forbidden,
    ImportFailed,
    InvalidArgument,
    JobCancelled,
    JobFailed,
    LimitExceeded,
    NotFound,
    ServerError,
    Unauthenticated,
    Unavailable,
)
from chroma_sdk._export import Export
from chroma_sdk._import import Import
from chroma_sdk._inference_set import InferenceSet
from chroma_sdk._invitation import Invitation
from chroma_sdk._job import Job
from chroma_sdk._layer import Layer, LayerSet
from chroma_sdk._listing import Listing
from chroma_sdk._map import Map
from chroma_sdk._member import Member
from chroma_sdk._model import Model
from chroma_sdk._neighbors import Neighbors, Similar
from chroma_sdk._offline import Recording, RecordingDataset, RecordingProject, SyncedPart, record, sync
from chroma_sdk._project import Project
from chroma_sdk._projection_method import ProjectionMethod
from chroma_sdk._report import Report
from chroma_sdk._score_set import ScoreSet
from chroma_sdk._slice import Slice
from chroma_sdk._tag import Tag
from chroma_sdk._token import NewToken, Token
from chroma_sdk._trained_model import TrainedModel

__all__ = [
    "CLEAR",
    "Account",
    "Analysis",
    "Autolog",
    "BadInput",
    "Capture",
    "Category",
    "ChromaError",
    "Client",
    "CocoReport",
    "Comment",
    "ConfigurationError",
    "Conflict",
    "ConnectionFailed",
    "Datapoint",
    "Datapoints",
    "Dataset",
    "EmbeddingSet",
    "Export",
    "Forbidden",
    "Import",
    "ImportFailed",
    "Inference",
    "InferenceSet",
    "InvalidArgument",
    "Invitation",
    "Job",
    "JobCancelled",
    "JobFailed",
    "Layer",
    "LayerSet",
    "LimitExceeded",
    "Listing",
    "Map",
    "Member",
    "Model",
    "Neighbors",
    "NewToken",
    "NotFound",
    "Project",
    "ProjectionMethod",
    "Recording",
    "RecordingDataset",
    "RecordingProject",
    "Report",
    "ScoreSet",
    "ServerError",
    "Similar",
    "Slice",
    "SyncedPart",
    "Tag",
    "Token",
    "TrainedModel",
    "Unauthenticated",
    "Unavailable",
    "__version__",
    "autolog",
    "capture",
    "record",
    "sync",
]

__version__ = "0.1.0"
