"""Every door, whole or a part of it."""

from collections.abc import Callable

from tests.leaks import bodies, machines, pages, records, secrets, uploads
from tests.leaks.filling import INSIDERS, ROLES
from tests.leaks.tally import Tally
from tests.leaks.untouched import all_crossing_links
from tests.leaks.world import World, ask_again

KEEPERS = ("head", "curator", "portal_admin")
# Who fills in forms; what one of them may, no other needs to try again.
WRITERS = ("curator", "portal_admin", "head", "psychologist", "teacher", "mentor", "mentee")


def rows(world: World, tally: Tally) -> None:
    """Before anybody knocks: no row of one owner leads to another."""
    for link in all_crossing_links():
        tally.leak("rows", link)


def with_links(world: World, tally: Tally) -> None:
    """A secret address shows what it is for, and nothing of a neighbour."""
    from django.urls import reverse

    for name in ("representative", "representative_blank"):
        path = reverse(name, args=[world.links["representative"]])
        answer = pages.look(world, tally, "anonymous", "GET", path, door="links")
        if answer.status_code != 200:
            tally.leak("links", f"{path}: {answer.status_code}, the door was not open at all")


DOORS: dict[str, Callable[[World, Tally], None]] = {
    "rows": rows,
    "secrets": secrets.every_reading,
    "links": with_links,
    "machines": lambda world, tally: [one(world, tally) for one in (machines.every_token, machines.every_task, machines.every_letter)],
    "uploads": uploads.every_upload,
    "ids": lambda world, tally: pages.foreign_rows(world, tally, INSIDERS),
    "bodies": lambda world, tally: bodies.every_body(world, tally, WRITERS),
    "admin": lambda world, tally: records.every_record(world, tally, KEEPERS),
    "pages": lambda world, tally: pages.every_address(world, tally, ROLES),
}  # fmt: skip


def knock(world: World, tally: Tally, doors) -> None:
    ask_again(world)
    for name in doors:
        DOORS[name](world, tally)
