"""A person's browser: cookies, forms, two addresses of the portal; an error page or no answer is `Unsure`."""

import http.client
import json
import random
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urlsplit

from lxml import html

from tests.factories import PASSWORD

SECONDS = 8  # after so long without an answer a person reloads the page
FORWARDED = "X-Forwarded-For"


class Unsure(Exception):
    """Nobody knows whether it was done: the connection broke, the time was up, or an error page came."""


@dataclass
class Page:
    """What is on the screen: the address that was reached, its forms and links."""

    address: str  # with what follows «?»
    status: int
    text: str

    @property
    def path(self) -> str:
        return self.address.partition("?")[0]

    @property
    def tree(self):
        return html.fromstring(self.text)

    def form(self, *, field: str = "", action: str = ""):
        """The form with that field, or sent to that address; else the one that fills the page."""
        for form in self.tree.forms:
            if field in form.fields or (action and form.get("action") == action):
                return form
            if not (field or action) and form.get("class") == "form-page":
                return form
        raise Unsure(f"no such form: {field or action or 'form-page'}")

    def links(self, part: str) -> list[str]:
        return [href for href in self.tree.xpath("//a/@href") if part in href]

    def number(self) -> int:
        """The id in the address: /s/school/documents/15/."""
        return next(int(part) for part in self.path.split("/") if part.isdecimal())


@dataclass
class Browser:
    ports: list[int]
    chance: random.Random
    address: str  # of this client, so that limits per address count people and not the machine
    login: str = ""
    statuses: dict[int, int] = field(default_factory=dict)

    def __post_init__(self):
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def open(self, path: str, data: bytes | None = None, **headers) -> Page:
        """One request to one of the processes; where nobody listens, to the other, as a proxy does."""
        ports = self.chance.sample(self.ports, len(self.ports))
        for port in ports:
            url = f"http://127.0.0.1:{port}{path}"
            request = urllib.request.Request(url, data, {FORWARDED: self.address, **headers})
            try:
                with self.opener.open(request, timeout=SECONDS) as answer:
                    return self.seen(answer.status, answer.url, answer.read())
            except urllib.error.HTTPError as error:
                with error:
                    return self.seen(error.code, error.url, error.read())
            except (OSError, http.client.HTTPException) as error:
                refused = isinstance(getattr(error, "reason", error), ConnectionRefusedError)
                if not refused or port == ports[-1]:
                    raise Unsure(type(error).__name__) from error
        raise Unsure("nobody listens")

    def seen(self, status: int, url: str, body: bytes) -> Page:
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status >= 500 or status == 429:
            raise Unsure(f"{status}")
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return Page(parts.path + query, status, body.decode())

    def get(self, path: str) -> Page:
        page = self.open(path)
        if page.path.startswith("/accounts/login/") and self.login:
            self.submit(page, page.form(field="login"), login=self.login, password=PASSWORD)
            page = self.open(path)
        return self.known(page)

    def known(self, page: Page) -> Page:
        """Before an approval the portal asks for the password once more, then goes on with what was asked."""
        if page.path.startswith("/accounts/reauthenticate/"):
            return self.submit(page, page.form(field="password"), password=PASSWORD)
        return page

    def submit(self, page: Page, form, **values) -> Page:
        """Send the form as it stands on the page, with these fields filled in (a list: several values)."""
        fields = [(name, value) for name, value in form.form_values() if name not in values]
        for name, value in values.items():
            fields += [(name, one) for one in (value if isinstance(value, list) else [value])]
        sent = self.open(form.get("action") or page.address, urlencode(fields).encode())
        return sent if "password" in values else self.known(sent)

    def save(self, path: str, token: str, **data) -> tuple[int, dict]:
        """What the script of a questionnaire sends: JSON there and back."""
        page = self.open(
            path, json.dumps(data).encode(),
            **{"Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": token},
        )  # fmt: skip
        return page.status, json.loads(page.text)
