"""Rows of this floor that papers name: an event, a partner."""

from mentoring.core.errors import RuleError
from roadmap.models import Document, Event, Partner

GONE = "Такой записи нет. Выберите из списка."
MODELS = {"event": Event, "partner": Partner}


def reader(kind: str):
    """`read` of one kind: the row of the same school, RuleError when it is gone."""

    def read(document: Document, raw, name: str):
        if not raw:
            return None
        row = MODELS[kind].objects.of(document.organization).filter(pk=raw).first()
        if row is None:
            raise RuleError(GONE, name)
        return row

    return read
