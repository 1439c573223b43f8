"""Demo pairs: three of a run, two by hand, one replaced mentor, somebody who still waits; pupils where they are."""

import datetime as dt
import random
from base64 import b32encode

from mentoring.portal.demo.participants import DemoParticipants
from people.models import MenteeProfile, MentorProfile, Person
from people.models.banks import BankState
from people.services import banks
from programs.group_rules import needs_addendum, pair_obstacles
from programs.models import MentoringGroup
from programs.services import agreements, groups, pair_papers, runs
from programs.services.waiting import waiting_cards
from roadmap.models import Document
from roadmap.services import approvals, drafts, sending

PLACES, BY_RUN, BY_HAND = 3, 3, 2
NUMBERS = {
    "solnyshko": ("31-л", "34-л"),
    "licey-45": ("104-лс", "107-лс", "109-лс"),
    "school-21": ("41-К", "44-К"),
    "ddt": ("21-к", "24-к"),
    "ds-127": ("81-ТД", "83-ТД"),
}


class DemoGroups:
    """Every step is a service call by the person who would make it."""

    def __init__(self, participants: DemoParticipants, seed: int):
        self.demo, self.organization = participants, participants.organization
        self.curator, self.head = participants.curator, participants.head
        self.numbers = list(NUMBERS[self.organization.slug])
        self.random = random.Random(f"groups-{seed}-{self.organization.slug}")

    def ago(self, days: int) -> dt.date:
        return self.demo.ago(days)

    def build(self) -> None:
        self.make_room()
        agreed = self.by_run()
        for group in agreed:
            self.accept(group, on=self.ago(9))
        agreed += self.by_hand()
        self.issue(self.pair_order(agreed, on=self.ago(8)), on=self.ago(8))
        self.replace(agreed[-1])
        self.leave_papers(agreed[0])
        if self.organization.works_with_pupils:
            self.with_pupils()

    def make_room(self) -> None:
        for card in MentorProfile.objects.of(self.organization).filter(state=BankState.APPROVED):
            banks.update_card(card, by=self.curator, capacity=min(PLACES, self.organization.mentor_capacity))  # fmt: skip

    def by_run(self) -> list[MentoringGroup]:
        """The three best pairs of a computed distribution; the others are taken out by hand."""
        run = runs.compute(on=self.ago(10), by=self.curator, balance=5)
        for choice in run.choices.filter(mentor__isnull=False).order_by("-score", "pk")[BY_RUN:]:
            runs.move(choice, mentor=None, by=self.curator)
        best = run.choices.filter(mentor__isnull=False)
        for choice in best:
            runs.weigh(choice, by=self.curator, profile_mark=5, profile_word="опыт отвечает запросу", interest_mark=4, interest_word="оба хотят работать вместе")  # fmt: skip
        return runs.send(run, on=self.ago(10), by=self.curator, answer_by=self.ago(3))

    def by_hand(self) -> list[MentoringGroup]:
        """Two pairs agreed in the corridor; at least one person keeps waiting."""
        found = []
        for card in list(waiting_cards(self.organization, on=self.ago(10)))[: BY_HAND + 1][
            :BY_HAND
        ]:
            mentor = self.free_mentor(card.person)
            group = groups.propose(mentor, [card.person], on=self.ago(10), by=self.curator, form="teacher_teacher")  # fmt: skip
            self.accept(group, on=self.ago(9))
            found.append(group)
        return found

    def free_mentor(self, mentee: Person, besides: Person | None = None) -> Person:
        cards = MentorProfile.objects.of(self.organization).filter(state__in=[BankState.APPROVED, BankState.ACTIVE])  # fmt: skip
        people = [card.person for card in cards.select_related("person") if card.person != besides]
        fitting = [one for one in people if one.kind != Person.Kind.PUPIL and not pair_obstacles(one, [mentee], on=self.ago(10))]  # fmt: skip
        return fitting[-1]

    def accept(self, group: MentoringGroup, *, on: dt.date) -> None:
        for row in group.agreements.all():
            agreements.answer(row, accepted=True, on=on, by=self.curator, method="paper")

    def pair_order(self, agreed: list[MentoringGroup], *, on: dt.date) -> Document:
        fresh = MentoringGroup.objects.filter(pk__in=[group.pk for group in agreed])
        return pair_papers.draft_pair_order(fresh, day=on, by=self.curator, starts_on=on, program_due=on + dt.timedelta(days=14))  # fmt: skip

    def issue(self, document: Document, *, on: dt.date, number: str | None = None) -> None:
        # The demo must read the same each time it is rebuilt; a real code is random.
        document.check_code = b32encode(self.random.randbytes(15)).decode()[:20]
        document.save(update_fields=["check_code"])
        sending.send_for_approval(document, by=self.curator)
        document.refresh_from_db()
        approvals.approve(
            document, by=self.head, dated_on=on, signed_on_paper=True,
            number=self.numbers.pop(0) if number is None else number,
            today=self.demo.day,
        )  # fmt: skip

    def replace(self, group: MentoringGroup) -> None:
        """The mentor of the last pair goes on a long leave (R-513)."""
        group.refresh_from_db()
        mentor = self.replacing(group)
        fresh = groups.propose(mentor, group.mentees, on=self.ago(5), by=self.curator, origin="replacement", follows=group, form=group.form)  # fmt: skip
        self.accept(fresh, on=self.ago(4))
        values = {"group": fresh.pk, "starts_on": self.ago(3).isoformat(), "reason": "в связи с длительным отпуском наставника"}  # fmt: skip
        order = drafts.create_draft(kind="replacement_order", day=self.ago(3), by=self.curator, values=values)  # fmt: skip
        self.issue(order, on=self.ago(3))

    def leave_papers(self, group: MentoringGroup) -> None:
        """Minutes of the council about the pairs, and an additional agreement ready to be signed."""
        group.refresh_from_db()
        members = [group.mentor.pk, self.curator.person_id]
        self.paper(
            "minutes",
            body="совета наставников",
            held_on=self.ago(11).isoformat(),
            chair=self.head.person_id,
            secretary=self.curator.person_id,
            present=members,
            agenda="О распределении наставников",
            heard="Куратор сообщил о результатах подбора и о пожеланиях участников.",
            decided="Согласиться с предложенными парами.\nПредложить руководителю издать приказ о закреплении пар.",
        )
        if not needs_addendum(group):
            return
        self.paper(
            "contract_addendum", group=group.pk, contract_number="12/2019", contract_date="2019-08-26",
            content="помощь в подготовке занятий, посещение занятий с разбором, консультации",
            form="очно, в рабочее время, по персонализированной программе", starts_on=group.starts_on.isoformat(),
            until=(group.starts_on + dt.timedelta(days=270)).isoformat(),
            pay="10 процентов должностного оклада ежемесячно за фактически отработанное время",
        )  # fmt: skip

    def paper(self, kind: str, **values) -> None:
        """Through the head, signed on paper, numbered later."""
        document = drafts.create_draft(kind=kind, day=self.ago(8), by=self.curator, values=values)
        self.issue(document, on=self.ago(7), number="")

    def replacing(self, group: MentoringGroup) -> Person:
        cards = MentorProfile.objects.of(self.organization).filter(state__in=[BankState.APPROVED, BankState.ACTIVE])  # fmt: skip
        people = [card.person for card in cards.select_related("person") if card.person_id != group.mentor_id]  # fmt: skip
        fitting = [one for one in people if one.kind != Person.Kind.PUPIL and not pair_obstacles(one, group.mentees, on=self.ago(5), known=group)]  # fmt: skip
        return fitting[0]

    def with_pupils(self) -> None:
        """One pair pupil – pupil, one teacher – pupil, in an order of their own wording."""
        cards = []
        for model in (MentorProfile, MenteeProfile):
            rows = model.objects.of(self.organization).with_consent(on=self.demo.day)
            cards += rows.filter(state=BankState.CANDIDATE, person__kind=Person.Kind.PUPIL)
        banks.approve(cards, on=self.ago(7), by=self.head, reason="решение совета наставников")
        pupils = {card.person.last_name: card.person for card in cards}
        teacher = self.free_mentor(pupils["Ласточкин"])
        pairs = [(pupils["Сафиуллина"], pupils["Журавлёв"], "pupil_pupil"), (teacher, pupils["Ласточкин"], "teacher_pupil")]  # fmt: skip
        agreed = [
            groups.propose(mentor, [mentee], on=self.ago(6), by=self.curator, form=form)
            for mentor, mentee, form in pairs
        ]
        for group in agreed:
            self.accept(group, on=self.ago(5))
        self.issue(self.pair_order(agreed, on=self.ago(4)), on=self.ago(4))
