from __future__ import annotations

from apps.jobs.models import Lane
from apps.jobs.registry import job
from apps.jobs.run import JobRun
from apps.lineage.found_objects import delete_lots


@job("delete_found_objects", lane=Lane.LIGHT, at_least=None, is_cancellable=False)
def delete_found_objects(run: JobRun) -> None:
    delete_lots(run.job.project, run.parameters.texts("sources"), in_transaction=run.transaction, tell=run.progress)
