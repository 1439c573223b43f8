"""Pairs and groups of two school years with their banks and consents."""

import datetime as dt

from mentoring.portal.demo.region.schools import School, Year, moment
from people.models import (
    Consent,
    ConsentText,
    MenteeNeed,
    MenteeProfile,
    MentorProfile,
    MentorStrength,
    Person,
)
from people.services.consent_texts import defaults
from programs.models import Agreement, GroupMember, GroupPause, MentoringGroup

MENTORS, GROUPS = 0.09, 0.2  # mentors among people, groups among pairs
DIRECTIONS = ("theory", "law", "subject", "psychology", "method", "digital", "outside_class", "health")  # fmt: skip
EARLY = ("mentee_request", "curator", "mentor_notice", "left")


def build_pairs(school: School) -> None:
    for year in school.years:
        school.groups[year.start] = [pair for pair in pairs_of(school, year) if pair]
    members = {person for pairs in school.groups.values() for _, people in pairs for person in people}  # fmt: skip
    mentors = {group.mentor for pairs in school.groups.values() for group, _ in pairs}
    fill_banks(school, mentors, members)
    give_consents(school, mentors, members)


def pairs_of(school: School, year: Year) -> list:
    """Mentors who have worked long, each with a beginner or a few; of two years the same people may meet again."""
    starts = year.day(9, 20) + dt.timedelta(days=school.chance.randrange(40))
    there = [one for one in school.people if one.employed_from <= starts and (one.employed_to is None or one.employed_to >= starts)]  # fmt: skip
    fresh = [one for one in there if born_to_teach(one, year) < 4]
    others = [one for one in there if born_to_teach(one, year) >= 4]
    school.chance.shuffle(fresh)
    school.chance.shuffle(others)
    mentors = [others.pop() for _ in range(min(len(others), max(1, round(MENTORS * len(there)))))]
    waiting = fresh + others[: len(others) // 12]
    return [make_pair(school, year, mentor, waiting) for mentor in mentors]


def born_to_teach(person: Person, year: Year) -> int:
    return person.teaching_experience_on(year.day(10, 1)) or 0


def make_pair(school: School, year: Year, mentor: Person, waiting: list[Person]):
    """A pair, or a group of two or three; None when nobody waits for a mentor."""
    chance = school.chance
    people = [waiting.pop(0) for _ in range(min(len(waiting), chance.choice((2, 3)) if school.often(GROUPS) else 1))]  # fmt: skip
    if not people:
        return None
    planned = year.day(10, 1) + dt.timedelta(days=chance.randrange(35))
    group = school.add(
        MentoringGroup, mentor=mentor, form="teacher_teacher", kinds=["group" if len(people) > 1 else "traditional"],
        origin="existing", proposed_on=min(planned - dt.timedelta(days=10), school.day), planned_until=year.day(5, 25),
        paper_number=f"{chance.randint(1, 300)}-л", paper_date=min(planned, school.day), **state_of(school, year, planned),
    )  # fmt: skip
    for person in people:
        school.add(GroupMember, group=group, person=person, starts_on=group.starts_on, ends_on=group.ends_on)  # fmt: skip
    agree(school, group, people)
    if group.state == "paused":
        since = max(group.starts_on, school.day - dt.timedelta(days=20))
        school.add(GroupPause, group=group, starts_on=since, reason="absence")
    return group, people


def state_of(school: School, year: Year, planned: dt.date) -> dict:
    """Where a pair stands on the demo's day."""
    if planned > school.day:
        return {"state": school.chance.choice(("proposed", "accepted"))}
    end = year.day(5, 25)
    if school.often(0.12):
        early = planned + dt.timedelta(days=school.chance.randint(30, 150))
        if early < school.day:
            return {"state": "ended", "starts_on": planned, "ends_on": early, "end_reason": school.chance.choice(EARLY)}  # fmt: skip
    # Some pairs of the year before go on.
    if end < school.day and not (year == school.years[0] and school.often(0.1)):
        return {"state": "ended", "starts_on": planned, "ends_on": end, "end_reason": "completed"}
    return {"state": "paused" if school.often(0.05) else "active", "starts_on": planned}


def agree(school: School, group: MentoringGroup, people: list[Person]) -> None:
    answered = group.state != "proposed"
    over = {"state": "accepted", "answered_on": group.proposed_on, "method": "paper"} if answered else {}  # fmt: skip
    school.add(Agreement, group=group, person=group.mentor, side="mentor", **over)
    for person in people:
        school.add(Agreement, group=group, person=person, side="mentee", **over)


def fill_banks(school: School, mentors: set[Person], members: set[Person]) -> None:
    """Cards of all who take part, candidates, and mentees who wait for a mentor."""
    for person in school.people:
        if person in mentors or (person not in members and school.often(0.04)):
            add_mentor(school, person, "active" if person in mentors else "candidate")
        elif person in members or school.often(0.03):
            add_mentee(school, person, "active" if person in members else "approved")


def card(school: School, person: Person, state: str) -> dict:
    """Fields of both banks; who has left the school has left its bank."""
    gone = person.employed_to
    entered = min(max(school.years[0].day(9, 10), person.employed_from), gone or school.day)
    return {
        "person": person, "subject": person.subject, "delivery_mode": "in_person", "entered_on": entered,
        "state": "left" if gone else state, "left_on": gone,
    }  # fmt: skip


def add_mentor(school: School, person: Person, state: str) -> None:
    chance = school.chance
    profile = school.add(MentorProfile, capacity=3, group_ready=school.often(0.4), hours_per_month=chance.randint(4, 12), **card(school, person, state))  # fmt: skip
    for direction in chance.sample(DIRECTIONS, 2):
        school.add(MentorStrength, profile=profile, direction=direction, level=chance.randint(1, 3))


def add_mentee(school: School, person: Person, state: str) -> None:
    chance = school.chance
    who = "young_specialist" if state == "active" else "other"
    profile = school.add(MenteeProfile, category=who, **card(school, person, state))
    school.add(MenteeNeed, profile=profile, direction=chance.choice(DIRECTIONS), weight=chance.randint(1, 3), source="methodical_work", noted_on=profile.entered_on)  # fmt: skip


def give_consents(school: School, mentors: set[Person], members: set[Person]) -> None:
    """To the use of data of all who take part, to the extra duties of mentors; both on paper."""
    on = school.years[0].day(9, 1)
    texts = {
        (row["kind"], row["role"]): school.add(ConsentText, number=1, published_on=on, **row)
        for row in defaults()
        if (row["kind"], row["role"]) in (("data", "all"), ("duty", "mentor"))
    }
    for person in school.people:
        wanted = [("data", "all")] * (person in mentors | members) + [("duty", "mentor")] * (person in mentors)  # fmt: skip
        for kind, role in wanted:
            day = max(on, person.employed_from)
            school.add(Consent, person=person, kind=kind, text=texts[kind, role], state="given", asked_on=day, given_on=day, method="paper", recorded_by=school.curator, saw_original=school.curator, created_at=moment(day))  # fmt: skip
