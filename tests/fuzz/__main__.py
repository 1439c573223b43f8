"""Hostile inputs at every door: `python -m tests.fuzz [--inputs N] [--seed N]`.

Forms, addresses, queries, JSON, files and the API of a full school. Nothing may answer with a 5xx. Ends with
`inputs=… errors=…`; exit code 1 when there are errors. Runs on a copy of the test
database, on PostgreSQL when `DATABASE_URL` names a server.
"""

import argparse
import logging
import sys
import time

from tests.leaks.ground import own_database


def run(inputs: int, seed: int) -> int:
    from tests.fuzz.api_cases import operations
    from tests.fuzz.inputs import ground_of
    from tests.fuzz.pages import all_forms
    from tests.fuzz.run import pour
    from tests.fuzz.trial import Trial
    from tests.leaks.filling import make_world
    from tests.leaks.world import ask_again

    world = make_world()
    ask_again(world)
    trial = Trial(world)
    ground = ground_of(trial, all_forms(world), operations(world.members["authority_curator"]))
    print(f"форм {len(ground.forms)}, страниц {len(ground.pages)}", flush=True)
    logging.disable(logging.CRITICAL)  # each fault is told once, below
    start = time.monotonic()
    pour(ground, inputs=inputs, seed=seed)
    for where, example in trial.faults.items():
        print(f"{where}\n    {example}")
    codes = ", ".join(f"{code}: {number}" for code, number in sorted(trial.seen.items()))
    print(f"ответы {codes}; {time.monotonic() - start:.0f} с")
    print(f"inputs={trial.inputs} errors={trial.errors}")
    return 1 if trial.errors else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with own_database("fuzz"):
        return run(options.inputs, options.seed)


if __name__ == "__main__":
    sys.exit(main())
