"""Background jobs.

The Job row is the truth, and every step of its life is one conditional UPDATE (leases.py). A service queues a job in
its own transaction (services.py); django-q2 only carries the wake-up (queue.py).

`manage.py worker` is the supervisor (supervisor.py). It runs one cluster of processes for each lane (lanes.py,
lane_process.py): the heavy lane has one process, the light lane the others, so that light jobs never wait for a map. A
process that is woken up claims the oldest queued job of its lane and calls the body that some app registered for its
kind (runner.py, registry.py), with a JobRun to report, compute and commit through (run.py). Beside it a thread keeps
the lease, writes the progress and hears of a cancellation (keeper.py).

A body may split its job (parts.py): the parts are jobs of their own, for any worker of the installation, and the job
waits in the queue, holding nobody, until it runs again and joins them. What they hand over to each other are files
(handover.py); the progress of the whole is theirs (progress.py).

Array maths runs in a process of its own, which stays warm (calculator.py here, compute/process.py there); arrays pass
as files (scratch.py). The supervisor lets go of jobs whose process died, reaps those whose lease ran out, wakes a lane
whose wake-up was lost, and starts a lane again that hangs. A job is given up after three attempts.
"""
