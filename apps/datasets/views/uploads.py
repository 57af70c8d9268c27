"""Upload sessions: declare, send chunks, look, commit."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse

from apps.common.bodies import read_body, read_json
from apps.common.http import ApiRequest, api_view
from apps.datasets.log.declaration import LARGEST_CHUNK, read_declaration, read_sha256
from apps.datasets.models import Dataset, Upload
from apps.datasets.services.uploads import commit_upload, declare_upload, get_upload, missing_chunks, receive_chunk
from apps.projects import access
from apps.projects.models import Role


@api_view(methods={"POST"})
def uploads(request: ApiRequest, id: str) -> HttpResponse:
    dataset = access.get(request.actor, Dataset, id, at_least=Role.EDITOR)
    declaration = read_declaration(read_json(request))
    upload, created = declare_upload(actor=request.actor, dataset=dataset, declaration=declaration)
    return JsonResponse(_as_json(upload), status=201 if created else 200)


@api_view(methods={"GET"})
def upload(request: ApiRequest, id: str) -> HttpResponse:
    return JsonResponse(_as_json(get_upload(request.actor, id)))


@api_view(methods={"PUT"})
def chunk(request: ApiRequest, id: str, number: int) -> HttpResponse:
    upload = get_upload(request.actor, id, at_least=Role.EDITOR)
    sha256 = read_sha256(request.headers.get("X-Chroma-Sha256"), "X-Chroma-Sha256")
    receive_chunk(upload=upload, number=number, sha256=sha256, content=read_body(request, at_most=LARGEST_CHUNK))
    return JsonResponse({"missing_count": len(missing_chunks(upload))})


@api_view(methods={"POST"})
def commit(request: ApiRequest, id: str) -> HttpResponse:
    upload = get_upload(request.actor, id, at_least=Role.EDITOR)
    return JsonResponse({"report": commit_upload(actor=request.actor, upload=upload)})


def _as_json(upload: Upload) -> dict[str, Any]:
    return {
        "id": str(upload.pk),
        "state": upload.state,
        "missing_chunks": missing_chunks(upload),
        "report": upload.report,
    }
