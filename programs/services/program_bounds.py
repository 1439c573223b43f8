"""Own bounds of a programme's length by category of mentees (R-603)."""

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, MenteeProfile
from programs.models import ProgramBounds
from programs.program_permissions import can_keep_programs


@transaction.atomic
def set_bounds(bounds: dict[str, dict[str, int]], *, by: Membership) -> None:
    """`bounds`: {category: {min_months, max_months}}; what equals the school's usual is not kept."""
    can_keep_programs(by).require()
    school = by.organization
    usual = {"min_months": school.program_min_months, "max_months": school.program_max_months}
    for category, months in bounds.items():
        if months["min_months"] > months["max_months"]:
            title = MenteeProfile.Category(category).label
            raise RuleError(f"{title.capitalize()}: наибольший срок меньше наименьшего.")
        rows = ProgramBounds.objects.of(school).filter(category=category)
        if months == usual:
            rows.delete()
        else:
            ProgramBounds.objects.update_or_create(organization=school, category=category, defaults=months)  # fmt: skip
