"""`POST /graphql`: one operation a request, as JSON. A browser that goes there gets GraphiQL."""

from __future__ import annotations

from typing import Any

from cross_web import HTTPException, SyncHTTPRequestAdapter
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from strawberry.django.views import GraphQLView, TemporalHttpResponse
from strawberry.http import GraphQLRequestData
from strawberry.types import ExecutionResult

from apps.common.errors import BadUserInput, ChromaError, PayloadTooLarge, RetryLater, UnsupportedType
from apps.common.graphql.context import ChromaContext
from apps.common.http import error_response, method_not_allowed
from chroma_site.graphql_request import check_headers, read_operation
from chroma_site.views import shell

REFUSED_BEFORE_IT_RAN = {"BAD_USER_INPUT", "QUERY_TOO_COMPLEX"}


class ChromaGraphQLView(GraphQLView[ChromaContext, None]):
    """Strawberry's view, with our context and JSON errors: 400 for operations that did not run, 503 in an outage."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if request.method == "GET" and request.accepts("text/html") and "Accept" in request.headers:
                return shell(request) if request.actor else redirect_to_login("/graphql")  # type: ignore[attr-defined]
            if request.method != "POST":
                return method_not_allowed(request, {"POST"})
            check_headers(request)
            return self.run(request=request)
        except UnsupportedType as problem:
            return error_response(request, problem)
        except BadUserInput as problem:
            return _bad_request(request, problem)
        except UnicodeDecodeError:
            return _bad_request(request, BadUserInput("The body is not UTF-8."))
        except HTTPException:
            # What is left for strawberry to refuse at this point: there is nothing to run.
            return _bad_request(
                request, BadUserInput("The query has no operation, or none of this name.", field="query")
            )
        except RequestDataTooBig:
            limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024
            return error_response(request, PayloadTooLarge(f"The body of a GraphQL request may have {limit} KiB."))

    def parse_http_body(self, request: SyncHTTPRequestAdapter) -> GraphQLRequestData:
        return read_operation(request.body)

    def get_context(self, request: HttpRequest, response: HttpResponse) -> ChromaContext:
        actor, request_id = request.actor, request.request_id  # type: ignore[attr-defined]
        return ChromaContext(actor=actor, request_id=request_id, request=request)

    def execute_operation(
        self, request: HttpRequest, context: ChromaContext, root_value: None, sub_response: TemporalHttpResponse
    ) -> ExecutionResult | list[ExecutionResult]:
        result = super().execute_operation(request, context, root_value, sub_response)
        if isinstance(result, ExecutionResult) and result.errors:
            codes = {(error.extensions or {}).get("code") for error in result.errors}
            if RetryLater.code in codes:
                sub_response.status_code = RetryLater.status
                sub_response.headers["Retry-After"] = str(RetryLater.retry_after)
            elif result.data is None and codes <= REFUSED_BEFORE_IT_RAN and not any(e.path for e in result.errors):
                sub_response.status_code = 400
        return result


def _bad_request(request: HttpRequest, problem: ChromaError) -> HttpResponse:
    response = error_response(request, problem)
    response.status_code = 400
    return response
