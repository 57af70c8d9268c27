"""The guarded server with small limits: `python -m tests.gates.small_server PORT`. It trusts a proxy at 127.0.0.2."""

from __future__ import annotations

import sys
from datetime import timedelta
from ipaddress import ip_network

from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import path

from chroma_site.asgi import http_application
from chroma_site.schema import schema
from chroma_site.server.limits import Limits
from chroma_site.server.server import ChromaServer
from chroma_site.websocket import ChromaConsumer

PROXY = "127.0.0.2"
LIMITS = Limits(
    head_seconds=2,
    keep_alive=3,
    idle_seconds=2,
    slowest_body=20_000,
    bodies_a_user=10 * 1024 * 1024,
    bodies_wait=1,
    stalled_answer=2,
    stalled_socket=2,
    linger=1,
    connections_an_address=60,
    waiting_a_user=8,
    waiting_seconds=5,
    sweep_seconds=0.2,
)


def main() -> None:
    consumer = ChromaConsumer.as_asgi(
        schema=schema,
        subscription_protocols=["graphql-transport-ws"],
        connection_init_wait_timeout=timedelta(seconds=1),
        max_subscriptions_per_connection=50,
        allowed_origins=settings.CSRF_TRUSTED_ORIGINS,
    )
    application = ProtocolTypeRouter({"http": http_application, "websocket": URLRouter([path("graphql", consumer)])})
    endpoint = f"tcp:port={sys.argv[1]}:interface=127.0.0.1"
    ChromaServer(application, limits=LIMITS, trusted_proxies=[ip_network(PROXY)], endpoints=[endpoint]).run()


if __name__ == "__main__":
    main()
