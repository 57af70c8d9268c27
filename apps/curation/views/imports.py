"""Sending a file to be imported: declare, send chunks, complete. How it goes on is said in GraphQL."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse

from apps.common.bodies import read_body, read_json
from apps.common.http import ApiRequest, api_view
from apps.curation.imports.upload import complete_import, declare_import, missing_chunks, receive_chunk
from apps.curation.models import Import
from apps.datasets.log.declaration import LARGEST_CHUNK, read_sha256
from apps.projects import access
from apps.projects.models import Project, Role


@api_view(methods={"POST"})
def imports(request: ApiRequest, id: UUID) -> HttpResponse:
    project = access.get(request.actor, Project, id, at_least=Role.EDITOR)
    declared = read_json(request)
    import_file, created = declare_import(actor=request.actor, project=project, declared=declared)
    answer = {"id": str(import_file.pk), "missing_chunks": missing_chunks(import_file)}
    return JsonResponse(answer, status=201 if created else 200)


@api_view(methods={"PUT"})
def chunk(request: ApiRequest, id: UUID, number: int) -> HttpResponse:
    import_file = access.get(request.actor, Import, id, at_least=Role.EDITOR)
    sha256 = read_sha256(request.headers.get("X-Chroma-Sha256"), "X-Chroma-Sha256")
    content = read_body(request, at_most=LARGEST_CHUNK)
    receive_chunk(import_file=import_file, number=number, sha256=sha256, content=content)
    return JsonResponse({"missing_count": len(missing_chunks(import_file))})


@api_view(methods={"POST"})
def complete(request: ApiRequest, id: UUID) -> HttpResponse:
    import_file = access.get(request.actor, Import, id, at_least=Role.EDITOR)
    completed = complete_import(actor=request.actor, import_file=import_file)
    return JsonResponse({"id": str(completed.pk), "state": completed.state})
