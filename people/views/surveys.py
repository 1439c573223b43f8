"""Runs for the curator and the head: list, new run, who has answered, links, paper, results."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.access import allow_if
from mentoring.core.errors import RuleError
from mentoring.core.exports import xlsx_response
from mentoring.core.prints import pdf_response
from mentoring.core.row_numbers import row_numbers
from mentoring.core.search import words_query
from people.events import history_of
from people.forms.answers import read_all, sections_of
from people.forms.surveys import AddPeopleForm, SurveyFilter, SurveyForm
from people.models import RestrictedRead, Survey, SurveyParticipant, SurveyResponse
from people.pages import member_page
from people.permissions import can_edit_questionnaires, can_read_questionnaires
from people.prints.questionnaires import print_filled
from people.prints.survey_links import print_links
from people.questionnaires.answers import AnswerError, shown_value
from people.services import answers, questionnaires, survey_results, surveys
from people.services.questionnaires import content_of
from people.services.reading_log import log_read

SORTS = [("-opens_on", "новые сначала"), ("title", "по названию")]
PAGE = 30


@member_page
def survey_list(request):
    can_read_questionnaires(request.membership).require()
    filters = SurveyFilter(request.GET)
    rows = Survey.objects.of(request.school).select_related(
        "version__questionnaire", "organization"
    )
    rows = rows.filter(words_query(request.GET.get("q", ""), ("title",)))
    chosen = filters.cleaned_data if filters.is_valid() else {}
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("stage"):
        rows = rows.filter(version__questionnaire__stage=chosen["stage"])
    rows = rows.annotate(
        asked=Count("participants"),
        answered=Count("participants", filter=Q(participants__answered=True)),
    )
    rows = rows.order_by("title" if request.GET.get("sort") == "title" else "-opens_on", "-pk")
    if request.GET.get("export") == "xlsx":
        return xlsx_response("Анкетирования", ["Название", "Состояние", "С", "По", "Ответы видят", "Опрошено", "Ответили"], exported(rows))  # fmt: skip
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "filters": filters, "sorts": SORTS,
        "narrowed": any(request.GET.get(name) for name in ("q", "state", "stage")),
        "can_edit": can_edit_questionnaires(request.membership),
    }  # fmt: skip
    return render(request, "people/surveys/list.html", context)


def exported(rows):
    for row in rows:
        yield [
            row.title, row.get_state_display(), row.opens_on, row.closes_on, row.get_privacy_display(),
            row.asked, row.answered,
        ]  # fmt: skip


@member_page
def survey_new(request):
    can_edit_questionnaires(request.membership).require()
    questionnaires.install(request.school)
    initial = {"form": request.GET.get("form"), "people": request.GET.getlist("person")}
    form = SurveyForm(request.school, request.POST or None, initial=initial)
    if form.submitted_to(surveys.create, by=request.membership):
        messages.success(request, "Анкетирование подготовлено. Проверьте и начните его.")
        return redirect("survey", request.school.slug, form.result.pk)
    return render(request, "people/surveys/new.html", {"form": form})


def own_survey(request, pk) -> Survey:
    can_read_questionnaires(request.membership).require()
    rows = Survey.objects.of(request.school).select_related(
        "version__questionnaire", "version__organization", "organization"
    )
    return get_object_or_404(rows, pk=pk)


@member_page
def survey(request, pk):
    """Who has answered and who has not, and what to do next."""
    shown = own_survey(request, pk)
    participants = shown.participants.select_related("person", "response").order_by(
        "answered", "person__last_name", "person__first_name", "pk"
    )
    rows = list(participants)
    context = {
        "survey": shown, "participants": rows, "answered": sum(row.answered for row in rows),
        "can_edit": can_edit_questionnaires(request.membership),
        "named": survey_results.can_read_named(request.membership, shown),
        "history": history_of(shown, request.school),
    }  # fmt: skip
    return render(request, "people/surveys/page.html", context)


def step(service, done: str):
    """A one-click change of the run: POST, service, a sentence, back to the run."""

    @member_page
    @require_POST
    def page(request, pk):
        shown = own_survey(request, pk)
        try:
            service(request, shown)
            messages.success(request, done)
        except RuleError as error:
            messages.error(request, error.message)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("survey", request.school.slug, shown.pk)

    return page


survey_open = step(
    lambda request, shown: surveys.open_survey(
        shown, on=timezone.localdate(), by=request.membership
    ),
    "Анкетирование начато, участники получили уведомление.",
)
survey_close = step(
    lambda request, shown: surveys.close_survey(shown, by=request.membership),
    "Анкетирование закрыто.",
)
survey_remind = step(
    lambda request, shown: surveys.remind(shown, on=timezone.localdate(), by=request.membership),
    "Напоминание отправлено тем, кто ещё не ответил.",
)
survey_privacy = step(
    lambda request, shown: surveys.change_privacy(
        shown, request.POST.get("privacy", ""), by=request.membership
    ),
    "Изменено, кто увидит ответы.",
)


@member_page
def survey_people(request, pk):
    can_edit_questionnaires(request.membership).require()
    shown = own_survey(request, pk)
    form = AddPeopleForm(shown, request.POST or None)
    if form.submitted_to(surveys.add_people, shown, by=request.membership):
        messages.success(request, f"Добавлено: {form.result}.")
        return redirect("survey", request.school.slug, shown.pk)
    return render(request, "people/surveys/people.html", {"form": form, "survey": shown})


@member_page
@require_POST
def survey_links(request, pk):
    """Issue new links for those who have not answered and print them: a sheet to cut."""
    can_edit_questionnaires(request.membership).require()
    shown = own_survey(request, pk)
    waiting = shown.participants.filter(answered=False).select_related("survey")
    ticked = row_numbers(request.POST.getlist("participant"))
    if ticked:
        waiting = waiting.filter(pk__in=ticked)
    tokens = surveys.issue_links(waiting, on=timezone.localdate(), by=request.membership)
    if not tokens:
        messages.error(request, "Все уже ответили: ссылки не нужны.")
        return redirect("survey", request.school.slug, shown.pk)
    return pdf_response(print_links(shown, tokens), "ссылки")


def own_participant(request, pk) -> SurveyParticipant:
    can_read_questionnaires(request.membership).require()
    rows = surveys.with_survey(SurveyParticipant.objects.of(request.school))
    return get_object_or_404(rows, pk=pk)


@member_page
@require_POST
def participant_remove(request, pk):
    can_edit_questionnaires(request.membership).require()
    row = own_participant(request, pk)
    try:
        surveys.remove_person(row, by=request.membership)
        messages.success(request, f"{row.person.short_name}: убран(а) из списка.")
    except RuleError as error:
        messages.error(request, error.message)
    return redirect("survey", request.school.slug, row.survey_id)


@member_page
@require_POST
def participant_revoke(request, pk):
    can_edit_questionnaires(request.membership).require()
    row = own_participant(request, pk)
    surveys.revoke_link(row, by=request.membership)
    messages.success(request, "Ссылка больше не открывается.")
    return redirect("survey", request.school.slug, row.survey_id)


@member_page
def participant_paper(request, pk):
    """A paper form typed in by the curator: all questions on one page, marked «с бумаги»."""
    can_edit_questionnaires(request.membership).require()
    row = own_participant(request, pk)
    content = content_of(row.survey.version)
    people = {one.code: answers.candidates(row.survey, one) for one in content.questions if one.type == "people"}  # fmt: skip
    values, errors, problem = {}, {}, ""
    if request.method == "POST":
        values, errors = read_all(content, request.POST, people)
        if not errors:
            try:
                answers.enter_from_paper(
                    row, values, on=timezone.localdate(), by=request.membership
                )
                messages.success(request, f"{row.person.short_name}: ответы внесены с бумаги.")
                return redirect("survey", request.school.slug, row.survey_id)
            except (RuleError, AnswerError) as error:
                problem = getattr(error, "message", str(error))
    context = {
        "participant": row, "survey": row.survey, "errors": errors, "problem": problem,
        "sections": sections_of(content, values, errors=errors, people=people),
    }  # fmt: skip
    return render(request, "people/surveys/paper.html", context)


@member_page
def survey_results_page(request, pk):
    """Summary per question; reasons instead of figures where there are too few answers."""
    shown = own_survey(request, pk)
    number = survey_results.number_of_answers(shown)
    reason = survey_results.why_no_summary(shown, number)
    named = survey_results.can_read_named(request.membership, shown)
    if request.GET.get("export") == "xlsx" and not reason:
        return xlsx_response(shown.title, *answers_table(request, shown, named))
    context = {
        "survey": shown, "number": number, "reason": reason, "named": named,
        "summaries": [] if reason else survey_results.summaries(shown, membership=request.membership),
    }  # fmt: skip
    return render(request, "people/surveys/results.html", context)


def answers_table(request, shown: Survey, named: bool) -> tuple[list[str], list[list]]:
    """Headings and rows of the .xlsx; names only where they may be read."""
    content = content_of(shown.version)
    questions = survey_results.readable_questions(content, request.membership)
    headings = [*(["Кто ответил", "С бумаги"] if named else []), *(one.text for one in questions)]
    rows = []
    if named:
        for response in survey_results.sent(shown):
            values = answers.values_of({row.question: row for row in response.answers.all()})
            rows.append(
                [
                    response.person.full_name,
                    "да" if response.on_paper else "нет",
                    *cells(questions, values),
                ]
            )
            log_read(
                response.person,
                RestrictedRead.What.ANSWERS,
                by=request.membership,
                object_id=shown.pk,
            )
    else:
        rows = [cells(questions, values) for values in survey_results.values_of_survey(shown)]
    return headings, rows


def cells(questions, values: dict) -> list:
    found = []
    for one in questions:
        value = values.get(one.code)
        number = one.type in ("scale", "number") and value is not None
        found.append(value if number else shown_value(one, value))
    return found


def read_response(request, pk):
    """(response, questions that may be read, values); an opening by another is logged."""
    rows = SurveyResponse.objects.of(request.school).select_related(
        "person", "organization", "survey__version__organization", "survey__organization"
    )
    shown = get_object_or_404(rows, pk=pk)
    own = shown.person_id == request.membership.person_id
    if not own:
        can_read_questionnaires(request.membership).require()
        survey_results_right(request, shown.survey)
        log_read(
            shown.person, RestrictedRead.What.ANSWERS, by=request.membership, object_id=shown.pk
        )
    content = content_of(shown.survey.version)
    questions = survey_results.readable_questions(content, request.membership, own=own)
    return shown, questions, answers.values_of(answers.answers_of(shown))


@member_page
def response(request, pk):
    """One person's answers with the wording of their version."""
    shown, questions, values = read_response(request, pk)
    pairs = [
        (one.text, shown_value(one, values.get(one.code)))
        for one in questions
        if one.code in values
    ]
    own = shown.person_id == request.membership.person_id
    context = {"response": shown, "survey": shown.survey, "pairs": pairs, "own": own}
    return render(request, "people/surveys/response.html", context)


@member_page
def response_pdf(request, pk):
    shown, questions, values = read_response(request, pk)
    return pdf_response(print_filled(shown, questions, values), "ответы")


def survey_results_right(request, shown: Survey) -> None:
    allow_if(
        survey_results.can_read_named(request.membership, shown),
        "Имена в этом анкетировании скрыты от руководства. Откройте сводку.",
    ).require()
