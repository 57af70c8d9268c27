"""Selections over HTTP: posted once as bitmaps, keys, a rule or a slice, then named by id."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from pyroaring import BitMap

from apps.common.bodies import read_json
from apps.common.errors import BadUserInput, LimitExceeded
from apps.common.http import ApiRequest, api_view
from apps.curation import services
from apps.curation.models import Selection
from apps.curation.rules import Evaluation, parse_rule
from apps.datasets.models import Dataset, Slice
from apps.datasets.portable_bitmap import parse_bitmap
from apps.projects import access
from apps.projects.models import Project

LARGEST_BODY = 32 * 1024 * 1024
MOST_KEYS = 100_000
MOST_DATASETS = 1_000


@api_view(methods={"POST"})
def selections(request: ApiRequest, id: UUID) -> HttpResponse:
    project = access.get(request.actor, Project, id)
    body = read_json(request, at_most=LARGEST_BODY)
    selection = services.create_selection(actor=request.actor, project=project, rows=_rows(request, project, body))
    return JsonResponse({"id": str(selection.pk), "datapoint_count": selection.datapoint_count}, status=201)


@api_view(methods={"GET"})
def selection_rows(request: ApiRequest, id: UUID) -> HttpResponse:
    """The selected rows that still exist, dataset by dataset."""
    selection = access.get(request.actor, Selection, id)
    return JsonResponse({"datasets": encoded(services.selected_rows(selection))})


def encoded(parts: Iterable[tuple[Dataset, BitMap]]) -> dict[str, str]:
    """By dataset id the rows, as bitmaps in roaring's portable format, base64."""
    return {str(dataset.pk): base64.b64encode(rows.serialize()).decode() for dataset, rows in parts if rows}


def _rows(request: ApiRequest, project: Project, body: Mapping[str, Any]) -> dict[Dataset, BitMap]:
    if set(body) == {"rule"}:
        return dict(Evaluation(project, parse_rule(body["rule"])).rows())
    if set(body) == {"slice"}:
        return _rows_of_slice(request, project, body["slice"])
    if set(body) == {"datasets"}:
        parts = _parts(body, "datasets", str, "a base64 text")
        datasets = {name: access.get(request.actor, Dataset, name) for name in parts}
        return {datasets[name]: _bitmap(datasets[name], text) for name, text in parts.items()}
    if set(body) == {"keys"}:
        parts = _parts(body, "keys", list, "a list of keys")
        if any(not isinstance(key, str) for keys in parts.values() for key in keys):
            raise BadUserInput("Every key must be a text.", field="keys")
        if (count := sum(len(keys) for keys in parts.values())) > MOST_KEYS:
            raise LimitExceeded(f"A selection takes at most {MOST_KEYS:,} keys, not {count:,}.", field="keys")
        datasets = {name: access.get(request.actor, Dataset, name) for name in parts}
        return {datasets[name]: services.rows_of_keys(datasets[name], keys) for name, keys in parts.items()}
    raise BadUserInput(
        'Send either {"datasets": {id: bitmap}}, {"keys": {id: [key, …]}}, {"rule": {…}} or {"slice": id}.'
    )


def _rows_of_slice(request: ApiRequest, project: Project, id: Any) -> dict[Dataset, BitMap]:
    saved = access.get(request.actor, Slice, id)
    if saved.project_id != project.pk:
        raise access.not_found(Slice)
    return dict(services.slice_rows(saved))


def _parts(body: Mapping[str, Any], field: str, kind: type, what: str) -> dict[str, Any]:
    parts = body[field]
    if not isinstance(parts, dict) or any(not isinstance(part, kind) for part in parts.values()):
        raise BadUserInput(f"{field} must name for each dataset id {what}.", field=field)
    if len(parts) > MOST_DATASETS:
        raise LimitExceeded(f"A selection spans at most {MOST_DATASETS:,} datasets, not {len(parts):,}.", field=field)
    return parts


def _bitmap(dataset: Dataset, text: str) -> BitMap:
    try:
        blob = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise BadUserInput("A bitmap must be base64 text.", field="datasets") from problem
    return parse_bitmap(blob, next_row=dataset.next_row)
