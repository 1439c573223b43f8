"""Kinds of hostile input; each is a function (draw, ground) that sends one."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from hypothesis import strategies as st

from mentoring.portal.routes import routes
from tests.fuzz import values
from tests.fuzz.files import uploads
from tests.fuzz.pages import FOUND_BY, Form, open_pages
from tests.fuzz.trial import Trial

# Names that the views and the admin read from an address; a form's own fields come with the form.
ASKED = (
    "q", "page", "sort", "export", "show", "view", "kind", "state", "person", "people", "form", "event", "roadmap", "stage", "program", "activity", "year", "tag", "folder",
    "templates", "part", "place", "block", "new", "batch", "archived", "mentor", "mentee", "group", "school", "next", "start", "end", "on", "theme", "when", "partner", "values",
    "o", "p", "e", "all", "_popup", "_to_field", "_changelist_filters", "organization__id__exact", "organization", "pk__in", "id__gt", "person__last_name__regex",
    "app_label", "model_name", "field_name", "term", "action",
)  # fmt: skip
NUMBER = re.compile(r"(?<=/)\d+(?=/|\.)")
GREAT = ("0", "00", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "9" * 3000, "٣", "-1", "1.5", "%00", "%ED%A0%80", "a%2Fb", "ы")  # fmt: skip
JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), values.TEXTS.filter(lambda one: len(one) < 400)
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(["code", "value", "revision", "codes", "other", "person", "reasons", "text", "one", "\x00"]), inner, max_size=4)),
    max_leaves=8,
)  # fmt: skip


@dataclass
class Ground:
    """What the inputs are aimed at."""

    trial: Trial
    forms: list[Form]
    pages: list[tuple[str, str]]
    posts: list[tuple[str, str]]
    json_doors: list[tuple[str, str]]
    operations: list

    @property
    def with_files(self) -> list[Form]:
        return [form for form in self.forms if form.files and form.method == "POST"]


def ground_of(trial: Trial, forms: list[Form], operations: list) -> Ground:
    world = trial.world
    pages = [(role, path) for role in FOUND_BY for route in open_pages(role) if (path := route.path(world.school))]  # fmt: skip
    posts = sorted({path for route in routes() if route.method == "POST" and (path := route.path(world.school))})  # fmt: skip
    saves = [path for path in posts if path.endswith("/save/")]
    json_doors = [("teacher", path) for path in saves]
    posts = [("curator", path) for path in posts if "logout" not in path]
    return Ground(trial, forms, pages, posts, json_doors, operations)


def a_form(draw, ground: Ground) -> None:
    form = draw(st.sampled_from(ground.forms))
    ground.trial.submit(form, draw(values.filled(form)))


def a_bare_post(draw, ground: Ground) -> None:
    """Names that no form of the page has, or none at all."""
    role, path = draw(st.sampled_from(ground.posts))
    names = st.one_of(st.sampled_from(ASKED), st.sampled_from(["row", "card", "member", "participant", "step", "do", "accepted", "target", "before", "rows-TOTAL_FORMS", "form-TOTAL_FORMS", "_selected_action", "\x00"]))  # fmt: skip
    pairs = draw(st.lists(st.tuples(names, values.TEXTS), max_size=5))
    ground.trial.submit(Form(role, "POST", path, ()), pairs)


def a_query(draw, ground: Ground) -> None:
    role, path = draw(st.sampled_from(ground.pages))
    pairs = draw(st.lists(st.tuples(st.sampled_from(ASKED), values.TEXTS), min_size=1, max_size=4))
    pairs = [(name, text[:2000]) for name, text in pairs]
    ground.trial.submit(Form(role, "GET", path, ()), pairs)


def an_address(draw, ground: Ground) -> None:
    """A number of an address replaced."""
    role, path = draw(st.sampled_from(ground.pages))
    odd = draw(st.sampled_from(GREAT))
    path = NUMBER.sub(odd, urlsplit(path).path) if NUMBER.search(path) else f"{path}{odd}/"
    ground.trial.send(role, draw(st.sampled_from(["GET", "POST"])), path)


def a_json(draw, ground: Ground) -> None:
    """What the script of a questionnaire sends, broken in some way."""
    role, path = draw(st.sampled_from(ground.json_doors))
    body = json.dumps(draw(st.one_of(st.fixed_dictionaries({"code": st.just("one"), "value": JSON, "revision": JSON}), JSON)))  # fmt: skip
    body = body[: draw(st.integers(1, len(body)))] if draw(st.booleans()) else body
    ground.trial.send(role, "POST", path, told=body[:300], data=body, content_type="application/json")  # fmt: skip


def a_file(draw, ground: Ground) -> None:
    """A form with its file; what reads it afterwards is asked too."""
    form = draw(st.sampled_from(ground.with_files))
    fields = {name: old for name, old, _ in form.fields}
    for name in form.files:
        fields[name] = draw(uploads())
    ground.trial.send(form.role, "POST", form.path, told=ascii(fields)[:300], data=fields, follow=True)  # fmt: skip


def an_api_call(draw, ground: Ground) -> None:
    """As the description of the API allows, and as it does not."""
    operation, headers = draw(st.sampled_from(ground.operations))
    case = draw(operation)
    path = case.formatted_path
    pairs = [(str(name), text if isinstance(text, str) else json.dumps(text)) for name, text in (case.query or {}).items()]  # fmt: skip
    path = f"{path}?{values.encoded(pairs).decode()}" if pairs else path
    ground.trial.send("anonymous", "GET", path, headers=headers)


KINDS = (
    *[a_form] * 8, *[a_query] * 4, *[an_address] * 2, a_bare_post, a_bare_post, a_json, *[a_file] * 3, *[an_api_call] * 3
)  # fmt: skip


def one_input(draw, ground: Ground) -> None:
    draw(st.sampled_from(KINDS))(draw, ground)
