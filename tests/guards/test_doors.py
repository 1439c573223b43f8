"""Every page is behind a guard: the door of a school, or a name on a short list that says why not."""

from django.urls import URLPattern, get_resolver

# Pages without a school in the address, or open to all; each checks its own key, or shows what is public.
OPEN = {
    "root": "chooses the school, after sign-in",
    "public": "the public section", "public_document": "the public section", "public_photo": "the public section", "public_page": "the public section",
    "robots": "says what may be indexed", "healthz": "for watchers", "readyz": "for watchers", "metrics": "off unless switched on; a key or a named host",
    "check": "the code of a paper is the key",
    "invitation": "a single-use link is the key",
    "q_page": "a personal link is the key", "q_save": "a personal link is the key", "q_check": "a personal link is the key", "q_done": "a personal link is the key", "q_reopen": "a personal link is the key",
    "representative": "a personal link is the key", "representative_blank": "a personal link is the key",
    "calendar_feed": "a personal link is the key",
}  # fmt: skip
# Parts whose every address has the door of that part: sign-in of allauth, the admin site, the tokens of the API.
PARTS = {"accounts/": "allauth.", "api/v1/": ("ninja.", "functools"), "admin/": ("django.", "people.admin", "import_export.", "mentoring.core.admin")}  # fmt: skip


def patterns(resolver=None, prefix=""):
    """(address, name, view) of every address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        where = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield where, pattern.name, pattern.callback
        else:
            yield from patterns(pattern, where)


def has_door(where: str, name: str, view) -> bool:
    """Is it an address of a part that keeps a door of its own?"""
    return any(
        where.startswith(prefix) and view.__module__.startswith(modules)
        for prefix, modules in PARTS.items()
    )


def test_every_address_of_a_school_begins_with_its_door():
    bare = [
        where
        for where, _, view in patterns()
        if where.startswith("s/<slug:school>/") and getattr(view, "guarded_by", "") != "member_page"
    ]
    assert bare == []


def test_every_other_address_is_named_here_or_belongs_to_a_part_with_a_door_of_its_own():
    others = [
        (where, name)
        for where, name, view in patterns()
        if not where.startswith("s/<slug:school>/")
        and name not in OPEN
        and not has_door(where, name, view)
    ]
    assert others == []
    assert set(OPEN) - {name for _, name, _ in patterns()} == set()


def test_the_door_of_the_records_is_at_each_of_their_addresses(client, db):
    """An anonymous visitor is sent to sign in, from all but the page of sign-in itself."""
    shut = {}
    for where, name, _ in patterns():
        if where.startswith("admin/") and name and "(" not in where and "<" not in where:
            answer = client.get("/" + where)
            shut[name] = (answer.status_code, answer["Location"].split("?")[0])
    sign_in = (302, "/accounts/login/")
    through = (302, "/admin/login/")
    assert shut.pop("logout") == (302, "/admin/")
    assert {name: found for name, found in shut.items() if found not in (sign_in, through)} == {}
    assert len(shut) > 50
