"""Ways to tell a person outside the portal: each is a plug with one interface, registered in `ready()`.

The bell always rings first; e-mail is the channel of this floor, a messenger would be another.
"""

import datetime as dt
from typing import Protocol

from people.models import Notice, Organization


class Channel(Protocol):
    def at_once(self, notices: list[Notice]) -> None:
        """Carry notices about what somebody did just now."""

    def daily(self, organization: Organization, day: dt.date) -> int:
        """Carry the reminders of the day, one parcel a person at most; returns how many parcels."""


CHANNELS: list[Channel] = []


def at_once(notices: list[Notice]) -> None:
    for channel in CHANNELS:
        channel.at_once(notices)


def daily(organization: Organization, day: dt.date) -> int:
    return sum(channel.daily(organization, day) for channel in CHANNELS)
