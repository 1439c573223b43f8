"""Demo learning, awards, contests; papers that show each kind."""

import datetime as dt

from mentoring.portal.demo.programs import DemoPrograms
from people.models import MentorProfile, Person
from programs.models import MentoringGroup
from programs.models.groups import GroupState
from programs.services import awards, learning
from roadmap.services import drafts


class DemoRecognition:
    """After the programmes; every step is a service call."""

    def __init__(self, programs: DemoPrograms):
        self.demo = programs.demo
        self.organization, self.curator = programs.organization, programs.curator
        rows = MentorProfile.objects.of(self.organization).exclude(state="left")
        rows = rows.exclude(person__kind=Person.Kind.PUPIL).select_related("person")
        self.mentors = [card.person for card in rows.order_by("pk")[:5]]

    def ago(self, days: int) -> dt.date:
        return self.demo.ago(days)

    def build(self) -> None:
        self.learn()
        self.reward()
        self.compete()
        self.template()
        if self.organization.slug == "ddt":
            self.pause_and_resume()

    def paper(self, kind: str, **values) -> None:
        document = drafts.create_draft(kind=kind, day=self.ago(3), by=self.curator, values=values)
        self.demo.issue(document, on=self.ago(2), number="")

    def learn(self) -> None:
        """A School of Mentors that is over, a course elsewhere, materials."""
        school = learning.make_school(title="Первые шаги наставника", leader=self.curator.person, purpose="Подготовить наставников к первой встрече и к разговору о трудном", by=self.curator)  # fmt: skip
        topics = ("Роль наставника и границы помощи", "Первая встреча и договорённости", "Обратная связь без обид")  # fmt: skip
        for place, topic in enumerate(topics):
            learning.add_session(school, held_on=self.ago(30 - 7 * place), topic=topic, hours=2, lecturer=self.curator.person.short_name, by=self.curator)  # fmt: skip
        learning.set_listeners(school, self.mentors, by=self.curator)
        order = drafts.create_draft(kind="mentor_school_order", day=self.ago(35), by=self.curator, values={"school": school.pk})  # fmt: skip
        self.demo.issue(order, on=self.ago(35), number="")
        school.refresh_from_db()
        for session in school.sessions.all():
            learning.mark_attendance(session, self.mentors, on=self.ago(5), by=self.curator)
        learning.close_school(school, on=self.ago(5), by=self.curator)
        learning.add_training(person=self.mentors[0], kind="course", title="Наставничество в образовании", provider="Региональный центр наставничества", hours=36, starts_on=self.ago(120), ends_on=self.ago(90), paper="удостоверение № 2145", on=self.ago(5), by=self.curator)  # fmt: skip
        learning.add_material(title="Памятка «Первая встреча»", note="Пять вопросов, с которых легко начать", link="https://example.org/pervaya-vstrecha", tags=["первая встреча", "памятка"], on=self.ago(20), by=self.curator)  # fmt: skip

    def reward(self) -> None:
        first, second, third = self.mentors[:3]
        given = [
            awards.propose(person=first, kind="certificate", merit="за щедрость опыта и терпение в работе с молодыми педагогами", on=self.ago(4), by=self.curator),
            awards.propose(person=second, kind="commendation", merit="за помощь коллегам в освоении цифровых сервисов", on=self.ago(4), by=self.curator),
        ]  # fmt: skip
        order = awards.draft_order(given, day=self.ago(3), by=self.curator, occasion="по итогам работы наставников за полугодие")  # fmt: skip
        self.demo.issue(order, on=self.ago(2), number="")
        state = awards.propose(person=third, kind="state_award", merit="за многолетнее наставничество", name="почётное звание «Почётный наставник»", on=self.ago(4), by=self.curator)  # fmt: skip
        self.paper("award_submission", award=state.pk, addressee="В министерство образования региона", merits="Сопровождает молодых педагогов шесть лет, все остались в профессии. Проводит мастерские для коллег района")  # fmt: skip
        awards.submit(state, on=self.ago(1), today=self.ago(1), by=self.curator)

    def compete(self) -> None:
        contest = awards.make_contest(title="Лучшие практики наставничества", level="regional", organiser="региональный центр наставничества", apply_by=self.ago(-20), by=self.curator)  # fmt: skip
        group = MentoringGroup.objects.of(self.organization).filter(state=GroupState.ACTIVE).order_by("pk").first()  # fmt: skip
        entry = awards.nominate(contest, person=group.mentor, partner=group.mentees[0], nomination="Педагог – педагог", support="готовим видео вместе", by=self.curator)  # fmt: skip
        self.paper("contest_application", entry=entry.pk, summary="Пара работает по персонализированной программе: совместное планирование, видеоразбор, открытое занятие")  # fmt: skip
        awards.record_entry(entry, applied_on=self.ago(1), by=self.curator)

    def template(self) -> None:
        """The next programmes will follow the template of the school (R-601)."""
        self.paper("program_template", sections=["problem", "goal", "tasks", "results", "schedule"], note="Результаты записывайте так, чтобы их можно было увидеть: «проведено», «составлено», «самостоятельно ведёт»")  # fmt: skip

    def pause_and_resume(self) -> None:
        group = MentoringGroup.objects.of(self.organization).filter(state=GroupState.ACTIVE).order_by("pk").first()  # fmt: skip
        for action, on in (("pause", 4), ("resume", 2)):
            values = {"group": group.pk, "action": action, "reason": "curator", "on": self.ago(on).isoformat()}  # fmt: skip
            order = drafts.create_draft(kind="release_order", day=self.ago(on), by=self.curator, values=values)  # fmt: skip
            self.demo.issue(order, on=self.ago(on), number="")
