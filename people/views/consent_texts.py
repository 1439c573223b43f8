"""Texts of consents, addresses of resources, statements of joining the simple signature."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from mentoring.core.prints import pdf_response
from people.forms.consents import AddressForm, JoiningForm, TextForm, not_joined
from people.models import ConsentText, PublicAddress, SignatureJoining
from people.pages import member_page
from people.permissions import can_edit_consents, can_read_consents
from people.prints.joining import print_joining
from people.services import consent_signing, consent_texts
from people.services.public_addresses import add_address, archive_address


@member_page
def texts(request):
    """The newest version of each text with its state, addresses, and who has joined."""
    can_read_consents(request.membership).require()
    consent_texts.install(request.school, on=timezone.localdate())
    rows = ConsentText.objects.of(request.school).order_by("kind", "role", "-number")
    context = {
        "rows": rows,
        "addresses": PublicAddress.objects.of(request.school),
        "joinings": SignatureJoining.objects.of(request.school)
        .select_related("person", "received_by__person")
        .order_by("person__last_name", "person__first_name"),
        "can_edit": can_edit_consents(request.membership),
    }
    return render(request, "people/consents/texts.html", context)


@member_page
def text(request, pk):
    """Read and, for the curator, mend; a text in use makes a new version."""
    can_read_consents(request.membership).require()
    shown = get_object_or_404(ConsentText.objects.of(request.school), pk=pk)
    may_edit = can_edit_consents(request.membership)
    if request.method == "POST":
        may_edit.require()
    form = TextForm(shown, request.POST or None)
    if form.submitted_to(consent_texts.save_text, shown, by=request.membership):
        if form.result.published_on is None:
            messages.success(
                request, "Сохранено новой редакцией. Опубликуйте её, когда будет готова."
            )
        else:
            messages.success(request, "Сохранено.")
        return redirect("consent_text", request.school.slug, form.result.pk)
    context = {"text": shown, "form": form, "may_edit": may_edit, "used": shown.consents.count()}
    return render(request, "people/consents/text.html", context)


@member_page
@require_POST
def text_publish(request, pk):
    can_edit_consents(request.membership).require()
    shown = get_object_or_404(ConsentText.objects.of(request.school), pk=pk)
    try:
        consent_texts.publish(shown, on=timezone.localdate(), by=request.membership)
        messages.success(request, "Опубликовано. Новые запросы пойдут с этим текстом.")
    except RuleError as error:
        messages.error(request, error.message)
    return redirect("consent_texts", request.school.slug)


@member_page
def address_new(request):
    can_edit_consents(request.membership).require()
    form = AddressForm(request.POST or None)
    if form.submitted_to(add_address, by=request.membership):
        messages.success(request, "Адрес добавлен.")
        return redirect("consent_texts", request.school.slug)
    return render(request, "people/consents/small_form.html", {
        "form": form, "title": "Где показывают данные", "submit": "Добавить адрес",
        "lead": "Сайт школы, страница в сети, стенд: всё, что видят посторонние. По каждому адресу согласие дают отдельно.",
    })  # fmt: skip


@member_page
@require_POST
def address_archive(request, pk):
    can_edit_consents(request.membership).require()
    address = get_object_or_404(PublicAddress.objects.of(request.school), pk=pk)
    archive_address(address, by=request.membership)
    messages.success(request, "Адрес больше не предлагается.")
    return redirect("consent_texts", request.school.slug)


@member_page
def joining_new(request):
    can_edit_consents(request.membership).require()
    form = JoiningForm(request.school, request.POST or None, initial={"on": timezone.localdate()})
    if form.submitted_to(consent_signing.record_joining, by=request.membership):
        messages.success(request, f"Записано заявлений: {form.result}.")
        return redirect("consent_texts", request.school.slug)
    return render(request, "people/consents/small_form.html", {
        "form": form, "title": "Получены заявления о присоединении", "submit": "Записать заявления",
        "lead": "Отметьте тех, чьё подписанное на бумаге заявление вы видели. Только они смогут подписывать в портале.",
    })  # fmt: skip


@member_page
def joining_blanks(request):
    """Statements to sign by hand for everybody who has not joined yet."""
    can_edit_consents(request.membership).require()
    if not request.school.simple_signature_allowed:
        messages.error(request, "Сначала введите простую подпись локальным актом школы.")
        return redirect("consent_texts", request.school.slug)
    people = not_joined(request.school)
    if not people:
        messages.success(request, "Присоединились все: печатать нечего.")
        return redirect("consent_texts", request.school.slug)
    pdf = print_joining(request.school, people, on=timezone.localdate())
    return pdf_response(pdf, "zayavleniya")


@member_page
@require_POST
def joining_end(request, pk):
    can_edit_consents(request.membership).require()
    joining = get_object_or_404(SignatureJoining.objects.of(request.school), pk=pk)
    consent_signing.end_joining(joining, on=timezone.localdate(), by=request.membership)
    messages.success(request, "Записано. Подписывать в портале этот человек больше не сможет.")
    return redirect("consent_texts", request.school.slug)
