"""«Входы в портал»: who can sign in, printing cards for many, sending links by mail."""

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from mentoring.core.exports import xlsx_response
from mentoring.core.prints import pdf_response
from mentoring.core.row_numbers import row_numbers
from mentoring.core.search import words_query
from people.forms.access import AccessFilter
from people.models import Invitation, Membership, Person
from people.pages import member_page
from people.permissions import can_invite
from people.prints.access_cards import link_of, print_cards
from people.services import access_cards, accounts, sessions

PAGE = 100
SORTS = [("name", "по алфавиту"), ("number", "по номеру")]


def members_of(request):
    """Everybody who is with the school today and may have an account."""
    today = timezone.localdate()
    people = Person.objects.of(request.school).active_on(today)
    if not request.school.pupils_have_accounts:
        people = people.exclude(kind=Person.Kind.PUPIL)
    usable = Invitation.objects.filter(
        membership=OuterRef("pk"), used_at=None, expires_at__gt=timezone.now()
    )
    rows = Membership.objects.of(request.school).filter(person__in=people)
    return rows.annotate(sent=Exists(usable)).select_related("person", "user", "organization")


@member_page
def access(request):
    can_invite(request.membership).require()
    filters = AccessFilter(request.GET)
    rows = members_of(request).filter(
        words_query(request.GET.get("q", ""), ("person__last_name", "person__first_name", "person__job_title"))
    )  # fmt: skip
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = {
        "none": rows.filter(user=None, sent=False), "sent": rows.filter(user=None, sent=True),
        "has": rows.filter(user__isnull=False),
    }.get(chosen.get("state"), rows)  # fmt: skip
    if chosen.get("mail"):
        rows = rows.filter(person__email="").filter(Q(user=None) | Q(user__email=""))
    order = ("number",) if request.GET.get("sort") == "number" else ()
    rows = rows.order_by(*order, "person__last_name", "person__first_name", "pk")
    if request.GET.get("export") == "xlsx":
        table = ([one.person.full_name, one.person.job_title, access_cards.sign_in_name(one), "есть" if one.user_id else "нет"] for one in rows)  # fmt: skip
        return xlsx_response("Входы", ["Фамилия, имя, отчество", "Должность", "Имя для входа", "Вход"], table)  # fmt: skip
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "filters": filters, "sorts": SORTS,
        "narrowed": any(request.GET.get(name) for name in ("q", "state", "mail")),
        "days": settings.ACCESS_CARD_DAYS,
    }  # fmt: skip
    for member in context["page"]:
        member.login = access_cards.sign_in_name(member)
    return render(request, "people/access/list.html", context)


def ticked(request) -> list[Membership]:
    ids = row_numbers(request.POST.getlist("member"))
    return list(members_of(request).filter(pk__in=ids))


@member_page
@require_POST
def access_cards_print(request):
    """Printing is issuing: older cards of these people stop working."""
    can_invite(request.membership).require()
    members = ticked(request)
    try:
        tokens = access_cards.issue_cards(members, by=request.membership) if members else {}
    except RuleError as error:
        messages.error(request, error.message)
        tokens = {}
    if not tokens:
        messages.error(request, "Отметьте, кому напечатать карточки.")
        return redirect("access", request.school.slug)
    return pdf_response(print_cards(members, tokens), "карточки доступа")


@member_page
@require_POST
def access_letters(request):
    """A link by mail to each ticked person who has an address and no account."""
    can_invite(request.membership).require()
    sent, without = 0, 0
    for member in ticked(request):
        if member.user_id or not member.person.email:
            without += 1
            continue
        try:
            token = accounts.invite(member, by=request.membership)
            mail(member, token)
        except (RuleError, OSError):  # SMTPException is an OSError too
            without += 1
            continue
        sent += 1
    messages.success(request, f"Отправлено писем: {sent}. Без письма осталось: {without}.")
    return redirect("access", request.school.slug)


def mail(member: Membership, token: str) -> None:
    found = accounts.find_invitation(token)
    text = render_to_string(
        "people/accounts/invitation_mail.txt",
        {"person": member.person, "school": member.organization, "link": link_of(token), "until": found.expires_at},
    )  # fmt: skip
    subject = f"Вход в портал наставничества: {member.organization.short_name}"
    send_mail(subject, text, None, [member.person.email])


@member_page
def sessions_end(request, pk):
    """A lost phone, a forgotten sign-in: the person is signed out everywhere."""
    can_invite(request.membership).require()
    members = Membership.objects.of(request.school).select_related("person", "user")
    member = get_object_or_404(members, person_id=pk)
    card = reverse("person", args=[request.school.slug, pk])
    if request.method == "POST":
        try:
            number = sessions.end_all(member, by=request.membership)
        except RuleError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"{member.person.short_name}: завершено сеансов – {number}.")
        return redirect(card)
    return render(request, "partials/confirm_page.html", {
        "title": "Завершить все сеансы?",
        "consequences": [
            f"{member.person.full_name} выйдет из портала на всех компьютерах и телефонах сразу.",
            "Несохранённое в открытых страницах может пропасть.",
        ],
        "undo": "Войти снова можно с прежним паролем. Если его мог узнать чужой, выдайте карточку доступа: по ней задают новый.",
        "submit": "Завершить все сеансы", "danger": True, "cancel_url": card,
    })  # fmt: skip
