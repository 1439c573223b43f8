"""Answers that say no: JSON with a Russian sentence and the next step."""

import logging

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from mentoring.core.errors import RuleError
from mentoring.core.outages import outage_of

log = logging.getLogger(__name__)
NO_TOKEN = "Нужен действующий токен в заголовке «Authorization: Bearer …»: его нет, он неверный, истёк или отозван. Токен выдают на странице «Организация» → «Доступ для программ»."
NOT_FOUND = "Такой записи нет, или она принадлежит другой организации."
CHECK = "Проверьте параметры запроса: что исправить, сказано по каждому."
TOO_MANY = "Слишком много запросов с этим токеном. Повторите через минуту."
BROKEN = "На портале произошла ошибка. Повторите позже, а если она останется, напишите администратору портала."
DESCRIPTIONS = {
    "200": "Ответ.",
    "401": "Нет действующего токена.",
    "403": "Токену этого читать нельзя.",
    "404": "Такой записи нет, или она чужая.",
    "422": "Параметры запроса неверны.",
    "429": "Слишком много запросов; через сколько секунд повторить, говорит заголовок Retry-After.",
}


class Problem(Schema):
    detail: str = Field(description="Что не так и что делать.")
    fields: dict[str, str] = Field({}, description="Параметр запроса и что в нём исправить.")


ERRORS = frozenset({401, 403, 404, 422, 429})


def answers(model) -> dict:
    """Documented answers of an operation."""
    return {200: model, ERRORS: Problem}


def register(api: NinjaAPI) -> None:
    def say(request: HttpRequest, status: int, detail: str, fields: dict | None = None) -> HttpResponse:  # fmt: skip
        return api.create_response(request, {"detail": detail, "fields": fields or {}}, status=status)  # fmt: skip

    def no_token(request, error: AuthenticationError) -> HttpResponse:
        response = say(request, 401, NO_TOKEN)
        response["WWW-Authenticate"] = "Bearer"
        return response

    def broken(request, error: Exception) -> HttpResponse:
        log.error("%s failed", request.path, exc_info=error)
        outage = outage_of(error)
        if outage is None:
            return say(request, 500, BROKEN)
        response = say(request, 503, f"{outage.title}. {outage.sentence}")
        response["Retry-After"] = str(outage.seconds)
        return response

    handlers = {
        Exception: broken,
        AuthenticationError: no_token,
        Throttled: lambda request, error: say(request, 429, TOO_MANY),
        HttpError: lambda request, error: say(request, error.status_code, error.message),
        Http404: lambda request, error: say(request, 404, NOT_FOUND),
        PermissionDenied: lambda request, error: say(request, 403, str(error)),
        RuleError: lambda request, error: say(
            request, 422, error.message, {error.field: error.message} if error.field else {}
        ),
        ValidationError: lambda request, error: say(request, 422, CHECK, in_russian(error.errors)),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def in_russian(errors: list[dict]) -> dict[str, str]:
    """Sentences by parameter; `errors` are those of pydantic."""
    return {str(one["loc"][-1]): sentence(one["type"], one.get("ctx", {})) for one in errors}


def sentence(code: str, context: dict) -> str:
    if code.startswith("date"):
        return "Укажите дату как ГГГГ-ММ-ДД."
    if code.startswith("int"):
        return "Укажите целое число."
    if code in ("literal_error", "enum"):
        return f"Выберите одно из значений: {context['expected']}.".replace(" or ", ", ")
    if code == "greater_than_equal":
        return f"Не меньше {shown(context['ge'])}."
    if code == "less_than_equal":
        return f"Не больше {shown(context['le'])}."
    if code == "string_pattern_mismatch":
        return "Только латинские буквы и знак «_», как в описании."
    if code == "string_too_long":
        return f"Не длиннее {context['max_length']} знаков."
    return "Значение не подходит: посмотрите описание параметра в openapi.json."


def shown(bound) -> str:
    return bound.isoformat() if hasattr(bound, "isoformat") else str(bound)
