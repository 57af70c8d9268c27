"""The bodies of the two jobs of an import."""

from __future__ import annotations

from apps.common.errors import BadUserInput, ChromaError
from apps.curation.column_names import ModelName
from apps.curation.imports.afterwards import relabel_rows, tag_rows
from apps.curation.imports.images import Images
from apps.curation.imports.inspect import inspect
from apps.curation.imports.plan import ImportPlan, make_plan
from apps.curation.imports.problems import Problems
from apps.curation.imports.run import check_rows, log_rows
from apps.curation.imports.sessions import Sessions
from apps.curation.imports.sources import Archive, Source, open_file
from apps.curation.imports.upload import assemble
from apps.curation.models import Import, ImportState
from apps.datasets.models import Dataset, DatasetKind
from apps.datasets.services.datasets import get_or_create_dataset
from apps.jobs.run import JobRun
from apps.projects.journal import record_change
from apps.storage.staging import drop_staged, is_refusal


def inspect_file(run: JobRun, import_file: Import) -> None:
    """Look at the file and keep what was found."""
    try:
        source, _ = _open(run, import_file)
        findings = inspect(source, lambda done: run.progress("Reading rows", done))
    except ChromaError as problem:
        _fail(run, import_file, problem)
        if is_refusal(problem):
            drop_staged(import_file.chunks.all())
        raise
    with run.commit():
        import_file.state = ImportState.READY
        import_file.format = source.format
        import_file.row_count = findings.row_count
        import_file.columns = findings.described()
        import_file.preview = findings.preview
        _keep(import_file, findings.problems)


def import_rows(run: JobRun, import_file: Import) -> None:
    """Check all rows, and only then log them. Starting again logs nothing twice: datapoints are known by their key."""
    try:
        sessions, dataset, wrong = _import(run, import_file)
    except ChromaError as problem:
        _fail(run, import_file, problem)
        raise
    with run.commit():
        import_file.state, import_file.dataset = ImportState.DONE, dataset
        import_file.report = {**sessions.report, "skipped": len(wrong.rows)}
        _keep(import_file, wrong)
        drop_staged(import_file.chunks.all())


class RowsAreWrong(BadUserInput):
    def __init__(self, problems: Problems) -> None:
        super().__init__(problems.sentence())
        self.problems = problems


def _import(run: JobRun, import_file: Import) -> tuple[Sessions, Dataset, Problems]:
    actor = run.actor
    assert actor is not None, "the job is for editors"
    options = import_file.options
    plan: ImportPlan = make_plan(
        import_file.columns,
        [(column, field) for column, field in options["mapping"]],
        default=ModelName(*options["model"]),
    )
    source, archive = _open(run, import_file)
    images, total = Images(archive), import_file.row_count
    stored = Dataset.objects.filter(project=import_file.project, name=options["dataset"], deleted_at=None).first()
    imagined = stored or Dataset(project=import_file.project, name=options["dataset"])
    wrong = check_rows(source, plan, imagined, images, lambda done: run.progress("Checking rows", done, total))
    if wrong.count and (wrong.concerns_whole_file or not options["skip_bad_rows"]):
        raise RowsAreWrong(wrong)
    with run.transaction():
        kind = DatasetKind(options["kind"]) if options["kind"] else None
        dataset, _ = get_or_create_dataset(actor=actor, project=import_file.project, name=options["dataset"], kind=kind)
    sessions = Sessions(actor, dataset, str(run.job.pk))
    log_rows(
        source, plan, images, sessions, wrong=wrong, progress=lambda done: run.progress("Logging rows", done, total)
    )
    dataset.refresh_from_db()
    tag_rows(run, actor, dataset, sessions)
    sessions.report["relabelled"] = relabel_rows(run, actor, dataset, sessions, action=run.job.pk)
    return sessions, dataset, wrong


def _open(run: JobRun, import_file: Import) -> tuple[Source, Archive | None]:
    run.progress("Putting the file together")
    path = run.scratch.new_path()
    assemble(import_file, path)
    return open_file(path, run.scratch.new_path())


def _fail(run: JobRun, import_file: Import, problem: ChromaError) -> None:
    problems = problem.problems if isinstance(problem, RowsAreWrong) else Problems()
    if not problems.count:
        problems.add(0, problem.field or "", problem.message)
    with run.afterword():
        import_file.state = ImportState.FAILED
        _keep(import_file, problems)


def _keep(import_file: Import, problems: Problems) -> None:
    import_file.errors, import_file.error_count = problems.first, problems.count
    import_file.save()
    record_change(import_file.project, kind="updated", target=import_file)
