"""«Доступ для программ»: tokens of the API."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people import api_scopes
from people.form_pages import act, form_view, url
from people.forms.tokens import TokenForm
from people.models import ApiToken
from people.pages import member_page
from people.permissions import can_keep_tokens
from people.services import api_tokens

PAGE = 50


@member_page
def token_list(request):
    can_keep_tokens(request.membership).require()
    return list_page(request)


def list_page(request, secret: str = ""):
    """All tokens of the organization; `secret`: the one just given out, which is kept nowhere."""
    rows = ApiToken.objects.of(request.school).select_related("created_by__organization", "created_by__person", "created_by__user")  # fmt: skip
    page = Paginator(rows.prefetch_related("created_by__grants"), PAGE).get_page(request.GET.get("page"))  # fmt: skip
    today = timezone.localdate()
    for token in page:
        token.state, token.open = state_of(token, today), token.open_on(today)
        token.reads = api_scopes.titles(token.scopes)
    context = {
        "page": page, "secret": secret, "address": f"{settings.PUBLIC_URL}/api/v1/",
    }  # fmt: skip
    return render(request, "people/tokens/list.html", context)


def state_of(token: ApiToken, day) -> tuple[str, str, str]:
    """Colour, sign and words of the pill."""
    if token.revoked_at:
        return "none", "✕", f"отозван {timezone.localdate(token.revoked_at):%d.%m.%Y}"
    if day > token.expires_on:
        return "none", "–", "истёк"
    if not api_tokens.author_still_may(token, day):
        return "late", "!", "не действует"
    return "done", "✓", "действует"


@member_page
@never_cache
def token_new(request):
    """The answer to the filled form shows the secret this once."""
    can_keep_tokens(request.membership).require()
    today = timezone.localdate()
    form = TokenForm(request.POST or None, by=request.membership, today=today)
    if form.submitted_to(api_tokens.issue, on=today, by=request.membership):
        return list_page(request, secret=form.result)
    crumbs = [("Организация", url(request, "settings")), ("Доступ для программ", url(request, "api_tokens"))]  # fmt: skip
    return form_view(request, form, title="Выдать токен", back=url(request, "api_tokens"), submit="Выдать токен", crumbs=crumbs)  # fmt: skip


@member_page
@require_POST
def token_revoke(request, pk):
    can_keep_tokens(request.membership).require()
    token = get_object_or_404(ApiToken.objects.of(request.school), pk=pk)
    done = f"Токен «{token.name}» отозван: программа с ним больше ничего не прочитает."
    return act(request, url(request, "api_tokens"), api_tokens.revoke, token, by=request.membership, done=done)  # fmt: skip
