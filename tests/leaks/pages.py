"""Door 1: every address of the table, whole and as a piece (htmx), with queries that name foreign rows."""

import itertools
from urllib.parse import urlencode

from mentoring.portal.routes import Route, routes
from mentoring.portal.samples import SCHOOLLESS, sample
from tests.leaks.marks import found
from tests.leaks.tally import Tally
from tests.leaks.world import World

DOOR = "pages"
# Members of other schools, who may read no word of ours.
OUTSIDE = {"stranger", "stranger_head", "sister_curator"}
OF_AUTHORITY = {"observer", "authority_curator"}
# Words of an address that name no row: which bank, which catalogue, which term, which list of the section.
WORDS = {"bank", "catalogue", "catalogue_item", "term", "indicator", "asked", "asked_of", "public_page"}  # fmt: skip
NO_ROW = {*SCHOOLLESS, *WORDS, "school", "token", "app", "user"}
NOBODY = 987654321
PUBLIC = ("/p/", "/v/")
HTMX = {"HX-Request": "true", "HX-Target": "list"}
NUMBERED = (
    "person", "people", "form", "event", "roadmap", "stage", "program", "activity", "mentor", "mentee", "group", "school",
    "partner", "theme", "organization", "organization__id__exact", "request", "document", "folder",
)  # fmt: skip
COUNT = itertools.count()


def hidden_from(world: World, role: str, path: str = "") -> tuple[str, ...]:
    """Marks that the role must not meet there; the public section shows our name to everybody."""
    closed = world.closed(role)
    if role in OF_AUTHORITY:
        return (*closed, *world.marks[1:])
    if role not in OUTSIDE:
        return (*closed, *world.marks)
    words = dict(zip((world.other, world.strange), world.marks, strict=False))
    own = words[world.members[role].organization]
    ours = () if path.startswith(PUBLIC) else (world.own_mark,)
    return (*closed, *ours, *(mark for mark in world.marks if mark != own))


def outsider(role: str) -> bool:
    return role in OUTSIDE or role in OF_AUTHORITY or role == "left"


def is_members(route: Route) -> bool:
    """An address under /s/<school>/."""
    return not route.name.startswith(("admin:", "public", "api:")) and route.sample not in SCHOOLLESS  # fmt: skip


def look(world: World, tally: Tally, role: str, method: str, path: str, door: str = DOOR, **more):
    """One visit; foreign words in the answer are leaks."""
    tally.asked(door, role, path)
    answer = world.visit(role, method, path, **more)
    for mark in found(answer, hidden_from(world, role, path)):
        tally.leak(door, f"{role} {method} {path}: {answer.status_code}, «{mark}»")
    return answer


def every_address(world: World, tally: Tally, roles, part=list) -> None:
    """`part` may take some of the routes only."""
    for route in part(routes()):
        path = route.path(world.school)
        if path is None:
            continue
        for role in roles:
            answer = look(world, tally, role, route.method, path)
            if outsider(role) and is_members(route) and answer.status_code != 404:
                tally.leak(DOOR, f"{role} {route.method} {path}: {answer.status_code}, not 404")
            if route.method == "GET" and answer.status_code == 200 and role != "anonymous":
                asked_otherwise(world, tally, role, path)


def asked_otherwise(world: World, tally: Tally, role: str, path: str) -> None:
    """The same page as a piece, searched, filtered and exported by foreign words and ids; one of them a time."""
    queries = list(odd_queries(world))
    chosen = queries[next(COUNT) % len(queries)]
    look(world, tally, role, "GET", f"{path}?{urlencode(chosen)}", headers=HTMX)


def odd_queries(world: World):
    """Typed words come back in the search box, so marks are searched for by what stands beside them."""
    yield {"q": "учитель", "page": 1, "sort": "-pk"}
    yield {"q": "кварц"}
    yield {"export": "xlsx"}
    for name in NUMBERED:
        yield {name: world.foreign_ids[name], "export": "xlsx"}
        yield {name: world.foreign_ids[name]}


def foreign_rows(world: World, tally: Tally, roles, part=list) -> None:
    """An id of a neighbour in an address of our school answers like an id of nobody."""
    rows = [route for route in routes() if route.sample not in NO_ROW]
    for route in part(rows):
        for other in filter(None, (world.other, world.strange)):
            theirs, nobodys = paths(route, world.school, other)
            for role in roles:
                compare(world, tally, role, route.method, theirs, nobodys)


def paths(route: Route, school, other) -> tuple[str, str]:
    """Address in our school with an id of the neighbour, and with an id that nobody has."""
    arguments = sample(route.sample, other)
    missing = {
        name: NOBODY if isinstance(value, int) and name != "number" else value
        for name, value in arguments.items()
    }
    return tuple(route.address(school, found) for found in (arguments, missing))


def compare(world: World, tally: Tally, role: str, method: str, theirs: str, nobodys: str) -> None:
    answer = look(world, tally, role, method, theirs, door="ids")
    same = world.visit(role, method, nobodys)
    if answer.status_code == 200 or answer.status_code != same.status_code:
        tally.leak("ids", f"{role} {method} {theirs}: {answer.status_code}, nobody's {same.status_code}")  # fmt: skip
