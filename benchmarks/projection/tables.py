"""Tables in Markdown of what was measured."""

from __future__ import annotations

import statistics

FIDELITY = ("trustworthiness", "neighbours kept", "triplets", "label accuracy")


def print_tables(runs) -> None:
    """Print a table for each data set: warm calls, then fresh processes."""
    for name in dict.fromkeys(run["data"] for run in runs):
        print(f"\n### {name}\n")
        print(
            "| engine | runs | CPU s | wall s | CPU against ours | wall against ours | peak MiB | "
            + " | ".join(FIDELITY)
            + " |"
        )
        print("|---" * (7 + len(FIDELITY)) + "|")
        for start in ("warm", "fresh"):
            some = [run for run in runs if run["data"] == name and run["start"] == start]
            ours = [run for run in some if run["engine"] == "Chroma"]
            for engine in dict.fromkeys(run["engine"] for run in some):
                print(_row(f"{engine}, {start}", [run for run in some if run["engine"] == engine], ours))


def _row(title, runs, ours):
    done = [run for run in runs if "failure" not in run]
    if not done:
        return f"| {title} | 0 | {runs[0]['failure'].splitlines()[-1] if runs[0]['failure'] else 'failed'} |"
    cells = [title, str(len(done))]
    cells += [f"{_median(done, name):.1f}" for name in ("cpu", "wall")]
    cells += [f"{_median(done, name) / _median(ours, name):.1f}x" for name in ("cpu", "wall")]
    cells += [f"{max(run['peak_mib'] for run in done):,.0f}"]
    cells += [_spread([run[name] for run in done if name in run]) for name in FIDELITY]
    return "| " + " | ".join(cells) + " |"


def _median(runs, name):
    return statistics.median(run[name] for run in runs)


def _spread(values):
    """The mean, and the lowest and highest."""
    if not values:
        return ""
    if len(values) == 1:
        return f"{values[0]:.3f}"
    return f"{statistics.mean(values):.3f} ({min(values):.3f} … {max(values):.3f})"
