from __future__ import annotations

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.actor import Actor
from apps.accounts.models import TokenScope, User
from apps.common.errors import ChromaError
from apps.projects.models import Project
from apps.projects.services.projects import find_project
from apps.projects.services.tokens import MOST_DAYS, create_api_token


class Command(BaseCommand):
    help = "Make an API token for a user and print it, and nothing else, on standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="command line", help="what the account page calls it")
        parser.add_argument("--scope", choices=TokenScope.values, default=TokenScope.WRITE.value)
        parser.add_argument("--expires-days", type=_days, help=f"1 to {MOST_DAYS}; left out: no end")
        parser.add_argument("--project", help="limit the token to this project: MNIST, or alice/MNIST")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username__iexact=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user {options['username']!r}.")
        actor = Actor(user=user)
        try:
            _, secret = create_api_token(
                actor=actor,
                name=options["name"],
                scope=TokenScope(options["scope"]),
                expires_days=options["expires_days"],
                project=_project(actor, options["project"]),
            )
        except ChromaError as problem:
            raise CommandError(problem.message) from problem
        self.stdout.write(secret)


def _project(actor: Actor, name: str | None) -> Project | None:
    if name is None:
        return None
    namespace, slash, bare = name.partition("/")
    if not slash:
        namespace, bare = actor.user.username, name
    return find_project(actor=actor, namespace=namespace, name=bare)


def _days(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError(f"{text!r} is not a whole number of days")
    return int(text)
