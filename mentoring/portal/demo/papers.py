"""The papers of a demo school: from a roadmap's template to orders in force."""

import datetime as dt
import random
from base64 import b32encode

from mentoring.portal.demo.people import DemoSchool
from people.models import Job, Person
from roadmap.models import Document
from roadmap.services import (
    approvals,
    attachments,
    chains,
    drafts,
    plan_templates,
    readings,
    sending,
)
from roadmap.tasks import pack_papers

ORDER_NUMBERS = {
    "school-21": "80/8",
    "ds-127": "76-ТД",
    "licey-45": "214-ОД",
    "solnyshko": "58",
    "ddt": "41/1",
}
FIRST_NUMBERS = {"school-21": "79/8", "licey-45": "213-ОД"}
CURATOR_NUMBERS = {
    "school-21": "33-К",
    "ds-127": "77-ТД",
    "licey-45": "96-лс",
    "solnyshko": "27-л",
    "ddt": "18-к",
}


class DemoPapers:
    """Drafts, sends and approves; every step is a service call by the person who would make it."""

    def __init__(self, school: DemoSchool, seed: int):
        self.school, self.day = school, school.day
        self.year = self.day.year if self.day.month >= 9 else self.day.year - 1
        self.start = dt.date(self.year, 9, 1)
        # Who works it out is appointed before what is worked out is approved.
        self.before = dt.date(self.year, 8, 25)
        self.curator, self.head = school.member("curator"), school.member("head")
        self.slug = school.organization.slug
        self.random = random.Random(f"{seed}-{self.slug}")

    def build(self) -> None:
        self.roadmap = plan_templates.create_roadmap(
            template=self.slug,
            title="",
            year_start=self.year,
            year_end=None,
            people=self.school.people,
            by=self.curator,
        )
        if self.slug in ("licey-45", "school-21"):
            order = self.implementation_order(self.before)
            self.issue(order, FIRST_NUMBERS[self.slug], dated_on=self.before)
        self.issue(self.curator_order(), CURATOR_NUMBERS[self.slug], dated_on=self.before)
        self.issue(self.package(), ORDER_NUMBERS[self.slug])
        if self.slug == "licey-45":
            self.issue(self.local_act("target_model"))
            keeper = self.school.people["curator"].pk
            self.issue(self.local_act("signature_regulation", keeper=keeper))
        if self.slug == "solnyshko":
            self.issue(
                self.local_act(
                    "incentive_regulation", monthly_payment="10 процентов должностного оклада"
                )
            )
        self.leave_work()

    def draft(self, kind: str, annexes=(), **values) -> Document:
        document = drafts.create_draft(
            kind=kind,
            day=self.start,
            by=self.curator,
            roadmap=self.roadmap,
            values=values,
            annexes=list(annexes),
        )
        # The demo must read the same each time it is rebuilt; a real code is random.
        document.check_code = b32encode(self.random.randbytes(15)).decode()[:20]
        document.save(update_fields=["check_code"])
        return document

    def date(self, month: int, day: int) -> str:
        return dt.date(self.year if month >= 8 else self.year + 1, month, day).isoformat()

    def implementation_order(self, first: dt.date) -> Document:
        """Opens the work on `first`: papers within a week, people within three months."""
        return self.draft(
            "implementation_order",
            mode="introduce" if self.slug == "licey-45" else "carry_on",
            starts_on=first.isoformat(),
            papers_due=(first + dt.timedelta(days=6)).isoformat(),
            survey_due=(first + dt.timedelta(days=50)).isoformat(),
            pairs_due=(first + dt.timedelta(days=80)).isoformat(),
        )

    def package(self) -> Document:
        """Order with its two annexes, each sent and passed by its bodies (R-106)."""
        annexes = [self.draft(kind) for kind in ("regulation", "roadmap")]
        order = self.draft(
            "regulation_order",
            annexes,
            effective_from=self.date(9, 1),
            acquaint_due=self.date(9, 15),
        )
        for annex in annexes:
            self.pass_bodies(annex)
        staff = Person.objects.of(order.organization).active_on(self.start).filter(kind="employed")
        readings.ask_acknowledgement(
            order, people=list(staff.exclude(pk=self.head.person_id)), by=self.curator
        )
        return order

    def curator_order(self) -> Document:
        curators = [
            self.school.people[key] for key in ("curator", "curator_2") if key in self.school.people
        ]
        coordinator = self.school.people.get("coordinator")
        return self.draft(
            "curator_order",
            curators=[person.pk for person in curators],
            coordinator=coordinator and coordinator.pk,
            starts_on=self.date(8, 25),
            roadmap_due=self.date(8, 29),
            report_due=self.date(5, 25),
        )

    def local_act(self, kind: str, **values) -> Document:
        return self.draft(kind, **values)

    def pass_bodies(self, document: Document) -> Document:
        """Send for approval; bodies decide on the last days of August."""
        sending.send_for_approval(document, by=self.curator)
        decided = self.start - dt.timedelta(days=2)
        while (step := chains.open_step(document)) and step.kind == "body":
            approvals.record_body_decision(
                document, by=self.curator, minutes_number="1", decided_on=decided, today=self.day
            )
            decided += dt.timedelta(days=1)
        document.refresh_from_db()
        return document

    def issue(
        self,
        document: Document,
        number: str = "",
        *,
        dated_on: dt.date | None = None,
        signed_on_paper: bool = True,
    ) -> None:
        """Through the bodies to the head, who approves and says «подписан на бумаге»."""
        self.pass_bodies(document)
        approvals.approve(
            document,
            by=self.head,
            dated_on=dated_on or self.start,
            number=number,
            signed_on_paper=signed_on_paper,
            today=self.day,
        )

    def leave_work(self) -> None:
        """Something to play with: a paper before the head, a draft that the teacher may read."""
        if self.slug == "solnyshko":
            self.pass_bodies(self.implementation_order(self.day))
            self.pack()
        if self.slug == "ddt":
            self.circulate_a_model()
        if self.slug == "school-21":
            paper = self.local_act(
                "incentive_regulation", monthly_payment="5 процентов должностного оклада"
            )
            self.issue(paper, signed_on_paper=False)
        order = Document.objects.of(self.school.organization).get(
            kind="regulation_order", state="in_force"
        )
        for row in order.acknowledgements.exclude(person=self.school.people["teacher"])[:5]:
            readings.record_paper_acknowledgement(
                row, on=self.start, by=self.curator, today=self.day
            )

    def circulate_a_model(self) -> None:
        """A draft order with its annex; the annex is being read, one remark waits for an answer."""
        draft = self.draft("target_model")
        attachments.add_stamp(
            draft,
            by=self.curator,
            word="agreed",
            body_name="Совет наставников",
            year=self.year,
            month=9,
        )
        order = self.draft(
            "regulation_order",
            [draft],
            effective_from=self.date(10, 1),
            acquaint_due=self.date(10, 15),
        )
        attachments.add_basis(
            order, text="Решение педагогического совета", dated_on=self.start, by=self.curator
        )
        readers = [self.school.people["teacher"], self.school.people["head"]]
        due_on = self.day + dt.timedelta(days=10)
        sent = readings.circulate(draft, readers=readers, due_on=due_on, by=self.curator)
        text = "Предлагаю добавить, кто замещает наставника на время его отпуска."
        readings.add_remark(sent, clause="3.2", text=text, by=self.school.member("teacher"))

    def pack(self) -> None:
        """A finished background job: the archive of papers, made here and now."""
        title = "Архив действующих документов"
        job = Job.objects.create(
            organization=self.school.organization, membership=self.curator, title=title
        )
        pack_papers.call(job.pk)
