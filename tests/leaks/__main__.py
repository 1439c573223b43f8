"""Does anything of one school reach another? `python -m tests.leaks [--doors pages,ids,…] [--every N]`

Three schools (two of one authority, one stranger) with every kind of row and the authority itself; every role
at every door. Ends with `urls=… roles=… schools=… leaks=…`; exit code 1 when there are leaks. Runs on a copy of the
test database, on PostgreSQL when `DATABASE_URL` names a server.
"""

import argparse
import logging
import sys
import time

from tests.leaks.ground import own_database


def run(chosen: str, every: int) -> int:
    from tests.leaks.doors import DOORS, knock
    from tests.leaks.filling import make_world
    from tests.leaks.tally import Tally

    world, tally = make_world(), Tally(aloud=True)
    logging.disable(logging.CRITICAL)  # refusals are what is asked for
    for name in chosen.split(",") if chosen else DOORS:
        start = time.monotonic()
        knock(world, tally, [name], every=every)
        print(f"{name}: {time.monotonic() - start:.0f} с", flush=True)
    counts = ", ".join(f"{door} {number}" for door, number in tally.requests.items())
    print(f"запросы: {counts}")
    print(f"urls={len(tally.urls)} roles={len(tally.roles)} schools=3 leaks={len(tally.leaks)}")
    return 1 if tally.leaks else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--doors", default="", help="rows,secrets,links,tokens,tasks,letters,uploads,ids,bodies,admin,pages")  # fmt: skip
    parser.add_argument("--every", type=int, default=1, help="каждый N-й адрес: для пробы")
    options = parser.parse_args()
    with own_database("leaks"):
        return run(options.doors, options.every)


if __name__ == "__main__":
    sys.exit(main())
