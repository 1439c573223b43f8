"""Order that ends, pauses or resumes a pair (R-225, R-236; ТК РФ, ст. 351.8)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

ACTIONS = (
    ("end", "завершить пару"),
    ("pause", "приостановить"),
    ("resume", "возобновить"),
)
REASONS = (
    ("mentor_notice", "заявление наставника"),
    ("mentee_request", "ходатайство наставляемого"),
    ("curator", "по предложению куратора"),
    ("consent", "отзыв или окончание согласия"),
    ("left", "участник выбыл"),
)
GROUNDS = {
    "mentor_notice": "заявления наставника",
    "mentee_request": "ходатайства",
    "curator": "предложения куратора",
    "consent": "сведений об утрате согласия участника",
    "left": "сведений о выбытии участника",
}
FIELDS = (
    Field("group", "Пара", "working_group"),
    Field("action", "Что сделать", "choice", choices=ACTIONS),
    Field("reason", "Основание", "choice", choices=REASONS),
    Field("on", "С какой даты", "date"),
    Field("ground_date", "Дата заявления", "date", required=False),
    Field("controller", "Кому поручен контроль", "person", required=False),
)


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    return {
        **context,
        "group": values.get("group"),
        "action": values.get("action"),
        "ground": GROUNDS.get(values.get("reason"), ""),
    }


def heading(context: dict) -> str:
    return {
        "pause": "О приостановлении работы наставнической пары",
        "resume": "О возобновлении работы наставнической пары",
    }.get(context["action"], "Об освобождении от обязанностей наставника")
