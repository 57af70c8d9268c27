"""The client: where everything starts."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from chroma_sdk._account import Account
from chroma_sdk._connection import Connection
from chroma_sdk._credentials import find_credentials
from chroma_sdk._dataset_names import check_name
from chroma_sdk._documents.maps import PROJECTION_METHODS
from chroma_sdk._documents.people import INVITATIONS, ME
from chroma_sdk._documents.projects import CREATE_PROJECT, GET_OR_CREATE_PROJECT, PROJECT_BY_NAME, PROJECTS
from chroma_sdk._errors import NotFound
from chroma_sdk._invitation import Invitation
from chroma_sdk._listing import Listing
from chroma_sdk._project import Project
from chroma_sdk._projection_method import ProjectionMethod

T = TypeVar("T")


class Client:
    """A Chroma server, as seen by the owner of a token.

    Parameters
    ----------
    url : str, optional
        Address of the server, such as "http://127.0.0.1:8000". Otherwise the environment variable CHROMA_URL, otherwise
        what `chroma-sdk login` saved.
    token : str, optional
        From your account page. Otherwise CHROMA_TOKEN, otherwise what `chroma-sdk login` saved for this address.
    transport : httpx.BaseTransport, optional
        What carries the requests, for tests and proxies.

    Examples
    --------
    >>> client = Client()  # doctest: +SKIP
    >>> train = client.project("MNIST").dataset("train", kind="training")  # doctest: +SKIP
    """

    def __init__(
        self, url: str | None = None, token: str | None = None, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._connection = Connection(find_credentials(url, token), transport)
        self._username: str | None = None

    def __repr__(self) -> str:
        return f"Client(url={self.url!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept open for the next request."""
        self._connection.close()

    @property
    def url(self) -> str:
        """Address of the server."""
        return self._connection.url

    @property
    def username(self) -> str:
        """Who the token belongs to; also the namespace of a bare project name."""
        if self._username is None:
            self._username = str(self._connection.graphql(ME)["me"]["username"])
        return self._username

    def project(self, name: str, *, create: bool = True) -> Project:
        """Get a project, or make it.

        Parameters
        ----------
        name : str
            "MNIST" is the project of that name in your namespace, "alice/MNIST" exactly that one. A bare name never
            leads into somebody else's project.
        create : bool, default True
            Whether a project that is missing in your namespace is made.

        Raises
        ------
        NotFound
            There is none, and it is not made. Where you are a member of others of that name, the message names them.
        """
        check_name(name, "'MNIST' or 'alice/MNIST'")
        found = self._find_project(name)
        if found is None and create:
            found = self._connection.mutate(GET_OR_CREATE_PROJECT, {"name": name})["project"]
        if found is None:
            raise self._no_project(name)
        return Project(self._connection, found)

    def projects(self) -> Listing[Project]:
        """Return the projects that you are a member of."""
        return self._list(PROJECTS, Project)

    def projection_methods(self) -> list[ProjectionMethod]:
        """Return the methods that make maps, with their parameters and presets, and whether this server has them."""
        found = self._connection.graphql(PROJECTION_METHODS, {})["projectionMethods"]
        return [ProjectionMethod.read(stored) for stored in found]

    def create_project(self, name: str, *, description: str = "") -> Project:
        """Make a project in your namespace. Raises Conflict if there is one of that name."""
        stored = self._connection.mutate(CREATE_PROJECT, {"name": name, "description": description})["project"]
        return Project(self._connection, stored)

    def sign_in(self, password: str) -> Account:
        """Open your account, for what no token may do: making and ending tokens.

        Raises
        ------
        Unauthenticated
            The password is wrong.

        Examples
        --------
        >>> with client.sign_in(password) as account:  # doctest: +SKIP
        ...     secret = account.create_token("nightly").secret
        """
        return Account(self._connection, self.username, password)

    def invitations(self) -> Listing[Invitation]:
        """Return the invitations that you have neither accepted nor declined."""
        return self._list(INVITATIONS, Invitation)

    def _list(self, document: str, make: Callable[[Connection, Any], T]) -> Listing[T]:
        return Listing(self._connection, document, {}, lambda node: make(self._connection, node))

    def _find_project(self, name: str) -> Any:
        namespace, bare = self._split(name)
        try:
            return self._connection.graphql(PROJECT_BY_NAME, {"namespace": namespace, "name": bare})["projectByName"]
        except NotFound:
            return None

    def _no_project(self, name: str) -> NotFound:
        namespace, bare = self._split(name)
        message = f"There is no project {namespace}/{bare}, or you are not a member of it."
        others = [project.full_name for project in self.projects() if project.name == bare]
        if others and "/" not in name:
            message = f"You have no project {namespace}/{bare}. Did you mean {' or '.join(others)}?"
        return NotFound(message, code="NOT_FOUND", field="name")

    def _split(self, name: str) -> tuple[str, str]:
        namespace, slash, bare = name.strip().partition("/")
        return (namespace, bare) if slash else (self.username, name.strip())
