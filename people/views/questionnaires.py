"""Questionnaires for the curator: the list, one with its versions, the builder without code."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from mentoring.core.exports import xlsx_response
from mentoring.core.prints import pdf_response
from mentoring.core.search import words_query
from people.events import history_of
from people.forms.answers import sections_of
from people.forms.questionnaires import BankForm, IntroForm, OwnForm, QuestionForm, SectionForm
from people.models import Questionnaire
from people.pages import member_page
from people.permissions import can_edit_questionnaires, can_read_questionnaires
from people.prints.questionnaires import print_blank
from people.questionnaires import editing, schema
from people.services import questionnaires as service

PAGE = 50
SORTS = [("stage", "по этапам"), ("title", "по названию")]


@member_page
def questionnaires(request):
    can_read_questionnaires(request.membership).require()
    service.install(request.school)
    rows = Questionnaire.objects.of(request.school)
    archived = request.GET.get("archived") == "1"
    rows = rows.filter(words_query(request.GET.get("q", ""), ("title",)), archived=archived)
    rows = rows.annotate(
        last=Max("versions__number"), runs=Count("versions__surveys", distinct=True)
    )
    rows = rows.order_by("title" if request.GET.get("sort") == "title" else "stage", "title", "pk")
    if request.GET.get("export") == "xlsx":
        table = (
            [one.title, one.get_stage_display(), one.get_audience_display(), one.last, one.runs]
            for one in rows
        )
        return xlsx_response(
            "Анкеты", ["Анкета", "Этап", "Кто отвечает", "Редакция", "Анкетирований"], table
        )
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "sorts": SORTS, "archived": archived,
        "can_edit": can_edit_questionnaires(request.membership),
    }  # fmt: skip
    return render(request, "people/questionnaires/list.html", context)


def own_form(request, pk) -> Questionnaire:
    can_read_questionnaires(request.membership).require()
    return get_object_or_404(Questionnaire.objects.of(request.school), pk=pk)


@member_page
def questionnaire(request, pk):
    """As people will see it, with the buttons of the builder for the curator."""
    form = own_form(request, pk)
    version = service.latest(form)
    content = service.content_of(version)
    context = {
        "form": form, "version": version, "content": content, "raw": version.content,
        "sections": sections_of(content, {}), "types": schema.TYPES,
        "empty": [(place, one["title"]) for place, one in enumerate(version.content["sections"]) if not one["questions"]],
        "can_edit": can_edit_questionnaires(request.membership),
        "versions": form.versions.annotate(runs=Count("surveys")).order_by("-number"),
        "history": history_of(form, request.school),
    }  # fmt: skip
    return render(request, "people/questionnaires/page.html", context)


@member_page
def questionnaire_blank(request, pk):
    """Paper form to fill in by hand."""
    form = own_form(request, pk)
    version = service.latest(form)
    return pdf_response(print_blank(form, service.content_of(version)), "анкета")


@member_page
def questionnaire_new(request):
    can_edit_questionnaires(request.membership).require()
    form = OwnForm(request.school, request.POST or None)
    if form.submitted_to(service.create_own, by=request.membership):
        messages.success(request, "Анкета создана. Добавьте вопросы.")
        return redirect("questionnaire", request.school.slug, form.result.pk)
    return small(request, form, "Своя анкета", "Создать анкету")


def small(request, form, heading: str, submit: str, about: Questionnaire | None = None, **extra):
    context = {"form": form, "heading": heading, "submit": submit, "questionnaire": about, **extra}
    return render(request, "people/questionnaires/form.html", context)


@member_page
@require_POST
def questionnaire_copy(request, pk):
    made = service.copy(own_form(request, pk), by=request.membership)
    messages.success(request, "Копия готова: меняйте её как угодно.")
    return redirect("questionnaire", request.school.slug, made.pk)


@member_page
@require_POST
def questionnaire_archive(request, pk):
    form = own_form(request, pk)
    service.archive(form, archived=not form.archived, by=request.membership)
    messages.success(request, "Анкета убрана в архив." if form.archived else "Анкета возвращена.")
    return redirect("questionnaires", request.school.slug)


@member_page
def questionnaire_intro(request, pk):
    can_edit_questionnaires(request.membership).require()
    about = own_form(request, pk)
    content = service.latest(about).content
    form = IntroForm(request.POST or None, initial={"title": about.title, "intro": content.get("intro", "")})  # fmt: skip
    if form.submitted_to(rename, about, content, by=request.membership):
        return saved(request, about)
    return small(request, form, "Название и вступление", "Сохранить", about)


def rename(about: Questionnaire, content: dict, *, by, title: str, intro: str):
    about.title = title
    about.full_clean()
    about.save(update_fields=["title"])
    return service.save_content(about, {**content, "intro": intro}, by=by)


def saved(request, about: Questionnaire, anchor: str = ""):
    messages.success(request, "Сохранено.")
    answer = redirect("questionnaire", request.school.slug, about.pk)
    answer["Location"] += f"#q-{anchor}" if anchor else ""
    return answer


@member_page
def section_edit(request, pk, section):
    """A section's words; `section` equal to the number of sections adds one."""
    can_edit_questionnaires(request.membership).require()
    about = own_form(request, pk)
    content = service.latest(about).content
    known = content["sections"][section] if section < len(content["sections"]) else {}
    form = SectionForm(request.POST or None, initial={"title": known.get("title"), "hint": known.get("hint")})  # fmt: skip
    if form.is_bound and form.is_valid():
        change = editing.section_changed if known else editing.with_section
        place = (section,) if known else ()
        made = change(content, *place, form.cleaned_data["title"], form.cleaned_data["hint"])
        service.save_content(about, made, by=request.membership)
        return saved(request, about)
    return small(request, form, "Раздел", "Сохранить раздел", about)


