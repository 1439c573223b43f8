"""A person's own consents: read, sign, refuse, withdraw (phone first)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from people.forms.consents import ChoicesForm, SignForm
from people.models import Consent
from people.models.consents import ConsentKind
from people.pages import member_page
from people.prints.consents import with_everything
from people.services import consent_signing, consents


def mine(request):
    return with_everything(Consent.objects.of(request.school)).filter(
        person=request.membership.person
    )


@member_page
def my_consents(request):
    """What waits for an answer first, then what holds, then what is over."""
    rows = list(mine(request))
    context = {
        "waiting": [row for row in rows if row.state == Consent.State.ASKED],
        "given": [row for row in rows if row.state == Consent.State.GIVEN],
        "over": [row for row in rows if row.state not in (Consent.State.ASKED, Consent.State.GIVEN)],
    }  # fmt: skip
    return render(request, "people/consents/mine.html", context)


@sensitive_post_parameters("password", "code")
@member_page
def my_consent(request, pk):
    """One text on one page, one signature; nothing is ticked beforehand."""
    consent = get_object_or_404(mine(request), pk=pk)
    today = timezone.localdate()
    verdict = consent_signing.can_sign_in_portal(consent.person, consent.kind, on=today)
    bound = request.POST or None
    choices = None
    if consent.kind == ConsentKind.DISSEMINATION:
        choices = ChoicesForm(consent, bound, prefix="choice")
    form = SignForm(bound, with_code=bool(request.user.email))
    if consent.state == Consent.State.ASKED and (choices is None or choices.is_valid()):
        picked = choices.choices() if choices else ()
        if form.submitted_to(
            consent_signing.sign_own, consent, by=request.membership, on=today, choices=picked
        ):
            messages.success(request, "Подписано. Отозвать согласие можно здесь же в любое время.")
            return redirect("my_consents", request.school.slug)
    context = {"consent": consent, "form": form, "choices": choices, "may_sign": verdict}
    return render(request, "people/consents/sign.html", context)


@member_page
@require_POST
def my_consent_code(request, pk):
    consent = get_object_or_404(mine(request), pk=pk)
    try:
        consent_signing.send_code(consent, by=request.membership)
        messages.success(request, f"Код отправлен на {request.user.email}. Он действует 10 минут.")
    except RuleError as error:
        messages.error(request, error.message)
    return redirect("my_consent", request.school.slug, consent.pk)


@member_page
@require_POST
def my_consent_refuse(request, pk):
    consent = get_object_or_404(mine(request), pk=pk)
    try:
        consents.refuse(
            consent, on=timezone.localdate(), by=request.membership, method=Consent.Method.PORTAL
        )
        messages.success(request, "Отказ записан. Это ни на что больше не влияет.")
    except RuleError as error:
        messages.error(request, error.message)
    return redirect("my_consents", request.school.slug)


@member_page
def my_consent_withdraw(request, pk):
    """Says what will happen, then does it at once."""
    consent = get_object_or_404(mine(request), pk=pk)
    if request.method == "POST":
        try:
            consents.withdraw(
                consent,
                on=timezone.localdate(),
                by=request.membership,
                method=Consent.Method.PORTAL,
            )
            messages.success(request, "Согласие отозвано.")
        except RuleError as error:
            messages.error(request, error.message)
        return redirect("my_consents", request.school.slug)
    return render(request, "partials/confirm_page.html", {
        "title": f"Отозвать согласие {consent.get_kind_display()}?",
        "consequences": CONSEQUENCES[consent.kind],
        "undo": "Дать согласие снова можно в любой день: куратор пришлёт новый запрос.",
        "submit": "Отозвать согласие", "danger": True,
        "cancel_url": reverse("my_consents", args=[request.school.slug]),
    })  # fmt: skip


CONSEQUENCES = {
    ConsentKind.DATA: [
        "Вас перестанут показывать в банках и в подборе пар сегодня же.",
        "Данные, у которых нет другого законного основания, уничтожат в течение 30 дней.",
        "Приказы, изданные раньше, сохранятся: их хранят по закону.",
    ],
    ConsentKind.DISSEMINATION: [
        "Ваши имя, фотографию и остальное уберут с открытых страниц портала сегодня же.",
        "На других сайтах показ прекратят не позднее трёх рабочих дней.",
    ],
    ConsentKind.DUTY: [
        "Новые обязанности по наставничеству вам не поручат.",
        "О действующей паре решение примут куратор и руководитель.",
    ],
    ConsentKind.REPRESENTATIVE: ["Обучающегося перестанут показывать в банках и в подборе пар."],
}
