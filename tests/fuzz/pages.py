"""The forms of the portal as a browser sees them: address, fields, values, choices."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import html

from mentoring.portal.routes import ROLES, routes

FOUND_BY = ("teacher", "psychologist", "head", "curator", "portal_admin")
# Signing out would end the session of all later inputs; it has no fields.
LEFT_OUT = ("/accounts/logout/", "/admin/logout/")


@dataclass(frozen=True)
class Form:
    """`fields`: (name, value, choices); the token against forgery is left out, the test client needs none."""

    role: str
    method: str
    path: str
    fields: tuple[tuple[str, str, tuple[str, ...]], ...]
    files: tuple[str, ...] = ()

    @property
    def key(self) -> tuple:
        return self.method, self.path, tuple(name for name, *_ in self.fields)


def open_pages(role: str):
    """Lines of the access table whose page the role may open; a role not in it is tried where the teacher may."""
    place = ROLES.index(role if role in ROLES else "teacher")
    return [route for route in routes() if route.method == "GET" and route.codes[place] == 200]


def forms_of(world, role: str, path: str) -> list[Form]:
    answer = world.visit(role, "GET", path)
    if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
        return []
    tree = html.fromstring(answer.body)
    return [read(form, role, path) for form in tree.iter("form")]


def read(form, role: str, path: str) -> Form:
    fields, files = [], []
    for one in form.iter("input", "select", "textarea", "button"):
        name = one.get("name")
        if not name or name == "csrfmiddlewaretoken":
            continue
        if one.get("type") == "file":
            files.append(name)
        else:
            fields.append((name, value_of(one), choices_of(one)))
    action = urlsplit(urljoin(path, form.get("action") or path.split("?")[0]))
    method = (form.get("method") or "get").upper()
    return Form(role, method, action.path, tuple(fields), tuple(files))


def value_of(element) -> str:
    if element.tag == "textarea":
        return element.text or ""
    if element.tag == "select":
        chosen = element.xpath("option[@selected]/@value") or element.xpath("option/@value")
        return chosen[0] if chosen else ""
    return element.get("value") or ""


def choices_of(element) -> tuple[str, ...]:
    return tuple(element.xpath("option/@value")) if element.tag == "select" else ()


def all_forms(world, roles=FOUND_BY, pages=None) -> list[Form]:
    """Each form once, whoever meets it first; `pages(routes) -> routes` may take a part only."""
    found: dict[tuple, Form] = {}
    for role in roles:
        for route in (pages or list)(open_pages(role)):
            path = route.path(world.school)
            for form in forms_of(world, role, path) if path else ():
                if form.path not in LEFT_OUT and form.path.startswith("/"):
                    found.setdefault(form.key, form)
    return list(found.values())
