"""``streamlit run`` with a clock, or a profiler, around each run of the page's script.

Run as ``timed.py times|profile FILE run SCRIPT ...``: a line of milliseconds (wall, CPU, garbage collection) for
each run is added to FILE, or the profile of all runs is kept in it.
"""

from __future__ import annotations

import cProfile
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.web.cli import main

# the first runs of each kind fill caches
SKIPPED_RUNS = 20

Run = Callable[[Any, Any], None]


def timed(run: Run, out: TextIO) -> Run:
    """Write how long each run took."""
    collecting = [0.0, 0.0]

    def note(phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            collecting[0] = time.perf_counter()
        else:
            collecting[1] += time.perf_counter() - collecting[0]

    gc.callbacks.append(note)

    def clocked(self: Any, rerun_data: Any) -> None:  # noqa: ANN401  Streamlit's own
        collecting[1] = 0.0
        wall, cpu = time.perf_counter(), time.thread_time()
        run(self, rerun_data)
        spent = (time.perf_counter() - wall, time.thread_time() - cpu, collecting[1])
        print(*(f"{1000 * s:.3f}" for s in spent), file=out, flush=True)

    return clocked


def profiled(run: Run, out: Path) -> Run:
    """Keep the profile of all runs but the first."""
    profiler = cProfile.Profile()
    count = [0]

    def watched(self: Any, rerun_data: Any) -> None:  # noqa: ANN401  Streamlit's own
        count[0] += 1
        if count[0] <= SKIPPED_RUNS:
            run(self, rerun_data)
            return
        profiler.enable()
        try:
            run(self, rerun_data)
        finally:
            profiler.disable()
            profiler.dump_stats(out)

    return watched


if __name__ == "__main__":
    how, file, *rest = sys.argv[1:]
    # there is no public place for a clock
    name = "_run_script"
    plain: Run = getattr(ScriptRunner, name)
    with Path(file).open("a", encoding="utf-8") as out:
        setattr(ScriptRunner, name, timed(plain, out) if how == "times" else profiled(plain, Path(file)))
        sys.argv = ["streamlit", *rest]
        main(prog_name="streamlit")
