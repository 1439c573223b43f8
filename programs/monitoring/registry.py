"""All indicators, in the order of their codes."""

from collections.abc import Callable
from dataclasses import dataclass

from programs.models import Program
from programs.monitoring import answers, changes, people, roadmaps, work
from programs.monitoring.scope import Scope
from programs.monitoring.values import NUMBER, SCORE, SHARE, Reading, Value

Reason = Program.CompletionReason


@dataclass(frozen=True)
class Indicator:
    """`read` gives the rows that are counted; `compute` figures by organization where rows do not say it.

    `source`: the norm or document that asks for it. `about`: what the page says under the title.
    """

    code: str
    title: str
    unit: str
    source: str
    about: str
    read: Callable[[Scope], Reading] | None = None
    compute: Callable[[Scope], dict[int, Value]] | None = None


def row(code, title, unit, source, about, read=None, compute=None) -> Indicator:
    return Indicator(code, title, unit, source, about, read, compute)


INDICATORS = (
    row("I-01", "Охват педагогов наставничеством", SHARE, "региональный мониторинг", "наставники и наставляемые периода среди всех педагогов", people.coverage),
    row("I-02", "Молодые специалисты – наставляемые", SHARE, "распоряжение № Р-145", "среди педагогов со стажем меньше трёх лет", people.new_teachers),
    row("I-03", "Молодые педагоги – наставляемые", SHARE, "региональный мониторинг", "среди педагогов не старше 35 лет", people.young_teachers),
    row("I-04", "Педагоги – наставники", SHARE, "региональный мониторинг", "среди всех педагогов", people.mentors),
    row("I-05", "Удовлетворённость наставляемых", SHARE, "распоряжение № Р-145", "общая оценка от 7 из 10 в итоговой анкете", answers.satisfied("mentee_final")),
    row("I-06", "Удовлетворённость наставников", SHARE, "распоряжение № Р-145", "общая оценка от 7 из 10 в итоговой анкете", answers.satisfied("mentor_final")),
    row("I-07", "Завершённые программы", SHARE, "Положение, раздел 7", "план выполнен, среди программ со сроком в периоде", work.completed),
    row("I-08.2", "Завершены досрочно по инициативе участников", NUMBER, "Положение, раздел 7", "программ за период", work.ended_early(Reason.PARTICIPANT)),
    row("I-08.3", "Завершены досрочно по инициативе куратора", NUMBER, "Положение, раздел 7", "программ за период", work.ended_early(Reason.CURATOR)),
    row("I-09", "Выполнение планов программ", SHARE, "Положение, раздел 5", "среди пунктов со сроком в периоде", work.plans),
    row("I-10.1", "Наставники", NUMBER, "статистическое наблюдение", "человек за период", work.mentor_number),
    row("I-10.2", "Наставляемые", NUMBER, "статистическое наблюдение", "человек за период", work.mentee_number),
    row("I-10.3", "Пары и группы", NUMBER, "статистическое наблюдение", "за период", work.group_number),
    row("I-10.4", "Программы", NUMBER, "статистическое наблюдение", "шли в периоде", work.program_number),
    row("I-11", "Закрепление молодых педагогов", SHARE, "письмо № АЗ-1128/08", "работают на ключевую дату среди молодых наставляемых", people.staying),
    row("I-12", "Обученные наставники", SHARE, "дорожная карта, этап 4", "курсы, стажировка или Школа наставников", people.trained),
    row("I-13", "Без пары дольше 30 дней", NUMBER, "дорожная карта, этап 5", "наставляемых банка на ключевую дату", people.without_pair),
    row("I-14", "Изменение по шкалам до и после", SCORE, "распоряжение № Р-145", "баллов в среднем, только те, кто ответил дважды", compute=changes.change),
    row("I-15.1", "Практики в копилке", NUMBER, "дорожная карта, этап 6", "принято за период", work.practices),
    row("I-15.2", "Практики на сайте", NUMBER, "дорожная карта, этап 7", "из принятых за период", work.published),
    row("I-16.1", "Поощрённые наставники", SHARE, "дорожная карта, этап 7", "среди наставников периода", people.rewarded),
    row("I-16.2", "Участие в конкурсах", NUMBER, "дорожная карта, этап 7", "заявок за период", people.in_contests),
    row("I-17", "Качество программ", SHARE, "практика Р-145", "баллы 0, 1, 2 от наибольшего возможного", compute=answers.quality),
    row("I-18", "Выполнение дорожной карты", SHARE, "дорожная карта", "среди мероприятий со сроком в периоде", compute=roadmaps.fulfilled),
    row("I-19", "Новая категория у наставляемых", NUMBER, "региональный мониторинг", "человек за период", people.new_category),
    row("I-20", "Договоры с партнёрами", NUMBER, "Положение, раздел 3", "действуют на ключевую дату", work.partners),
)  # fmt: skip
BY_CODE = {one.code: one for one in INDICATORS}
