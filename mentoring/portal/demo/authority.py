"""The demo's education authority: its schools, a request with answers in every state, a closed one of last year."""

import datetime as dt

from mentoring.portal.demo.people import DemoSchool
from people.models import Membership
from people.services import subordination
from programs.models import ReportRequest
from programs.services import report_requests, report_summary
from roadmap.services import approvals, drafts, sending
from roadmap.services.year import year_of

SLUG = "ministry"
# What became of each school's report; the others are still asked.
ACCEPTED, SUBMITTED, RETURNED, IN_REVIEW = "solnyshko", "licey-45", "ddt", "school-21"
ANSWERED = (ACCEPTED, SUBMITTED, RETURNED, IN_REVIEW, "ds-127")


class DemoAuthority:
    def __init__(self, schools: dict[str, DemoSchool], day: dt.date):
        self.schools, self.day = schools, day
        self.own = DemoSchool(SLUG, day)
        self.curator = self.own.member("curator")

    def build(self) -> None:
        start = dt.date(year_of(self.day), 9, 1) - dt.timedelta(days=730)
        for school in self.schools.values():
            subordination.subordinate(authority=self.own.organization, starts_on=start, by=school.member("curator"))  # fmt: skip
        self.ask_for_last_year()
        request = self.ask_for_this_year()
        for slug, school in self.schools.items():
            if slug in ANSWERED:
                self.answer(request, slug, school)
        report_summary.recount(request, by=self.curator)

    def ask_for_last_year(self) -> None:
        """A collection that is over: its table is frozen."""
        year = year_of(self.day) - 1
        request = self.ask(f"Наставничество за {year}/{year + 1} учебный год", dt.date(year, 9, 1), dt.date(year + 1, 8, 31))  # fmt: skip
        report_summary.close(request, by=self.curator)

    def ask_for_this_year(self) -> ReportRequest:
        year = year_of(self.day)
        first, last = dt.date(year, 9, 1), dt.date(year + 1, 8, 31)
        return self.ask(f"Наставничество: начало {year}/{year + 1} учебного года", first, last, on=self.day, note="Обратите внимание на педагогов без наставника.")  # fmt: skip

    def ask(self, title: str, start: dt.date, end: dt.date, *, on: dt.date | None = None, note: str = "") -> ReportRequest:  # fmt: skip
        return report_requests.ask(
            by=self.curator, on_day=self.day, title=title, start=start, end=end, on=on or end, due_on=self.day + dt.timedelta(days=20), note=note,
        )  # fmt: skip

    def answer(self, request: ReportRequest, slug: str, school: DemoSchool) -> None:
        curator, head = school.member("curator"), school.member("head")
        row = request.submissions.get(organization=school.organization)
        values = {"request": row.pk, "author": curator.person_id, "problems": "Не хватает методистов для занятий Школы наставников"}  # fmt: skip
        paper = drafts.create_draft(
            kind="authority_report", day=self.day, by=curator, values=values
        )
        sending.send_for_approval(paper, by=curator)
        if slug == IN_REVIEW:
            return
        approvals.approve(paper, by=head, dated_on=self.day, number=f"01-21/{14 + row.pk}", signed_on_paper=True, today=self.day)  # fmt: skip
        paper.refresh_from_db()
        row = report_requests.submit(row, document=paper, on=self.day, by=curator)
        self.decide(row, slug)

    def decide(self, row, slug: str) -> None:
        by: Membership = self.curator
        if slug == ACCEPTED:
            report_requests.accept(row, on=self.day, by=by)
        elif slug == RETURNED:
            report_requests.return_report(row, reason="Уточните, почему две программы остались без встреч", on=self.day, by=by)  # fmt: skip
