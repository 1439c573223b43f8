"""The demo's public section: consents that name its addresses, publications of each kind, an honour board, a draft."""

import datetime as dt

from mentoring.portal.demo import pictures
from mentoring.portal.demo.recognition import DemoRecognition
from people.models import Person, PublicAddress
from people.services import consents
from programs.models import Award, Practice, Program, Publication
from programs.services import awards, honours, practices, publications
from programs.services import public_sections as sections
from programs.services import publication_people as parts
from roadmap.models import Event, Posting, RoadmapStage
from roadmap.services import evidence

LOOKS = {
    "solnyshko": ("warm", "#8a4b08"), "licey-45": ("calm", "#1d4f91"), "ddt": ("warm", "#7a2f57"), "school-21": ("calm", ""),
    "ds-127": ("contrast", "#26603a"),
}  # fmt: skip
SAID = {"name", "post", "practice", "results"}
INTRO = (
    "Опытный педагог рядом – так мы помогаем тем, кто пришёл в профессию недавно или осваивает новое. "
    "Пары и группы работают по своим программам: вместе готовят занятия, смотрят и обсуждают их.\n\n"
    "Здесь – план года, документы, новости и опыт, которым можно воспользоваться."
)


class DemoPublicity:
    """Last of all: it tells of what the others have built. Every step is a service call of the curator."""

    def __init__(self, recognition: DemoRecognition):
        self.curator, self.ago = recognition.curator, recognition.ago
        self.organization, self.mentors = recognition.organization, recognition.mentors
        self.day = recognition.demo.demo.day
        self.theme, colour = LOOKS[self.organization.slug]
        self.accent, self.colour = colour, colour or "#0b5a66"

    def build(self) -> None:
        self.set_up()
        self.agree()
        self.tell_news()
        self.announce()
        self.show_photos()
        self.tell_results()
        self.share_practice()
        self.honour()
        self.leave_draft()
        evidence.settle(self.organization, on=self.day)

    def set_up(self) -> None:
        section = sections.section_of(self.organization)
        site = PublicAddress.objects.of(self.organization).exclude(pk=section.page_address_id).first()  # fmt: skip
        contacts = f"Ответственный за наставничество: {self.curator.person.job_title}.\n{self.organization.phone}\n{self.organization.email}"
        self.section = sections.save_section(
            section, intro=INTRO, contacts=contacts, theme=self.theme, accent=self.accent,
            parents=[self.organization.site], site_address=site, by=self.curator,
        )  # fmt: skip
        rows = sections.rows_of(self.section)
        for row in rows:
            row["title"] = {"join": "Хочу быть наставником", "documents": "Наши документы"}.get(row["code"], "")  # fmt: skip
        sections.save_blocks(self.section, rows=rows, by=self.curator)

    def agree(self) -> None:
        """Two allow their photo everywhere, the third the portal alone and no photo; the fourth has answered nothing new."""
        everywhere = (self.section.page_address, self.section.site_address)
        portal = everywhere[:1]
        for person, items, places in (
            (self.mentors[0], SAID | {"photo"}, everywhere), (self.mentors[1], SAID | {"photo"}, everywhere),
            (self.mentors[2], SAID, portal),
        ):  # fmt: skip
            self.give(person, items, places)

    def give(self, person: Person, items: set[str], places) -> None:
        (row,) = consents.ask([person], "dissemination", on=self.ago(4), by=self.curator) or [None]
        choices = [
            {"item": item, "address": place, "allowed": True, "condition": ""} for item in sorted(items) for place in places
        ]  # fmt: skip
        consents.give(row, on=self.ago(3), method="paper", by=self.curator, saw_original=self.curator, choices=choices)  # fmt: skip

    def write(self, title: str, body: str, *, days: int, people=(), pictured=(), **more) -> Publication:  # fmt: skip
        """Drafted, people and photos added; `people`: (person, words instead); `pictured`: (drawing, what it shows, who)."""
        body = "".join(f"<p>{part}</p>" for part in body.split("\n"))
        found = publications.draft(title=title, body=body, publish_on=self.ago(days), author=self.curator.person, by=self.curator, **more)  # fmt: skip
        for person, instead in people:
            parts.add_mark(found, person=person, instead=instead, by=self.curator)
        for draw, alt, seen in pictured:
            photo = parts.add_photo(found, file=draw(self.colour), alt=alt, by=self.curator)
            parts.mark_people(photo, people=seen, nobody=not seen, by=self.curator)
        return found

    def publish(self, *args, **more) -> Publication:
        return publications.publish(self.write(*args, **more), by=self.curator)

    def tell_news(self) -> None:
        stages = list(RoadmapStage.objects.of(self.organization).order_by("sort_index", "pk")[:3])
        postings = Posting.objects.of(self.organization).exclude(link="")[:1]
        first = self.mentors[0]
        self.publish("Год наставничества начался", "На педагогическом совете договорились о порядке и цели: ни один новичок не остаётся один.\nАнкеты заполнили почти все, банк наставников собран.", days=50, lead="Как мы готовились и что будет дальше.", stage=stages[0], pictured=[(pictures.classroom, "Кабинет с доской и партами перед занятием", [])])  # fmt: skip
        self.publish("Наставники прошли Школу", "Три занятия: роль наставника, первая встреча, обратная связь без обид.\nСвоим приёмом делится {1}: записать десять минут занятия и задать себе три вопроса.", days=21, lead="Девять часов практики и разбор случаев.", stage=stages[1], people=[(first, "одна из наставников")])  # fmt: skip
        self.publish("О нас написали", "Рассказ о первых встречах пар вышел в районной газете и в сети. Спасибо всем, кто открыл двери своих занятий.", days=8, stage=stages[2], postings=postings)  # fmt: skip
        withdrawn = self.publish("Старое расписание встреч", "Расписание изменилось, смотрите анонсы.", days=30)  # fmt: skip
        publications.withdraw(withdrawn, by=self.curator)

    def announce(self) -> None:
        event = Event.objects.of(self.organization).filter(state="planned", starts_at__date__gt=self.day).order_by("-starts_at").first()  # fmt: skip
        self.publish(f"Приглашаем: {event.title[:150]}", "Расскажем, что получилось у пар, и ответим на вопросы. Вход для педагогов района свободный.", days=5, kind="announcement", event=event)  # fmt: skip
        self.publish("Неделя открытых занятий", "Наставники покажут по одному приёму. Запишитесь у ответственного за наставничество.", days=2, kind="announcement", until=self.ago(-20))  # fmt: skip
        self.publish("Приём заявок на конкурс практик", "Опишите приём в четырёх полях методической копилки, мы поможем с оформлением.", days=3, kind="announcement", until=self.ago(-30))  # fmt: skip

    def show_photos(self) -> None:
        first, _second, third = self.mentors[:3]
        self.publish("Как проходила установочная сессия", "", days=20, kind="photo_report", lead="Знакомство, два случая и договорённости.", pictured=[
            (pictures.round_table, "Круглый стол с тетрадями и чашками, вид сверху", []), (pictures.portrait, "Наставник рассказывает о первом случае", [first]),
        ])  # fmt: skip
        self.publish("Методический кабинет готов к встречам", "Здесь пары готовят занятия: тихо, светло, всё под рукой.", days=14, kind="photo_report", pictured=[
            (pictures.window, "Окно с цветком и стопкой книг", []), (pictures.classroom, "Доска и парты методического кабинета", []),
        ])  # fmt: skip
        # On the second picture stands somebody who agreed to no photo: readers see the first alone.
        self.publish("Открытое занятие наставника", "Коллеги смотрели, записывали вопросы и обсудили увиденное за чаем.", days=7, kind="photo_report", pictured=[
            (pictures.classroom, "Кабинет перед открытым занятием", []), (pictures.portrait, "Наставник у доски", [third]),
        ])  # fmt: skip

    def tell_results(self) -> None:
        done = Program.objects.of(self.organization).filter(state="completed").order_by("pk")
        for place, program in enumerate(done[:3]):
            self.publish(f"Итоги программы: {TOPICS[place]}", RESULTS[place], days=1 - place % 2, kind="result", program=program)  # fmt: skip

    def share_practice(self) -> None:
        """What is collected becomes the best and stands on the site; a contest is won."""
        for practice in Practice.objects.of(self.organization).exclude(state="draft")[:2]:
            practices.set_state(practice, state="best", published=True, by=self.curator)
        contest = awards.make_contest(title="Наставник года", level="municipal", organiser="управление образования", held_on=self.ago(40), by=self.curator)  # fmt: skip
        entry = awards.nominate(contest, person=self.mentors[1], nomination="Молодым педагогам", support="открытое занятие", by=self.curator)  # fmt: skip
        awards.record_entry(entry, applied_on=self.ago(60), result="победитель", by=self.curator)

    def honour(self) -> None:
        """Three who agreed to different things and one who was not asked for these addresses."""
        merits = ("За Школу наставников и памятку «Первая встреча»", "За победу в муниципальном конкурсе наставников", "За шесть лет работы с начинающими педагогами", "За приёмы работы с трудным классом")  # fmt: skip
        for place, (person, merit) in enumerate(zip(self.mentors, merits, strict=False)):
            award = Award.objects.of(self.organization).filter(person=person, state="given").exclude(kind__in=Award.RESTRICTED).first()  # fmt: skip
            entry = honours.add(person=person, merit=merit, since=self.ago(10), until=self.day + dt.timedelta(days=300), award=award, by=self.curator)  # fmt: skip
            if place < 3:
                honours.set_photo(entry, file=pictures.portrait(self.colour), by=self.curator)

    def leave_draft(self) -> None:
        """Something to finish: a photo about which nobody has said who is on it."""
        found = self.write("Что мы узнали за полугодие", "Собираем ответы пар. Текст дополнит {1}.", days=0, people=[(self.mentors[3], "наставник")])  # fmt: skip
        parts.add_photo(found, file=pictures.round_table(self.colour), alt="Стол с тетрадями после обсуждения", by=self.curator)  # fmt: skip


TOPICS = ("все пункты плана выполнены", "решили продолжить по-новому", "первый год позади")
RESULTS = (
    "Проведены все встречи, открытое занятие и итоговый разбор. Наставляемый ведёт занятия самостоятельно и делится памяткой с коллегами.",
    "Программа закончилась раньше срока по договорённости участников: взята другая, ближе к аттестации. Встречи продолжаются.",
    "Занятия идут уверенно, трудности, названные в начале, решены.",
)
