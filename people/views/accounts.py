"""Roles, invitations and the own card."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.mail import send_mail
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from mentoring.core.errors import RuleError
from people.forms.access import CardPasswordForm
from people.forms.accounts import AcceptForm, EndRoleForm, JoinForm, RoleForm
from people.models import Invitation, Membership, Person, RoleGrant
from people.pages import member_page
from people.permissions import can_invite
from people.services.access_cards import accept_card, sign_in_name
from people.services.accounts import (
    accept_invitation,
    end_role,
    find_invitation,
    invite,
    join_invitation,
    set_role,
)


@member_page
def person_role_add(request, pk):
    can_invite(request.membership).require()
    person = get_object_or_404(Person.objects.of(request.school), pk=pk)
    form = RoleForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.submitted_to(set_role, person, by=request.membership):
        messages.success(
            request, f"{person.short_name}: роль «{form.result.get_role_display()}» записана."
        )
        return redirect("person", request.school.slug, person.pk)
    return render(request, "people/accounts/role.html", {"form": form, "person": person})


@member_page
def role_end(request, pk):
    can_invite(request.membership).require()
    grants = RoleGrant.objects.of(request.school).select_related(
        "membership__person", "organization"
    )
    grant = get_object_or_404(grants, pk=pk)
    person = grant.membership.person
    form = EndRoleForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.submitted_to(end_role, grant, by=request.membership):
        messages.success(request, f"{person.short_name}: роль закончена.")
        return redirect("person", request.school.slug, person.pk)
    return render(request, "partials/confirm_page.html", {
        "title": f"Закончить роль «{grant.get_role_display()}»?",
        "consequences": [
            f"{person.full_name} потеряет права этой роли со следующего дня.",
            "Всё, что уже сделано, останется.",
        ],
        "undo": "Роль можно дать снова на карточке.",
        "submit": "Закончить роль", "form": form, "danger": True,
        "cancel_url": reverse("person", args=[request.school.slug, person.pk]),
    })  # fmt: skip


@member_page
@never_cache
def invite_create(request, pk):
    """Make the link and show it once; with `token` in the POST mail the link just shown."""
    can_invite(request.membership).require()
    memberships = Membership.objects.of(request.school).select_related("person")
    membership = get_object_or_404(memberships, person_id=pk)
    context = {"person": membership.person, "days": settings.INVITATION_DAYS}
    if request.method == "POST" and request.POST.get("token"):
        return mail_link(request, membership, request.POST["token"])
    if request.method == "POST":
        try:
            context["token"] = invite(membership, by=request.membership)
            context["link"] = link_of(context["token"])
        except RuleError as error:
            context["error"] = error.message
    context["open"] = find_open(membership)
    return render(request, "people/accounts/invite.html", context)


def find_open(membership: Membership):
    usable = membership.invitations.filter(used_at=None, expires_at__gt=timezone.now())
    return usable.first()


def link_of(token: str) -> str:
    return settings.PUBLIC_URL + reverse("invitation", args=[token])


def mail_link(request, membership: Membership, token: str):
    """Send the link to the address of the card; a failed mail says what to do instead."""
    invitation = find_invitation(token)
    person = membership.person
    if invitation is None or invitation.membership_id != membership.pk or not person.email:
        messages.error(request, "Письмо не отправлено: ссылка уже не действует. Создайте новую.")
        return redirect("invite_create", request.school.slug, person.pk)
    text = render_to_string("people/accounts/invitation_mail.txt", {
        "person": person, "school": request.school, "link": link_of(token), "until": invitation.expires_at,
    })  # fmt: skip
    try:
        send_mail(
            f"Вход в портал наставничества: {request.school.short_name}", text, None, [person.email]
        )
    except OSError:  # SMTPException is an OSError too
        messages.error(request, "Почта сейчас не работает. Скопируйте ссылку и передайте её сами.")
        return redirect("invite_create", request.school.slug, person.pk)
    messages.success(request, f"Письмо со ссылкой отправлено на {person.email}.")
    return redirect("person", request.school.slug, person.pk)


@sensitive_post_parameters("password")
@never_cache
def invitation(request, token):
    """Entrance by the link. Reading it changes nothing: mail scanners open links."""
    found = find_invitation(token)
    if found is None:
        return render(request, "people/accounts/invitation_gone.html", status=410)
    if found.kind == Invitation.Kind.CARD:
        return card_page(request, found)
    if request.user.is_authenticated:
        form, service = (
            JoinForm(request.POST if request.method == "POST" else None),
            join_invitation,
        )
        accepted = form.submitted_to(service, found, user=request.user)
    else:
        form = AcceptForm(request.POST or None, initial={"email": found.membership.person.email})
        accepted = form.submitted_to(accept_invitation, found)
    home = reverse("home", args=[found.organization.slug])
    if accepted:
        messages.success(request, "Вход создан. Это ваша главная страница.")
        if request.user.is_authenticated:
            return redirect(home)
        return perform_login(request, form.result, email_verification="none", redirect_url=home)
    context = {"form": form, "invitation": found, "person": found.membership.person}
    return render(request, "people/accounts/invitation.html", context)


def card_page(request, found: Invitation):
    """A printed card: one field, the password; then in."""
    member = found.membership
    form = CardPasswordForm(request.POST or None)
    if form.submitted_to(accept_card, found):
        messages.success(request, "Пароль задан. Это ваша главная страница.")
        home = reverse("home", args=[found.organization.slug])
        if request.user.is_authenticated:
            logout(request)
        return perform_login(request, form.result, email_verification="none", redirect_url=home)
    context = {
        "form": form,
        "invitation": found,
        "person": member.person,
        "login": sign_in_name(member),
    }
    return render(request, "people/accounts/card.html", context)
