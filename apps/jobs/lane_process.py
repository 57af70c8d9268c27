"""Runs one lane's cluster: `python -m apps.jobs.lane_process LANE WORKER_ID`, started by the supervisor.

It leads a process group of its own, and the whole group ends with the supervisor: standard input ends, and on Linux
each process of the chain (cluster, sentinel, worker, compute process) is also killed when the one before it dies.
"""

from __future__ import annotations

import os
import signal
import sys
import uuid

import django

from apps.jobs.compute.lifeline import die_with_parent, on_end_of_input


def main(lane: str, worker_id: str) -> None:
    os.environ["Q_CLUSTER_NAME"] = lane
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chroma_site.settings")
    die_with_parent()
    on_end_of_input(lambda: os.killpg(os.getpid(), signal.SIGKILL))
    os.register_at_fork(after_in_child=die_with_parent)
    django.setup()

    # Both need the settings.
    from apps.jobs import queue, runner  # noqa: PLC0415

    runner.worker_id = uuid.UUID(worker_id)
    queue.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
