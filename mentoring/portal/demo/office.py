"""Demo acts, partners, meetings with decisions, orders on events and groups; then the facts close what is done."""

import datetime as dt

from mentoring.portal.demo.events import at
from mentoring.portal.demo.recognition import DemoRecognition
from people.models import Survey
from programs.models import Material
from programs.services import learning
from roadmap.models import Event, Norm
from roadmap.services import drafts, events, evidence, library, order_tasks, partners
from roadmap.services.year import year_of

Kind = Event.Kind
CENTRE = {
    "title": "Региональный центр наставничества", "kind": "regional_centre", "head_post": "директор",
    "head_name": "Седых Ирина Львовна", "contact": "Орехова Дарья, методист", "phone": "8 (000) 555-10-20",
    "email": "centre@nastavnik.example", "note": "Обучает наставников, собирает практики, проводит конкурс.",
}  # fmt: skip
COLLEGE = {
    "title": "Педагогический колледж", "kind": "university", "head_post": "директор", "head_name": "Лаптев Олег Маркович",
    "note": "Направляет студентов на практику, принимает наши открытые занятия.",
}  # fmt: skip


class DemoOffice:
    """Last: what the year of a school leaves around its pairs."""

    def __init__(self, recognition: DemoRecognition):
        self.demo, self.curator = recognition.demo, recognition.curator
        self.organization, self.ago = recognition.organization, recognition.ago
        self.participants, self.mentors = self.demo.demo, recognition.mentors
        self.school, self.day = self.participants.school, self.participants.day

    def build(self) -> None:
        self.study()
        self.meet()
        self.work_with_partners()
        self.order()
        evidence.settle(self.organization, on=self.day)  # the report tells how far the roadmap is
        self.paper("annual_report", figures=str(year_of(self.day)), author=self.curator.person_id, plans="Привлечь к наставничеству методистов района\nПровести курсы для новых наставников")  # fmt: skip
        evidence.settle(self.organization, on=self.day)

    def study(self) -> None:
        """Acts that the curator has studied, folders and templates."""
        library.install(self.organization)
        for act in Norm.objects.of(self.organization).filter(code__in=["r145", "az1128", "labor_code_351_8", "education_273"]):  # fmt: skip
            library.mark_studied(act, on=self.ago(60), by=self.curator)
        act = Norm.objects.of(self.organization).get(code="az1128")
        library.mark_studied(act, on=self.ago(20), by=self.school.member("teacher"))
        learning.add_material(title="Бланк отзыва о встрече", note="Один лист: что получилось, что нет, что дальше", link="https://example.org/blank-otzyva", folder="Шаблоны документов", is_template=True, on=self.ago(40), by=self.curator)  # fmt: skip
        learning.add_material(title="Как провести разбор урока", note="Порядок разговора и вопросы", link="https://example.org/razbor-uroka", folder="Для наставников", on=self.ago(38), by=self.curator)  # fmt: skip
        template = Material.objects.of(self.organization).filter(is_template=True).first()
        learning.mark_studied(template, on=self.ago(30), by=self.curator)

    def meet(self) -> None:
        """A meeting whose decision rests on a survey, the staff council, a conference elsewhere, the end ahead."""
        survey = Survey.objects.of(self.organization).order_by("pk").first()
        held = (
            (Kind.MEETING, "Совещание о формах и программах", 58, {"agenda": "О запросах педагогов\nО формах наставничества", "place": "кабинет директора"}, {"decision": "Вести наставничество в форме «педагог – педагог»\nКуратору подготовить банк программ", "survey": survey}),
            (Kind.STAFF_COUNCIL, "Педагогический совет о наставничестве", 55, {"agenda": "О целях и порядке наставничества", "place": "актовый зал"}, {"decision": "Принять Положение к исполнению\nПедагогам заполнить анкеты"}),
            (Kind.INDUCTION, "Установочная сессия наставников", 22, {"place": "методический кабинет", "scenario": "Знакомство, разбор двух случаев, договорённости"}, {}),
            (Kind.EXTERNAL, "Краевой форум наставников", 12, {"place": "краевой дворец молодёжи", "organiser": CENTRE["title"], "level": "regional"}, {}),
        )  # fmt: skip
        for kind, title, days, about, result in held:
            event = events.create_event(by=self.curator, kind=kind, title=title, starts_at=at(self.ago(days), 14), **about)  # fmt: skip
            events.hold(event, attended=[self.curator.person, *self.mentors[:3]], minutes="Обсудили вопросы повестки, ответили на вопросы.", by=self.curator, on=self.day, **result)  # fmt: skip
        self.closing = events.create_event(by=self.curator, kind=Kind.CLOSING, title="Круглый стол «Лучшие практики наставничества»", starts_at=at(self.day + dt.timedelta(days=45), 14), place="актовый зал")  # fmt: skip

    def work_with_partners(self) -> None:
        centre = partners.save_partner(by=self.curator, **CENTRE)
        college = partners.save_partner(by=self.curator, **COLLEGE)
        partners.add_contact(centre, by=self.curator, held_on=self.ago(33), way="call", subject="Обучение наставников", outcome="Два места на весеннем потоке курсов", next_step="отправить список слушателей", next_on=self.ago(-3))  # fmt: skip
        partners.add_contact(college, by=self.curator, held_on=self.ago(15), way="visit", subject="Открытые занятия", outcome="Студенты посетили три занятия наставников")  # fmt: skip
        partners.save_posting(by=self.curator, title="Как мы начали наставничество", posted_on=self.ago(18), outlet="social", link="https://example.org/post/1")  # fmt: skip
        partners.save_posting(by=self.curator, title="Наставники рассказали о первых встречах", posted_on=self.ago(9), outlet="media", level="municipal", place="газета «Заречье сегодня»")  # fmt: skip
        self.paper("partner_agreement", partner=centre.pk, acts_on="Устава", subject="обучение наставников и обмен опытом наставничества", ours="направлять наставников на обучение\nпередавать описания лучших практик", theirs="проводить консультации и стажировки\nприглашать на мероприятия региона", until=self.ago(-220).isoformat())  # fmt: skip
        self.paper("thanks_letter", partner=college.pk, thanks="помощь в проведении открытых занятий наставников")  # fmt: skip

    def paper(self, kind: str, **values):
        document = drafts.create_draft(kind=kind, day=self.ago(6), by=self.curator, values=values)
        self.demo.issue(document, on=self.ago(5), number="")
        return document

    def order(self) -> None:
        """A working group; the order on the closing event with tasks: one due, one overdue."""
        leader, members = self.mentors[0], [one.pk for one in self.mentors[1:3]]
        self.paper("working_group_order", name="по подготовке итогов наставничества", leader=leader.pk, members=members, task="собрать описания практик\nподготовить выставку материалов", due=self.ago(-30).isoformat())  # fmt: skip
        order = self.paper("event_order", event=self.closing.pk, leader=self.curator.person_id, group=members, scenario_due=self.ago(-20).isoformat(), news_due=self.ago(-50).isoformat())  # fmt: skip
        teacher = self.school.people["teacher"]
        order_tasks.add_task(order, person=teacher, text="Подготовить выступление о работе в паре", due_on=self.ago(-14), by=self.curator)  # fmt: skip
        order_tasks.add_task(order, person=self.curator.person, text="Составить список участников", due_on=self.ago(2), by=self.curator)  # fmt: skip
