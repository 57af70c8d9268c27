"""The analyses of a project."""

from __future__ import annotations

from collections.abc import Sequence

from chroma_sdk._analysis import Analysis
from chroma_sdk._dataset import Dataset
from chroma_sdk._documents.analyses import ANALYSES, MATCH_OBJECTS, RUN_CLASS_QUALITY
from chroma_sdk._embedding_set import choose
from chroma_sdk._errors import InvalidArgument
from chroma_sdk._inference_set import choose_inference_set
from chroma_sdk._listing import Listing, named
from chroma_sdk._project_part import ProjectPart

METHODS = ("hungarian", "best_first")


class ProjectAnalyses(ProjectPart):
    """Analyses."""

    def analyses(self) -> Listing[Analysis]:
        """Return all analyses, newest first."""
        return self._list(ANALYSES, Analysis)

    def analysis(self, name: str) -> Analysis:
        """Return the analysis of this name. Raises NotFound, which lists the choices."""
        return named(self.analyses(), name, noun="analysis", owner=self._home.project_name)

    def match_objects(
        self,
        dataset: Dataset,
        *,
        model: str | None = None,
        version: str | None = None,
        iou_threshold: float = 0.5,
        class_aware: bool = False,
        method: str = "hungarian",
        name: str | None = None,
        wait: bool = True,
        quiet: bool = False,
    ) -> Analysis:
        """Match predicted boxes with ground-truth boxes of the same image, one to one, in a background job.

        Parameters
        ----------
        dataset : Dataset
        model, version : str, optional
            Whose predictions. Needed only where several models predicted objects.
        iou_threshold : float, default 0.5
            Intersection over union from which two boxes may be the same object.
        class_aware : bool, default False
            Whether only boxes of the same category match.
        method : {"hungarian", "best_first"}, default "hungarian"
            The best assignment as a whole, or the best pair first.
        name : str, optional
            Name of the analysis; otherwise the server names it.
        wait : bool, default True
            Wait until it is done, with a progress bar.
        quiet : bool, default False
            Show no progress bar.

        Returns
        -------
        analysis : Analysis
            Its scores say of each object how well it matches ("iou") and what became of it ("status").
        """
        if not 0 < iou_threshold <= 1:
            raise InvalidArgument("iou_threshold", f"got {iou_threshold:g}, wanted above 0 and at most 1.")
        if method not in METHODS:
            raise InvalidArgument("method", f"got {method!r}, wanted one of {', '.join(METHODS)}.")
        by = choose_inference_set(dataset.name, dataset.inference_sets(), model=model, version=version)
        asked = {
            "datasetId": dataset.id,
            "trainedModelId": by.trained_model_id,
            "iouThreshold": float(iou_threshold),
            "isClassAware": class_aware,
            "method": method.upper(),
            "name": name,
        }
        stored = self._connection.mutate(MATCH_OBJECTS, asked, repeatable=False)["analysis"]
        made = Analysis(self._home, stored)
        return made.wait(quiet=quiet) if wait else made

    def run_class_quality(
        self,
        reference: Dataset,
        targets: Dataset | Sequence[Dataset],
        *,
        model: str | None = None,
        layer: str | None = None,
        version: str | None = None,
        name: str | None = None,
        wait: bool = True,
        quiet: bool = False,
    ) -> Analysis:
        """Score how far datapoints lie from the class that they were inferred to be, in a background job.

        Parameters
        ----------
        reference : Dataset
            Its labelled datapoints say what the classes are; usually the training set.
        targets : Dataset or sequence of Dataset
            What gets scores; the reference may be among them.
        model, layer, version : str, optional
            Which embeddings. Needed only where a dataset has several.
        name : str, optional
            Name of the analysis; otherwise the server names it.
        wait : bool, default True
            Wait until it is done, with a progress bar.
        quiet : bool, default False
            Show no progress bar.

        Raises
        ------
        InvalidArgument
            The embeddings are not there, or it is not clear which are meant; the message lists the choices.
        JobFailed
            The job failed; the message is the server's reason.
        """
        datasets = [targets] if isinstance(targets, Dataset) else list(targets)
        for argument, each in [("reference", reference), *(("targets", each) for each in datasets)]:
            if not isinstance(each, Dataset):
                raise InvalidArgument(argument, f"got {type(each).__name__}, wanted a Dataset.")
        if not datasets:
            raise InvalidArgument("targets", "wanted at least one Dataset.")
        of_reference, *of_targets = (
            choose(each.name, each.embedding_sets(), layer=layer, model=model, version=version)
            for each in [reference, *datasets]
        )
        asked = {
            "referenceEmbeddingSetId": of_reference.id,
            "targetEmbeddingSetIds": [found.id for found in of_targets],
            "name": name,
        }
        stored = self._connection.mutate(RUN_CLASS_QUALITY, asked, repeatable=False)["analysis"]
        made = Analysis(self._home, stored)
        return made.wait(quiet=quiet) if wait else made
