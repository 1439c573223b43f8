"""People of a school: names, ages, experience, posts, roles."""

import datetime as dt

from mentoring.portal.demo.region import words
from mentoring.portal.demo.region.schools import School, Type
from people.models import Membership, Person, RoleGrant
from people.models.accounts import Role

POSTS = {Type.KINDERGARTEN: words.CARERS, Type.ADDITIONAL: words.LEADERS}
# Shares of a staff as official statistics have them: beginners are few, most have worked long.
NEW, LEFT, EXTERNAL, STATED = 0.11, 0.05, 0.02, 0.12
START = dt.date(2015, 9, 1)


def build_staff(school: School) -> None:
    head = add_person(school, experienced(school), post=school.organization.head_title)
    curator = add_person(school, experienced(school), post="заместитель руководителя")
    school.head, school.curator = head, give_roles(school, curator, Role.CURATOR, Role.STAFF)
    give_roles(school, head, Role.HEAD, Role.STAFF)
    for _ in range(school.size - 2):
        if school.often(EXTERNAL):
            add_external(school)
            continue
        since = beginner(school) if school.often(NEW) else experienced(school)
        give_roles(school, add_person(school, since), Role.STAFF)


def beginner(school: School) -> dt.date:
    """First day of work of a teacher with at most three years."""
    year = school.years[1].start - school.chance.randrange(4)
    return min(dt.date(year, 9, 1), school.day - dt.timedelta(days=1))


def experienced(school: School) -> dt.date:
    return dt.date(school.years[1].start - school.chance.randint(4, 38), 9, 1)


def name(school: School) -> dict:
    chance, woman = school.chance, school.often(0.86)
    surname = chance.choice(words.SURNAMES)
    return {
        "last_name": surname + "а" * woman, "first_name": chance.choice(words.WOMEN if woman else words.MEN),
        "patronymic": words.patronymic(chance.choice(words.FATHERS), woman), "sex": "f" if woman else "m",
    }  # fmt: skip


def add_person(school: School, since: dt.date, post: str = "") -> Person:
    """A worker who began to teach on that day, here or elsewhere."""
    chance = school.chance
    years = school.day.year - since.year
    title, subject = (post, "") if post else chance.choice(POSTS.get(school.organization.institution_type, words.TEACHERS))  # fmt: skip
    here = dt.date(since.year + chance.randint(0, max(0, years - 1)), 9, 1) if years > 4 else since
    person = school.add(
        Person, **name(school), job_title=title, subject=subject, employed_from=here,
        employed_to=last_day(school, here) if not post else None, birth_year=since.year - chance.randint(21, 26),
        **experience(school, since), **category(school, years),
    )  # fmt: skip
    school.people.append(person)
    return person


def last_day(school: School, here: dt.date) -> dt.date | None:
    """Some left within the two school years."""
    if not school.often(LEFT):
        return None
    left = school.day - dt.timedelta(days=school.chance.randint(1, 400))
    return left if left > here else None


def experience(school: School, since: dt.date) -> dict:
    """Most cards know the first day, others the years on a date, as staff lists bring them."""
    if school.often(STATED):
        on = max(since, dt.date(school.years[0].start, 9, 1))
        return {"teaching_years": on.year - since.year, "teaching_years_on": on}
    return {"teaching_since": since}


def category(school: School, years: int) -> dict:
    if years < 3 or school.often(0.3):
        return {}
    got = school.day - dt.timedelta(days=school.chance.randint(5, 1700))
    return {"category": "высшая" if years > 12 and school.often(0.5) else "первая", "category_date": got}  # fmt: skip


def add_external(school: School) -> None:
    person = school.add(Person, **name(school), kind=Person.Kind.EXTERNAL, institution="Педагогический колледж", job_title="преподаватель")  # fmt: skip
    school.add(Membership, person=person)


def give_roles(school: School, person: Person, *roles: str) -> Membership:
    member = school.add(Membership, person=person)
    for role in roles:
        school.add(RoleGrant, membership=member, role=role, starts_on=max(person.employed_from, START), ends_on=person.employed_to, basis="штатное расписание")  # fmt: skip
    return member