@member_page
@require_POST
def section_remove(request, pk, section):
    can_edit_questionnaires(request.membership).require()
    about = own_form(request, pk)
    content = service.latest(about).content
    try:
        service.save_content(
            about, editing.without_section(content, section), by=request.membership
        )
    except (RuleError, ValueError, IndexError) as error:
        messages.error(request, getattr(error, "message", str(error)))
    return redirect("questionnaire", request.school.slug, about.pk)


@member_page
def question_edit(request, pk, section, code):
    """One question; the code «new» adds one to the section."""
    can_edit_questionnaires(request.membership).require()
    about = own_form(request, pk)
    content = service.latest(about).content
    if section >= len(content["sections"]):
        raise Http404
    question = None if code == "new" else known_question(content, code)
    wanted = editing.new_code(content) if question is None else code
    form = QuestionForm(content, wanted, request.POST or None, question=question)
    if form.is_bound and form.is_valid():
        made = form.question()
        change = editing.with_question(content, section, made) if question is None else editing.replaced(content, code, made)  # fmt: skip
        if keep(request, about, change, form):
            return saved(request, about, made["code"])
    return small(request, form, "Вопрос", "Сохранить вопрос", about, code=None if question is None else code, section=section)  # fmt: skip


def known_question(content: dict, code: str) -> dict:
    try:
        section, place = editing.find(content, code)
    except KeyError:
        raise Http404 from None
    return content["sections"][section]["questions"][place]


def keep(request, about: Questionnaire, content: dict, form) -> bool:
    try:
        service.save_content(about, content, by=request.membership)
    except RuleError as error:
        form.add_error(None, error.message)
        return False
    return True


@member_page
@require_POST
def question_change(request, pk, code):
    """`do`: up, down, remove or keep (into the bank of questions)."""
    can_edit_questionnaires(request.membership).require()
    about = own_form(request, pk)
    content = service.latest(about).content
    question = known_question(content, code)
    try:
        if request.POST.get("do") == "keep":
            service.keep_question(schema.question_from_json(question), by=request.membership)
            messages.success(request, "Вопрос сохранён в банк.")
        else:
            change = {
                "up": lambda: editing.moved(content, code, -1), "down": lambda: editing.moved(content, code, 1),
                "remove": lambda: editing.without(content, code),
            }.get(request.POST.get("do"))  # fmt: skip
            if change is None:
                raise Http404
            service.save_content(about, change(), by=request.membership)
    except RuleError as error:
        messages.error(request, error.message)
    answer = redirect("questionnaire", request.school.slug, about.pk)
    answer["Location"] += f"#q-{code}"
    return answer


@member_page
def question_from_bank(request, pk, section):
    can_edit_questionnaires(request.membership).require()
    about = own_form(request, pk)
    content = service.latest(about).content
    if section >= len(content["sections"]):
        raise Http404
    bank = service.bank_of(request.school)
    form = BankForm(bank, request.POST or None)
    if form.is_bound and form.is_valid():
        question = schema.question_to_json(bank[form.cleaned_data["code"]])
        question.pop("show_if", None)
        question["code"] = editing.new_code(content, question["code"])
        if keep(request, about, editing.with_question(content, section, question), form):
            return saved(request, about, question["code"])
    return small(request, form, "Вопрос из банка", "Добавить вопрос", about)
