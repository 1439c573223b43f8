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


Door = Callable[[World, Tally, Callable], None]
DOORS: dict[str, Door] = {
    "rows": lambda world, tally, part: rows(world, tally),
    "secrets": lambda world, tally, part: secrets.every_reading(world, tally),
    "links": lambda world, tally, part: with_links(world, tally),
    "tokens": lambda world, tally, part: machines.every_token(world, tally),
    "tasks": lambda world, tally, part: machines.every_task(world, tally),
    "letters": lambda world, tally, part: machines.every_letter(world, tally),
    "uploads": lambda world, tally, part: uploads.every_upload(world, tally),
    "ids": lambda world, tally, part: pages.foreign_rows(world, tally, INSIDERS, part),
    "bodies": lambda world, tally, part: bodies.every_body(world, tally, WRITERS, part),
    "admin": lambda world, tally, part: records.every_record(world, tally, KEEPERS, part),
    "pages": lambda world, tally, part: pages.every_address(world, tally, ROLES, part),
}


def knock(world: World, tally: Tally, doors, *, every: int = 1) -> None:
    """At each of the doors; `every` = 10 takes each tenth address, form and record."""
    ask_again(world)
    for name in doors:
        DOORS[name](world, tally, lambda found: list(found)[::every])
