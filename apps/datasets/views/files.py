"""Files that datapoints stand for: ask which are missing, then send those."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from apps.common.bodies import read_body, read_json
from apps.common.http import ApiRequest, api_view
from apps.datasets.services.files import LARGEST_REQUEST, missing_files, store_files
from apps.projects import access
from apps.projects.models import Project, Role


@api_view(methods={"POST"})
def files(request: ApiRequest, id: str) -> HttpResponse:
    project = access.get(request.actor, Project, id, at_least=Role.EDITOR)
    content = read_body(request, at_most=LARGEST_REQUEST)
    return JsonResponse({"stored": store_files(actor=request.actor, project=project, content=content)})


@api_view(methods={"POST"})
def missing(request: ApiRequest, id: str) -> HttpResponse:
    project = access.get(request.actor, Project, id, at_least=Role.EDITOR)
    return JsonResponse({"missing": missing_files(project=project, checksums=read_json(request).get("sha256"))})
