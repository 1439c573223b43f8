"""Does anything of one school reach another? `python -m tests.leaks [--doors pages,ids,…]`

Three schools (two of one authority, one stranger) with every kind of row and the authority itself; every role
at every door. Ends with `urls=… roles=… schools=… leaks=…`; exit code 1 when there are leaks. Runs on a database of
its own, on PostgreSQL when `DATABASE_URL` names a server.
"""

import argparse
import logging
import sys
import time

from tests.leaks.ground import own_database


def run(chosen: str) -> int:
    from tests.leaks.doors import DOORS, knock
    from tests.leaks.filling import make_world
    from tests.leaks.tally import Tally

    world, tally = make_world(), Tally()
    logging.disable(logging.CRITICAL)  # refusals are what is asked for
    for name in chosen.split(",") if chosen else DOORS:
        start, before = time.monotonic(), len(tally.leaks)
        knock(world, tally, [name])
        print(f"{name}: {time.monotonic() - start:.0f} с", flush=True)
        for line in tally.leaks[before:]:
            print(f"    {line}", flush=True)
    counts = ", ".join(f"{door} {number}" for door, number in tally.requests.items())
    print(f"запросы: {counts}")
    print(f"urls={len(tally.urls)} roles={len(tally.roles)} schools=3 leaks={len(tally.leaks)}")
    return 1 if tally.leaks else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--doors", default="", help="rows,secrets,links,machines,uploads,ids,bodies,admin,pages")  # fmt: skip
    options = parser.parse_args()
    with own_database("mentoring_leaks"):
        return run(options.doors)


if __name__ == "__main__":
    sys.exit(main())
