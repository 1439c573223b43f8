"""A pair that works by a paper order."""

from django.utils import timezone

from programs.models import MentoringGroup
from programs.services import existing


def existing_pair(mentor, mentee, curator) -> MentoringGroup:
    today = timezone.localdate()
    return existing.enter_existing(mentor.person, [mentee.person], starts_on=today, paper_number="1-л", paper_date=today, on=today, by=curator)  # fmt: skip
