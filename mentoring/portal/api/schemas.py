"""Shapes of the answers; figures always come with numerator and denominator."""

import datetime as dt
from typing import Literal

from ninja import Field, Schema

from programs.models.monitoring import DefinitionsModel, PeriodModel
from programs.monitoring.participation import TITLES
from programs.monitoring.registry import BY_CODE
from programs.monitoring.scope import Definitions, Period
from programs.monitoring.values import Value

Unit = Literal["share", "number", "score"]


class PeriodOut(Schema):
    start: dt.date = Field(description="Первый день периода.")
    end: dt.date = Field(description="Последний день периода.")
    on: dt.date = Field(description="Ключевая дата: на неё считаются возраст, стаж и кто работает.")


class Thresholds(Schema):
    """Пороги, по которым посчитаны показатели."""

    satisfied_from: int = Field(description="Доволен, если оценка не ниже (из 10).")
    young_age: int = Field(description="Молодой педагог: не старше, лет.")
    young_years: int = Field(description="Молодой специалист: стаж меньше, лет.")
    without_pair_days: int = Field(description="Без пары дольше, дней.")


class Figure(Schema):
    code: str = Field(
        description="Код показателя: I-01 … I-20; в форме статистического наблюдения P-01 … P-12."
    )
    title: str = Field(description="Название показателя.")
    unit: Unit = Field(description="share – доля в процентах, number – количество, score – баллы.")
    n: int | None = Field(description="Числитель, количество или число ответивших.")
    d: int | None = Field(description="Знаменатель доли; у остальных показателей null.")
    value: float | None = Field(
        description="Значение в единицах показателя; null, если считать не из чего."
    )


class Part(Schema):
    title: str = Field(description="Причина, шкала или форма.")
    n: int | None
    d: int | None
    value: float | None


class OwnFigure(Figure):
    about: str = Field(description="Как считается.")
    source: str = Field(description="Какой документ просит этот показатель.")
    parts: list[Part] = Field(description="Из чего складывается; пусто, если не делится.")


class Heading(Schema):
    """Столбец сводки."""

    code: str
    title: str
    unit: Unit


def period_out(row: PeriodModel | Period) -> dict:
    return {"start": row.start, "end": row.end, "on": row.on}


def thresholds_out(row: DefinitionsModel | Definitions) -> dict:
    return {name: getattr(row, name) for name in Definitions().as_dict()}


def heading(code: str) -> dict:
    """Title and unit, of a count of participants too; a code that is no longer counted keeps its code for a title."""
    known = BY_CODE.get(code)
    if title := TITLES.get(code):
        return {"code": code, "title": title, "unit": "number"}
    return {"code": code, "title": known.title if known else code, "unit": known.unit if known else "number"}  # fmt: skip


def frozen(values: dict[str, list]) -> list[dict]:
    """Figures kept as `{code: [n, d, value]}`."""
    return [{**heading(code), "n": n, "d": d, "value": value} for code, (n, d, value) in values.items()]  # fmt: skip


def counted(code: str, value: Value) -> dict:
    """A figure counted now, with its parts."""
    known = BY_CODE[code]
    return {
        **heading(code), "n": value.n, "d": value.d, "value": value.value, "about": known.about, "source": known.source,
        "parts": [{"title": words, "n": part.n, "d": part.d, "value": part.value} for words, part in value.rows],
    }  # fmt: skip
