"""All lines of «Состояние»."""

import datetime as dt

from mentoring.portal.state import machine, safety, work
from mentoring.portal.state.lights import Colour, Light, worst
from people.models import Organization


def lights(now: dt.datetime, school: Organization | None = None) -> list[Light]:
    """For a school: its own letters and seals, and what all share as counts; about ten queries, however many rows."""
    return [
        work.queue(now),
        work.mail(now, school),
        safety.backup(now),
        safety.seals(now, school),
        machine.disk(),
        machine.libraries(),
        safety.migrations(),
        machine.clock(),
        machine.versions(),
    ]


def verdict(found: list[Light]) -> Colour:
    return worst(*(light.colour for light in found))
