"""Analyses and the scores that they give."""

from __future__ import annotations

from chroma_sdk._documents._building import mutation, one_of, page_of

SCORE_SET_FIELDS = """
id name title description direction unit low high values scoreCount
dataset { id name } analysis { id name }
"""
ANALYSIS_FIELDS = f"""
id kind name parameters summary notes createdAt finishedAt job {{ id state }} createdBy {{ username }}
scoreSets {{ {SCORE_SET_FIELDS} }}
"""

ANALYSES = page_of("analyses", ANALYSIS_FIELDS, projectId="ID!")
ANALYSIS = one_of("analysis", ANALYSIS_FIELDS)
RUN_CLASS_QUALITY = mutation("runClassQuality", analysis=ANALYSIS_FIELDS)
MATCH_OBJECTS = mutation("matchObjects", analysis=ANALYSIS_FIELDS)
RENAME_ANALYSIS = mutation("renameAnalysis", analysis=ANALYSIS_FIELDS)
DELETE_ANALYSIS = mutation("deleteAnalysis", deletedId="")
SCORE_SETS = page_of("scoreSets", SCORE_SET_FIELDS, datasetId="ID!")
