"""Fifty schools at work, for loads: the region of the demo and what its builders leave out.

People, pairs, programmes, meetings, answers, roadmaps come in bulk (`mentoring/portal/demo/region`); papers, an open
questionnaire, requests for consents, materials, events, news and notices by the services. Everybody has an account.
"""

import datetime as dt
import random
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, QuerySet
from django.utils import timezone

from mentoring.core.pdf import render_pdf
from mentoring.portal.demo import PASSWORD
from mentoring.portal.demo.region import build
from mentoring.portal.demo.region import schools as places
from mentoring.portal.demo.region.words import towns
from people.models import Membership, Notice, Organization, Person, RoleGrant
from people.models.accounts import Role
from people.pages import with_current_roles
from people.services import consents, questionnaires
from programs.models import MentoringGroup, ReportRequest
from programs.services import learning, publications, report_requests, report_summary
from programs.services.public_sections import section_of
from roadmap.models import Document, DocumentFile, Roadmap
from roadmap.services import archive, drafts, events, library, readings
from tests.people.makers_surveys import make_survey
from tests.roadmap.makers import approve, send

MUNICIPALITIES, SCHOOLS_EACH, SEED = 5, 10, 1
PEOPLE = (40, 80)  # of a school
NEWS = ("Год наставничества начался", "Наставники прошли Школу", "Неделя открытых занятий")
MATERIALS = ("Бланк отзыва о встрече", "Разбор занятия", "Первая неделя новичка", "План встречи", "Памятка наставника")  # fmt: skip
TOLD = ("Ознакомьтесь с приказом", "Заполните анкету", "Ответьте на запрос согласия", "Встреча пары завтра", "Новый материал")  # fmt: skip
COPIES = 12  # papers of earlier years on the list of a school


def fill(day: dt.date) -> None:
    """Issued papers carry one and the same drawn file: what is loaded later is reading it, not drawing."""
    drawn: list[bytes] = []

    def draw_once(html: str) -> bytes:
        drawn.append(drawn[0] if drawn else render_pdf(html))
        return drawn[0]

    with patch("roadmap.services.archive.pdf.render_pdf", draw_once):
        build_schools(day)


def build_schools(day: dt.date) -> None:
    region = build.found(places.region(), None, day, SEED, signs_in=False)
    chance, number = random.Random(SEED), 0
    for place, town in enumerate(towns()[:MUNICIPALITIES], start=1):
        above = build.found(places.municipality(place, town), region, day, SEED, signs_in=False)
        part = [(number + own, chance.randint(*PEOPLE)) for own in range(1, SCHOOLS_EACH + 1)]
        build.build_municipality(above, part, day, SEED)
        number += SCHOOLS_EACH
        ask_for_reports(above, day)
    open_accounts()
    for school in schools():
        work(school, day)
    for request in ReportRequest.objects.select_related("organization"):
        report_summary.recount(request, by=member(request.organization, Role.CURATOR))


def schools() -> QuerySet:
    return Organization.objects.exclude(institution_type=Organization.Type.AUTHORITY).order_by("pk")


def authorities() -> QuerySet:
    """Of the municipalities: those that ask for reports."""
    return Organization.objects.filter(pk__in=ReportRequest.objects.values("organization")).order_by("pk")  # fmt: skip


def members(organization: Organization, role: str) -> list[Membership]:
    """Who holds the role today, those with the fewest other roles first."""
    held = RoleGrant.objects.active_on(timezone.localdate()).filter(role=role, organization=organization)  # fmt: skip
    rows = Membership.objects.filter(pk__in=held.values("membership")).annotate(roles=Count("grants")).order_by("roles", "pk")  # fmt: skip
    return [with_current_roles(row) for row in rows.select_related("organization", "person", "user")]  # fmt: skip


def teachers(organization: Organization) -> list[Membership]:
    """A mentor, a mentee and somebody without a pair."""
    groups = MentoringGroup.objects.of(organization).filter(state="active").order_by("pk")
    mentors = set(groups.values_list("mentor", flat=True))
    mentees = set(groups.values_list("members__person", flat=True))
    rows = members(organization, Role.STAFF)
    kinds = (mentors, mentees, {row.person_id for row in rows} - mentors - mentees)
    return [next(row for row in rows if row.person_id in people) for people in kinds if people]


def member(organization: Organization, role: str) -> Membership:
    return members(organization, role)[0]


def ask_for_reports(authority: Organization, day: dt.date) -> None:
    start = dt.date(places.year_of(day), 9, 1)
    report_requests.ask(
        by=member(authority, Role.CURATOR), title="Наставничество за год", start=start, end=day, on=day,
        due_on=day + dt.timedelta(days=14), on_day=day,
    )  # fmt: skip


