"""Answering a questionnaire: by a personal link without sign-in, or from «Мои анкеты».

One page holds the whole form; the script shows it step by step and saves each field. Without the
script it is one long form. An anonymous form is saved nowhere before it is sent.
"""

import json
from dataclasses import dataclass

from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from mentoring.core.row_numbers import row_number
from people.forms.answers import read_all, sections_of
from people.models import Survey, SurveyParticipant
from people.pages import member_page
from people.questionnaires import answers as rules
from people.questionnaires.answers import AnswerError
from people.services import answers as service
from people.services import surveys
from people.services.questionnaires import content_of

ANONYMOUS = Survey.Privacy.ANONYMOUS


@dataclass
class Entrance:
    """Who answers and by which address; `by` is None on a personal link."""

    participant: SurveyParticipant
    names: dict[str, str]
    by_link: bool
    by: object = None

    @property
    def survey(self) -> Survey:
        return self.participant.survey

    @property
    def anonymous(self) -> bool:
        return self.survey.privacy == ANONYMOUS


def link_entrance(token: str) -> Entrance:
    participant = surveys.find_by_link(token)
    if participant is None:
        raise Http404
    names = {one: reverse(f"q_{one}", args=[token]) for one in ("page", "save", "check", "done")}
    return Entrance(participant, names, by_link=True)


def own_entrance(request, pk) -> Entrance:
    rows = SurveyParticipant.objects.of(request.school).filter(person=request.membership.person)
    participant = get_object_or_404(surveys.with_survey(rows), pk=pk)
    names = {
        one: reverse(f"my_survey_{one}", args=[request.school.slug, pk])
        for one in ("page", "save", "check", "done")
    }
    return Entrance(participant, names, by_link=False, by=request.membership)


def quiet(response):
    """The address is a key: it goes to no other site and is indexed by nobody.

    Not «no-referrer»: with it the browser hides the origin of our own form, and its sending is refused.
    """
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def closed_page(request, entrance: Entrance | None, reason: str, status: int):
    context = {"reason": reason, "survey": entrance.survey if entrance else None}
    return quiet(render(request, "answers/closed.html", context, status=status))


UNKNOWN = "Такой ссылки нет: её отозвали, заменили новой или скопировали не целиком. Попросите куратора прислать ссылку ещё раз."


def guarded(view):
    """By the link: no school page, no sign-in; an unknown or closed one gets a calm sentence."""

    @never_cache
    def page(request, token):
        try:
            entrance = link_entrance(token)
        except Http404:
            return closed_page(request, None, UNKNOWN, 404)
        return run(request, entrance, view)

    return page


def guarded_own(view):
    @member_page
    @never_cache
    def page(request, pk):
        return run(request, own_entrance(request, pk), view)

    return page


def run(request, entrance: Entrance, view):
    today = timezone.localdate()
    reason = surveys.why_closed(entrance.participant, on=today, by_link=entrance.by_link)
    if reason and view is not done:
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"text": reason}, status=410)
        return closed_page(request, entrance, reason, 410)
    return quiet(view(request, entrance))


def people_of(entrance: Entrance, content) -> dict[str, dict[int, str]]:
    return {
        question.code: service.candidates(entrance.survey, question)
        for question in content.questions
        if question.type == "people"
    }


def page(request: HttpRequest, entrance: Entrance):
    """The form. POST keeps what was typed (named) and goes on to the check of all answers.

    Who has sent the answers, and perhaps never saw that they came, is told so; «Изменить ответы» opens the form.
    """
    if entrance.participant.answered and request.method == "GET":
        return redirect(entrance.names["done"])
    content = content_of(entrance.survey.version)
    people = people_of(entrance, content)
    rows = {} if entrance.anonymous else service.answers_of(own_response(entrance))
    values, errors = service.values_of(rows), {}
    if request.method == "POST":
        values, errors = read_all(content, request.POST, people)
        if not errors and not entrance.anonymous:
            errors = keep_all(request, entrance, content, values, rows)
        if not errors and request.POST.get("back") != "1":
            if entrance.anonymous:
                return check_page(request, entrance, content, values, people)
            return redirect(entrance.names["check"])
    revisions = {code: row.revision for code, row in service.answers_of(own_response(entrance)).items()} if request.method == "POST" and not entrance.anonymous else {code: row.revision for code, row in rows.items()}  # fmt: skip
    context = {
        **frame(entrance), "content": content, "errors": errors,
        "sections": sections_of(content, values, errors=errors, revisions=revisions, people=people),
    }  # fmt: skip
    return render(request, "answers/form.html", context)


def own_response(entrance: Entrance):
    return getattr(entrance.participant, "response", None)


def keep_all(request, entrance: Entrance, content, values: dict, rows: dict) -> dict[str, str]:
    """Save the whole form; a field changed in another window since is an error that shows both."""
    errors = {}
    for question in content.questions:
        if question.code not in rows and question.code not in values:
            continue
        seen = request.POST.get(f"rev-{question.code}", "0")
        saved = service.save_answer(
            entrance.participant, question, values.get(question.code),
            revision=row_number(seen) or 0,
        )  # fmt: skip
        if saved.conflict:
            other = rules.shown_value(question, saved.value) or "ответ удалён"
            errors[question.code] = (
                f"В другом окне уже сохранён другой ответ: «{other}». Здесь остался ваш последний. "
                "Если верен он, нажмите «Дальше» ещё раз."
            )
    return errors


