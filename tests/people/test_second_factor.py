"""Second factor by role: asked from those whose role needs it, free for all others."""

from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def test_role_without_a_code_generator_is_sent_to_set_it_up(
    school, head, teacher, client_for, settings
):
    settings.MFA_REQUIRED_ROLES = ["head"]
    url = reverse("me", args=[school.slug])
    client = client_for(head)
    assert client.get(url).url == reverse("mfa_activate_totp")
    assert client.get(reverse("account_logout")).status_code == 200
    assert client_for(teacher).get(url).status_code == 200
    Authenticator.objects.create(user=head.user, type=Authenticator.Type.TOTP, data={})
    assert client.get(url).status_code == 200


def test_nothing_is_asked_and_no_query_made_while_the_setting_is_empty(
    school, head, client_for, settings
):
    url = reverse("me", args=[school.slug])

    def queries_of(client):
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    empty = queries_of(client_for(head))
    settings.MFA_REQUIRED_ROLES = ["curator"]
    assert queries_of(client_for(head)) == empty + 1
    assert queries_of(Client()) == 0
