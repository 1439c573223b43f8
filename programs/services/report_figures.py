"""Figures for reports: counted for a period, put into words, with draft conclusions to edit (R-221)."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from django.utils import timezone

from mentoring.core import grammar
from mentoring.core.errors import RuleError
from people.models import Organization
from programs.models import ReportFigures
from programs.monitoring.answers import band
from programs.monitoring.registry import BY_CODE, INDICATORS
from programs.monitoring.scope import Definitions, Period
from programs.monitoring.values import SCORE, SHARE, Value
from programs.services.indicators import definitions_of, of_school
from roadmap.models import Document
from roadmap.services.plan_words import years_words
from roadmap.services.year import year_of

OFFERED = 4  # years to choose from
FREE = "free"


@dataclass(frozen=True)
class Row:
    """One indicator in words, for a table of a paper."""

    code: str
    title: str
    about: str
    shown: str
    of: str
    before: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Figures:
    """`words`: «2026/2027 учебный год»; `rules` are the thresholds they were counted with; `told`: (code, draft conclusion)."""

    period: Period
    words: str
    rules: Definitions
    values: dict[str, Value]
    rows: list[Row]
    told: list[tuple[str, str]]

    @property
    def conclusions(self) -> list[str]:
        return [words for _, words in self.told]

    def only(self, codes: frozenset[str]) -> "Figures":
        """Without what a paper does not tell: neither its text nor what is frozen beside it."""
        values = {code: value for code, value in self.values.items() if code in codes}
        rows = [row for row in self.rows if row.code in codes]
        return replace(self, values=values, rows=rows, told=[one for one in self.told if one[0] in codes])  # fmt: skip


def choices(today: dt.date) -> list[tuple[str, str]]:
    """School years as kept in the paper: «2026» is the year that began in September 2026."""
    current = year_of(today)
    return [(str(year), f"{years_words(year, None)} учебный год") for year in range(current, current - OFFERED, -1)]  # fmt: skip


def all_choices(today: dt.date) -> list[tuple[str, str]]:
    """School years, calendar years («y2026»), own dates."""
    calendar = [(f"y{year}", f"{year} год") for year in range(today.year, today.year - OFFERED, -1)]
    return [*choices(today), *calendar, (FREE, "свои даты")]


def period_of(document: Document, raw: str, name: str, today: dt.date) -> tuple[Period, str]:
    """Period and its words; the key date is the one typed, else its last day, or today while it lasts."""
    if raw == FREE:
        start, end = (day_of(document, key) for key in ("start", "end"))
        if not (start and end):
            raise RuleError("Укажите обе даты периода.", "start")
        if end < start:
            raise RuleError("Период заканчивается раньше, чем начинается.", "end")
        words = f"период с {grammar.long_date(start)} по {grammar.long_date(end)}"
    else:
        start, end = days_of(raw)
        words = dict(all_choices(dt.date(start.year, 12, 1)))[raw]
    on = day_of(document, "on") or min(end, max(today, start))
    return Period(start, end, on), words


def days_of(raw: str) -> tuple[dt.date, dt.date]:
    """First and last day of a school year («2026») or a calendar one («y2026»)."""
    if raw[:1] == "y":
        return dt.date(int(raw[1:]), 1, 1), dt.date(int(raw[1:]), 12, 31)
    return dt.date(int(raw), 9, 1), dt.date(int(raw) + 1, 8, 31)


def day_of(document: Document, name: str) -> dt.date | None:
    raw = document.values.get(name)
    return dt.date.fromisoformat(raw) if raw else None


def chosen_period(document: Document, raw, name: str) -> tuple[Period, str] | None:
    """The kept period with its words; None when nothing is chosen yet."""
    if not raw:
        return None
    if not re.fullmatch(rf"y?\d{{4}}|{FREE}", str(raw)):
        raise RuleError("Выберите период из списка.", name)
    return period_of(document, str(raw), name, timezone.localdate())


def read(document: Document, raw, name: str) -> Figures | None:
    """Figures of the kept period, counted now; the frozen text of the paper keeps them as they were."""
    chosen = chosen_period(document, raw, name)
    if chosen is None:
        return None
    organization = document.organization
    return figures_of(organization, *chosen, definitions_of(organization))


def figures_of(organization: Organization, period: Period, words: str, rules: Definitions) -> Figures:  # fmt: skip
    now = of_school(organization, period, rules)
    before = of_school(organization, period.earlier, rules)
    rows = [in_words(one, now[one.code], before[one.code]) for one in INDICATORS]
    return Figures(period, words, rules, now, rows, conclusions(now, before))


def keep(document: Document, context: dict) -> None:
    """Freeze the figures beside the wording that names them; a wording written anew replaces them."""
    figures = context.get("figures")
    if figures is None:
        return
    row = ReportFigures.objects.of(document.organization).filter(document=document).first()
    row = row or ReportFigures(organization=document.organization, document=document)
    for name, value in {**vars(figures.period), **figures.rules.as_dict()}.items():
        setattr(row, name, value)
    row.values = {code: [one.n, one.d, one.value] for code, one in figures.values.items()}
    row.counted_at = timezone.now()
    row.full_clean()
    row.save()


def in_words(indicator, now: Value, before: Value) -> Row:
    of = f"{now.n} из {now.d}" if now.d is not None else ""
    if indicator.unit == SCORE and now.n:
        of = f"ответили дважды: {now.n}"
    parts = tuple((words, with_sign(value)) for words, value in now.rows)
    return Row(indicator.code, indicator.title, indicator.about, with_unit(indicator, now), of, with_unit(indicator, before), parts)  # fmt: skip


def with_unit(indicator, value: Value) -> str:
    """«66,7 %», «+1,4», «12», «нет данных»."""
    if indicator.unit == SCORE:
        return with_sign(value)
    return (
        f"{value.shown} %" if indicator.unit == SHARE and value.value is not None else value.shown
    )


def with_sign(value: Value) -> str:
    return f"+{value.shown}" if (value.value or 0) > 0 else value.shown


def conclusions(now: dict[str, Value], before: dict[str, Value]) -> list[tuple[str, str]]:
    """A draft that only says what the figures say, with the code of each; the curator rewrites it."""
    found = {
        "I-01": compared("Охват педагогов наставничеством", now["I-01"], before["I-01"]),
        "I-07": compared("Доля завершённых по плану программ", now["I-07"], before["I-07"]),
        "I-09": compared("Пункты планов выполнены", now["I-09"], before["I-09"]),
    }
    for who, code in (("наставляемых", "I-05"), ("наставников", "I-06")):
        if now[code].d:
            found[code] = f"Довольны работой {now[code].shown} % {who}, которые ответили на итоговую анкету ({now[code].n} из {now[code].d})"  # fmt: skip
    if now["I-14"].value is not None:
        found["I-14"] = f"По шкалам входной и итоговой анкет изменение в среднем {with_sign(now['I-14'])} балла (ответили дважды: {now['I-14'].n})"  # fmt: skip
    if words := band(now["I-17"]):
        found["I-17"] = f"Качество программ: {words} ({now['I-17'].n} из {now['I-17'].d} баллов)"
    if now["I-13"].n:
        found["I-13"] = f"Дольше положенного без наставника остаются: {now['I-13'].n}; поиск продолжается"  # fmt: skip
    if now["I-18"].d:
        found["I-18"] = f"Дорожная карта выполнена на {now['I-18'].shown} % мероприятий со сроком в периоде ({now['I-18'].n} из {now['I-18'].d})"  # fmt: skip
    return [(code, line) for code, line in found.items() if line]


def compared(what: str, now: Value, before: Value) -> str:
    """«Охват … – 50 % (5 из 10), год назад – 40 %»."""
    if now.value is None:
        return ""
    earlier = "" if before.value is None else f", год назад – {before.shown} %"
    return f"{what}: {now.shown} % ({now.n} из {now.d}){earlier}"


def digest(document: Document) -> str:
    """What the head reads before opening a report: its period, and the figures it begins with."""
    row = ReportFigures.objects.of(document.organization).filter(document=document).first()
    if row is None:
        return ""
    told = [f"{BY_CODE[code].title.lower()} – {row.values[code][0]}" for code in ("I-10.1", "I-10.2", "I-10.3") if code in row.values]  # fmt: skip
    return f"Показатели с {row.start:%d.%m.%Y} по {row.end:%d.%m.%Y}: {', '.join(told)}. Цифры заморожены вместе с отчётом."
