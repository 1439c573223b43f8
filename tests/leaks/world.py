"""Schools full of rows and the people who knock at their doors."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.test import Client

from people.models import Membership, Organization

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass
class World:
    """`members` by role; those of our school and outsiders; `keys` are their sessions.

    `school` is ours, `other` the neighbour, `strange` one of no common authority; `marks` are words
    that stand in rows of the other schools only, `own_mark` in ours; `closed(role)` are
    words of our school that the role may not read; `foreign_ids` by the name of a field;
    `links` are secret addresses by whose they are.
    """

    school: Organization
    other: Organization
    members: dict[str, Membership]
    keys: dict[str, str]
    own_mark: str = ""
    marks: tuple[str, ...] = ()
    closed: Callable[[str], tuple[str, ...]] = lambda role: ()
    links: dict[str, str] = field(default_factory=dict)
    strange: Organization | None = None
    foreign_ids: dict[str, int] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """Signed in as that role."""
        browser = Client(raise_request_exception=False)
        if role in self.keys:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.keys[role]
        return browser

    def visit(self, role: str, method: str, path: str, *args, keep: bool = False, **kwargs):
        """One request whose changes are taken back, so that visits do not disturb each other.

        `keep` leaves them to be looked at by a caller that takes them back itself.
        """
        with transaction.atomic():
            answer = getattr(self.client(role), method.lower())(path, *args, **kwargs)
            answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(not keep)
        return answer


def session_key(member: Membership) -> str:
    """A session as it is after sign-in."""
    browser = Client()
    browser.force_login(member.user, backend=MODEL_BACKEND)
    return browser.session.session_key


def ask_again(world: World) -> None:
    """All have typed the password a second time, so approvals do not stop at that question."""
    for role, key in world.keys.items():
        session = SessionStore(key)
        session["account_authentication_methods_user"] = str(world.members[role].user.pk)
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session.save()


def text_of(answer) -> str:
    """Text of a page; empty for files."""
    html = answer.get("Content-Type", "").startswith("text/html")
    return answer.body.decode() if html else ""
