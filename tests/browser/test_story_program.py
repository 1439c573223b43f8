"""A pair's year on a phone: programme → approval → meetings → mid-term → completion → award."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from people.models import Survey
from programs.models import Award, Meeting, MentorReport, Program
from programs.services import awards, meetings
from roadmap.models import Document
from tests.browser.steps import prove_again
from tests.browser.test_story_pairs import approve_on_the_phone
from tests.browser.test_story_people import fill_the_step
from tests.factories import make_curator, make_head, make_organization
from tests.programs.makers import mentee_of, mentor_of
from tests.programs.makers_existing import existing_pair

pytestmark = pytest.mark.browser
PHONE, DESK = 390, 1280


@pytest.fixture
def people(transactional_db):
    school = make_organization(slug="zarya", short_name="МБОУ «Школа „Заря“»")
    found = {
        "curator": make_curator(school), "head": make_head(school, login="head@zarya.example"),
        "mentor": mentor_of(school, last_name="Орлова"), "mentee": mentee_of(school, last_name="Зимина"),
    }  # fmt: skip
    existing_pair(found["mentor"], found["mentee"], found["curator"])
    return found


def at(live_server, rest: str = "") -> str:
    return f"{live_server.url}/s/zarya/{rest}"


@pytest.mark.req("R-602", "R-704", "R-803")
def test_a_programme_from_the_bank_to_the_certificate(people, live_server, open_page):
    mentor = open_page(people["mentor"], PHONE)
    mentee = open_page(people["mentee"], PHONE)
    desk = open_page(people["curator"], DESK)
    write_the_programme(mentor, live_server)
    agree(mentor, live_server)
    agree(mentee, live_server)
    approve(desk, live_server)
    meet(mentor, live_server)
    ask_the_middle(desk, live_server)
    answer_the_middle(mentee, live_server)
    give_and_check_a_task(mentor, mentee, live_server)
    finish(mentor, live_server)
    complete(desk, live_server)
    reward(people, desk, open_page, live_server)
    for page in (mentor, mentee, desk):
        assert not page.errors


def narrow(page) -> None:
    """Nothing sticks out of a phone."""
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def write_the_programme(page, live_server) -> None:
    """From the bank; the text saves itself, the plan gets one line more."""
    page.goto(at(live_server, "programs/mine/"))
    page.get_by_role("link", name="Составить программу").click()
    page.locator("select[name=pattern]").select_option(label="Одна встреча: ответ на вопрос")
    end = timezone.localdate() + dt.timedelta(days=120)
    page.locator("input[name=ends_on]").fill(end.isoformat())
    page.get_by_role("button", name="Составить").click()
    page.get_by_text("Черновик готов. Проверьте").wait_for()
    narrow(page)
    page.get_by_role("link", name="Править текст").first.click()
    page.locator("textarea[name=goal]").fill("Уверенно начать первый урок")
    page.locator("textarea[name=goal]").blur()
    page.get_by_text(re.compile("Сохранено в")).wait_for()
    assert Program.objects.get().goal == "Уверенно начать первый урок"
    page.goto(at(live_server, f"programs/{Program.objects.get().pk}/?part=plan"))
    page.get_by_role("link", name="Добавить пункт").click()
    page.locator("input[name=title]").fill("Разбор первого урока")
    page.get_by_role("button", name="Добавить").click()
    page.get_by_text("Пункт добавлен.").wait_for()
    narrow(page)


def agree(page, live_server) -> None:
    page.goto(at(live_server))
    page.get_by_role("link", name=re.compile("Согласовать: 1 программа")).click()
    page.get_by_role("link", name="Одна встреча: ответ на вопрос").click()
    page.get_by_role("button", name="Согласиться с программой").click()
    page.get_by_text("Ваше согласие записано.").wait_for()


def approve(page, live_server) -> None:
    page.goto(at(live_server))
    page.get_by_role("link", name=re.compile("Утвердить: 1 программа")).click()
    page.get_by_role("link", name="Одна встреча: ответ на вопрос").click()
    page.get_by_role("button", name="Утвердить").click()
    prove_again(page)
    page.get_by_text("Программа утверждена.").wait_for()
    assert Program.objects.get().state == "running"


def meet(page, live_server) -> None:
    """A meeting is planned on the phone, and noted in three taps when it has been."""
    program = Program.objects.get()
    page.goto(at(live_server, f"programs/{program.pk}/"))
    page.get_by_role("link", name="Назначить", exact=True).click()
    page.get_by_role("button", name="Назначить").click()
    page.get_by_text("Назначено встреч: 1.").wait_for()
    Meeting.objects.update(starts_at=timezone.now() - dt.timedelta(minutes=30))
    page.goto(at(live_server))
    page.get_by_role("link", name=re.compile("Отметить: 1 встреча")).click()
    page.goto(at(live_server, f"programs/{program.pk}/"))
    page.get_by_role("link", name=re.compile("что было")).click()
    page.get_by_role("button", name="Встреча прошла").click()
    page.get_by_text("Итог встречи записан.").wait_for()
    narrow(page)


def ask_the_middle(page, live_server) -> None:
    page.goto(at(live_server, f"programs/{Program.objects.get().pk}/"))
    page.get_by_role("button", name="Провести промежуточные анкеты").click()
    page.get_by_text("Анкеты открыты обеим сторонам.").wait_for()
    assert Survey.objects.filter(state="open").count() == 2


def answer_the_middle(page, live_server) -> None:
    page.goto(at(live_server))
    page.get_by_role("link", name=re.compile("Ответить на анкету")).click()
    page.locator("[data-next]").wait_for()
    while not page.locator("[data-finish]").is_visible():
        fill_the_step(page)
        page.locator("[data-next]").click()
    fill_the_step(page)
    page.locator("[data-finish]").click()
    page.get_by_role("button", name="Отправить ответы").click()
    page.wait_for_url(re.compile("/done/"))


def give_and_check_a_task(mentor, mentee, live_server) -> None:
    mentor.goto(at(live_server, f"programs/{Program.objects.get().pk}/?part=work"))
    mentor.get_by_role("link", name="Дать задание").click()
    mentor.locator("input[name=title]").fill("Конспект начала урока")
    mentor.get_by_role("button", name="Отправить").click()
    mentor.get_by_text("Задание отправлено.").wait_for()
    mentee.goto(at(live_server))
    mentee.get_by_role("link", name=re.compile("Выполнить: 1 задание")).click()
    mentee.get_by_role("link", name="Задание: Конспект начала урока").click()
    mentee.locator("textarea[name=result]").fill("Готово")
    mentee.get_by_role("button", name="Сдать на проверку").click()
    mentee.get_by_text("Сдано.").wait_for()
    narrow(mentee)
    mentor.goto(at(live_server, "programs/mine/"))
    mentor.get_by_role("link", name="Проверить: Конспект начала урока").click()
    mentor.get_by_label("принять").check()
    mentor.get_by_role("button", name="Записать решение").click()
    mentor.get_by_text("Отзыв отправлен.").wait_for()


def finish(page, live_server) -> None:
    """The plan is done, difficulties are settled, the closing meeting is noted, the report is sent."""
    program = Program.objects.get()
    for item in program.items.all():
        page.goto(at(live_server, f"programs/items/{item.pk}/done/"))
        page.get_by_role("button", name="Выполнено").click()
        page.get_by_text("Отмечено.").wait_for()
    for row in program.difficulties.all():
        page.goto(at(live_server, f"programs/difficulties/{row.pk}/"))
        page.get_by_label("решено").check()
        page.get_by_role("button", name="Записать").click()
        page.get_by_text("Записано.").wait_for()
    member = program.group.mentor.membership
    member.current_roles = {"staff"}
    moment = timezone.now() - dt.timedelta(minutes=10)
    meetings.log_meeting(program, starts_at=moment, type="closing", note="Итоги", now=timezone.now(), by=member)  # fmt: skip
    page.goto(at(live_server, f"programs/{program.pk}/report/"))
    assert "Разбор первого урока" in page.locator("textarea[name=results]").input_value()
    page.locator("select[name=recommendation]").select_option("finish")
    page.get_by_role("button", name="Отправить куратору").click()
    page.get_by_text("Отчёт отправлен куратору.").wait_for()
    narrow(page)


def complete(page, live_server) -> None:
    program = Program.objects.get()
    page.goto(at(live_server, f"programs/{program.pk}/report/"))
    page.get_by_label("принять").check()
    page.get_by_role("button", name="Записать решение").click()
    page.get_by_text("Решение записано.").wait_for()
    assert MentorReport.objects.get().state == "accepted"
    page.goto(at(live_server, f"programs/{program.pk}/complete/"))
    page.get_by_role("button", name="Завершить").click()
    page.get_by_text("итоги записаны в карточки").wait_for()
    assert Program.objects.get().completion_reason == "plan_fulfilled"


def reward(people, desk, open_page, live_server) -> None:
    """Proposed by the curator, ordered by the head, printed by its person."""
    desk.goto(at(live_server, "awards/new/"))
    value = desk.locator("select[name=person] option", has_text="Орлова").get_attribute("value")
    desk.locator("select[name=person]").select_option(value)
    desk.locator("select[name=kind]").select_option("certificate")
    desk.locator("textarea[name=merit]").fill("за терпение и щедрость")
    desk.get_by_role("button", name="Записать").click()
    desk.get_by_text("Предложение записано.").wait_for()
    by = people["curator"]
    order = awards.draft_order(Award.objects.all(), day=timezone.localdate(), by=by)
    desk.goto(at(live_server, f"documents/{order.pk}/"))
    desk.get_by_role("button", name="Отправить на утверждение").click()
    confirm = desk.locator("dialog[open] button[type=submit], dialog[open] .btn-primary")
    if confirm.count():
        confirm.first.click()
    desk.get_by_text("Отправлено на утверждение.").wait_for()
    approve_on_the_phone(open_page(people["head"], PHONE), live_server, kind="award_order")
    assert Document.objects.get(kind="award_order").state == "in_force"
    mentor = open_page(people["mentor"], PHONE)
    mentor.goto(at(live_server, f"awards/{Award.objects.get().pk}/"))
    answer = mentor.request.get(at(live_server, f"awards/{Award.objects.get().pk}/certificate.pdf"))
    assert answer.body().startswith(b"%PDF-")
