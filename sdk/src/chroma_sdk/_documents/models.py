"""Model architectures, their trained models, layer sets and layers, and what models said."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation, one_of, page_of

MODEL_FIELDS = "id name createdAt"

MODELS = page_of("modelArchitectures", MODEL_FIELDS, projectId="ID!")
CREATE_MODEL = mutation("createModelArchitecture", modelArchitecture=MODEL_FIELDS)
RENAME_MODEL = mutation("renameModelArchitecture", modelArchitecture=MODEL_FIELDS)
DELETE_MODEL = mutation("deleteModelArchitecture", deletedId="")

TRAINED_MODEL_FIELDS = """
id version createdAt modelArchitecture { id name } trainedOnDataset { id name } trainedOnSlice { id name }
"""

TRAINED_MODELS = page_of("trainedModels", TRAINED_MODEL_FIELDS, projectId="ID!")
TRAINED_MODEL = one_of("trainedModel", TRAINED_MODEL_FIELDS)
CREATE_TRAINED_MODEL = mutation("createTrainedModel", trainedModel=TRAINED_MODEL_FIELDS)
RENAME_TRAINED_MODEL = mutation("renameTrainedModel", trainedModel=TRAINED_MODEL_FIELDS)
UPDATE_TRAINED_MODEL = mutation("updateTrainedModel", trainedModel=TRAINED_MODEL_FIELDS)
DELETE_TRAINED_MODEL = mutation("deleteTrainedModel", deletedId="")

LAYER_SET_FIELDS = "id name trainedModel { id version modelArchitecture { name } }"

LAYER_SETS = page_of("layerSets", LAYER_SET_FIELDS, projectId="ID!")
CREATE_LAYER_SET = mutation("createLayerSet", layerSet=LAYER_SET_FIELDS)
RENAME_LAYER_SET = mutation("renameLayerSet", layerSet=LAYER_SET_FIELDS)
DELETE_LAYER_SET = mutation("deleteLayerSet", deletedId="")

LAYER_FIELDS = f"id name layerSet {{ {LAYER_SET_FIELDS} }}"

LAYERS = page_of("layers", LAYER_FIELDS, projectId="ID!")
CREATE_LAYER = mutation("createLayer", layer=LAYER_FIELDS)
RENAME_LAYER = mutation("renameLayer", layer=LAYER_FIELDS)
DELETE_LAYER = mutation("deleteLayer", deletedId="")
