"""Named hooks: what an upper floor must do in the same transaction as the people floor.

An upper floor registers its function in `AppConfig.ready()`. The full list is here and in README.md.
"""

import datetime as dt
from collections.abc import Callable

from people.models import Organization, Person

PersonHook = Callable[..., None]

on_consent_lost: list[PersonHook] = []
on_person_left: list[PersonHook] = []
# `function(organization, days=…)`: the days on which it belonged to the former and to the new authority.
on_authority_changed: list[Callable[..., None]] = []
# `function(organization, event)`: a line of the journal was written; what is kept outside the tables may be out of date.
on_recorded: list[Callable[..., None]] = []


def fire(hook: list[PersonHook], person: Person, *, on: dt.date, by, **facts) -> None:
    """Call every registered function as `function(person, on=…, by=…)`.

    `on_consent_lost` also gets `kind=`, the kind of the consent that no longer holds.
    """
    for function in hook:
        function(person, on=on, by=by, **facts)


def authority_changed(organization: Organization, *, days: list[dt.date]) -> None:
    for function in on_authority_changed:
        function(organization, days=days)


def recorded(organization: Organization, event: str) -> None:
    for function in on_recorded:
        function(organization, event)