def frame(entrance: Entrance) -> dict:
    return {
        "survey": entrance.survey, "participant": entrance.participant, "names": entrance.names,
        "anonymous": entrance.anonymous, "by_link": entrance.by_link,
        "school": entrance.survey.organization,
    }  # fmt: skip


def save(request: HttpRequest, entrance: Entrance):
    """One field from the script: {code, value, revision} → {revision, at} or 409 with the other value."""
    if request.method != "POST" or entrance.anonymous:
        return JsonResponse({"text": "Эту анкету по частям не сохраняют."}, status=405)
    try:
        data = json.loads(request.body)
        question = content_of(entrance.survey.version).question(str(data["code"]))
        revision = int(data.get("revision", 0))
    except (ValueError, KeyError, TypeError, AttributeError):
        question = None
    if question is None:
        return JsonResponse({"text": "Такого вопроса в анкете нет. Обновите страницу."}, status=400)
    try:
        saved = service.save_answer(
            entrance.participant, question, data.get("value"), revision=revision
        )
    except AnswerError as error:
        return JsonResponse({"text": str(error)}, status=422)
    if saved.conflict:
        shown = rules.shown_value(question, saved.value) or "ответ удалён"
        text = f"В другом окне сохранён другой ответ: «{shown}». Ваш остался здесь."
        return JsonResponse({"text": text, "revision": saved.revision}, status=409)
    return JsonResponse({"revision": saved.revision, "at": f"{timezone.localtime():%H:%M}"})


def check(request: HttpRequest, entrance: Entrance):
    """All answers on one page, then «Отправить»."""
    content = content_of(entrance.survey.version)
    people = people_of(entrance, content)
    if entrance.anonymous:
        if request.method != "POST":
            return redirect(entrance.names["page"])
        values, errors = read_all(content, request.POST, people)
        if errors:
            return page(request, entrance)
    else:
        values = service.values_of(service.answers_of(own_response(entrance)))
    if request.method == "POST" and request.POST.get("send") == "1":
        try:
            send(entrance, values)
            return redirect(entrance.names["done"])
        except (RuleError, AnswerError) as error:
            text = getattr(error, "message", str(error))
            return check_page(request, entrance, content, values, people, error=text)
    return check_page(request, entrance, content, values, people)


def send(entrance: Entrance, values: dict) -> None:
    if entrance.anonymous:
        service.send_anonymous(entrance.participant, values)
    else:
        service.submit(entrance.participant, on=timezone.localdate(), by=entrance.by)


def check_page(request, entrance: Entrance, content, values: dict, people: dict, error: str = ""):
    rows = [
        {
            "question": question,
            "text": rules.shown_value(question, values.get(question.code), people=people.get(question.code)),
            "missing": question.required and not rules.is_full(question, values.get(question.code)),
        }
        for question in rules.visible(content, values)
    ]  # fmt: skip
    context = {
        **frame(entrance), "rows": rows, "error": error, "values": values,
        "lacking": sum(row["missing"] for row in rows),
        "hidden": hidden_inputs(request) if entrance.anonymous else [],
    }  # fmt: skip
    return render(request, "answers/check.html", context)


def hidden_inputs(request) -> list[tuple[str, str]]:
    """The typed values once more: an anonymous answer is kept nowhere but in the page."""
    return [
        (name, value)
        for name, found in request.POST.lists()
        for value in found
        if name.startswith("q-")
    ]


def done(request: HttpRequest, entrance: Entrance):
    return render(request, "answers/done.html", frame(entrance))


@require_POST
def reopen(request: HttpRequest, entrance: Entrance):
    """«Изменить ответы» of a sent named form, while the run is open."""
    if not entrance.anonymous:
        service.reopen(entrance.participant, by=entrance.by)
    return redirect(entrance.names["page"])


q_page, q_save, q_check, q_done = (guarded(view) for view in (page, save, check, done))
my_page, my_save, my_check, my_done = (guarded_own(view) for view in (page, save, check, done))
q_reopen, my_reopen = guarded(reopen), guarded_own(reopen)


@member_page
def my_surveys(request):
    """What waits for an answer, and what was answered."""
    today = timezone.localdate()
    rows = surveys.with_survey(
        SurveyParticipant.objects.of(request.school).filter(
            person=request.membership.person, revoked=False
        )
    ).exclude(survey__state=Survey.State.DRAFT)
    rows = list(rows.order_by("-survey__opens_on", "-pk"))
    for row in rows:
        row.closed = surveys.why_closed(row, on=today, by_link=False)
    context = {
        "waiting": [row for row in rows if not row.answered and not row.closed],
        "others": [row for row in rows if row.answered or row.closed],
    }
    return render(request, "people/surveys/mine.html", context)