def work(school: Organization, day: dt.date) -> None:
    """What a curator and a head have done by the middle of the year."""
    curator, head = member(school, Role.CURATOR), member(school, Role.HEAD)
    staff = list(Person.objects.of(school).active_on(day).filter(kind="employed").order_by("pk"))
    issue_papers(curator, head, staff, day)
    library.install(school)
    questionnaires.install(school)
    make_survey(curator, staff, opens_on=day)
    consents.ask(staff[::3], "dissemination", on=day, by=curator)
    share(curator, staff, day)
    tell_everybody(school, staff)


def issue_papers(curator: Membership, head: Membership, staff: list[Person], day: dt.date) -> None:
    """Orders with annexes in force and read, two that wait for the head, a draft, those of earlier years."""
    plan = Roadmap.objects.of(curator.organization).order_by("-year_start").first()

    def draft(kind: str, **more) -> Document:
        return drafts.create_draft(kind=kind, day=day, by=curator, roadmap=plan, **more)

    def on_curators() -> Document:
        values = {"curators": [curator.person_id], "starts_on": day, "roadmap_due": day, "report_due": day}  # fmt: skip
        return draft("curator_order", values={name: value if isinstance(value, list) else value.isoformat() for name, value in values.items()})  # fmt: skip

    own = approve(send(on_curators(), curator), head, number="1-К", dated_on=day)
    annexes = [draft(kind) for kind in ("regulation", "roadmap")]
    values = {"effective_from": day.isoformat(), "acquaint_due": day.isoformat()}
    order = draft("regulation_order", values=values, annexes=annexes)
    for annex in annexes:
        send(annex, curator)
    order = approve(send(order, curator), head, number="2", dated_on=day)
    readings.ask_acknowledgement(order, people=staff[:30], by=curator)
    for _ in range(2):
        send(on_curators(), curator)
    on_curators()
    keep_older(own)


def keep_older(order: Document) -> None:
    """Papers of earlier years, with the text and the file of this one."""
    papers = Document.objects.bulk_create(
        Document(
            organization=order.organization, kind=order.kind, title=order.title, body=order.body, state="replaced",
            register=order.register, number=f"{number}-л", number_period=order.dated_on.year - 1 - number % 3,
            dated_on=order.dated_on - dt.timedelta(days=365 + 40 * number), signatory=order.signatory,
            check_code=f"{order.check_code[:14]}-{number}", created_by=order.created_by,
        ) for number in range(COPIES)
    )  # fmt: skip
    file = archive.latest_file(order)
    DocumentFile.objects.bulk_create(
        DocumentFile(
            organization=order.organization, document=paper, edition=file.edition, rendition=file.rendition,
            stored=file.stored, file_hash=file.file_hash, html=file.html,
        ) for paper in papers
    )  # fmt: skip


def share(curator: Membership, staff: list[Person], day: dt.date) -> None:
    for title in MATERIALS:
        learning.add_material(title=title, note="Один лист", link="https://example.org/list", folder="Для наставников", on=day, by=curator)  # fmt: skip
    for number, kind in enumerate(("round_table", "meeting", "induction"), start=1):
        event = events.create_event(by=curator, kind=kind, title="Встреча наставников", place="актовый зал", starts_at=timezone.now() + dt.timedelta(days=3 * number), sign_up=True)  # fmt: skip
        events.invite(event, staff[:20], by=curator)
    section_of(curator.organization)
    for title in NEWS:
        row = publications.draft(title=title, body="<p>Опытный педагог рядом с тем, кто начинает.</p>" * 4, publish_on=day, by=curator)  # fmt: skip
        publications.publish(row, by=curator)


def tell_everybody(school: Organization, staff: list[Person]) -> None:
    now = timezone.now()
    Notice.objects.bulk_create(
        Notice(
            organization=school, person=person, event="survey.asked", key=f"load-{number}", title=TOLD[number % len(TOLD)],
            url=f"/s/{school.slug}/", read_at=None if number < 3 else now,
        ) for person in staff for number in range(10)
    )  # fmt: skip


def open_accounts() -> None:
    """An account for everybody, one password."""
    rows, User = list(Membership.objects.filter(user=None)), get_user_model()
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(username=f"member{row.pk}@load.example", email=f"member{row.pk}@load.example", password=password) for row in rows
    )  # fmt: skip
    for row, user in zip(rows, users, strict=True):
        row.user = user
    Membership.objects.bulk_update(rows, ["user"], batch_size=1000)


def main() -> None:
    """Into a database that is there and empty."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    fill(timezone.localdate())
    with connection.cursor() as cursor:  # what autovacuum does for tables that live longer
        cursor.execute("VACUUM ANALYZE")
