"""Embedding sets and inference sets: what a trained model gave for a dataset."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation, page_of
from chroma_sdk._documents.models import LAYER_FIELDS

EMBEDDING_SET_FIELDS = f"""
id dimension dtype embeddingCount contextCount objectCount createdAt dataset {{ id name }} layer {{ {LAYER_FIELDS} }}
"""

EMBEDDING_SETS = page_of("embeddingSets", EMBEDDING_SET_FIELDS, projectId="ID", datasetId="ID")
DELETE_EMBEDDING_SET = mutation("deleteEmbeddingSet", deletedId="")

INFERENCE_SET_FIELDS = """
id createdAt inferenceCount hasConfidence hasProbabilities disagreementCount
dataset { id name } trainedModel { id version modelArchitecture { name } }
"""

INFERENCE_SETS = page_of("inferenceSets", INFERENCE_SET_FIELDS, projectId="ID", datasetId="ID")
DELETE_INFERENCE_SET = mutation("deleteInferenceSet", deletedId="")
