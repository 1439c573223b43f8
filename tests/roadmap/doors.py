"""Helpers of tests that enter by HTTP: addresses, a client that has just given the password, text of a PDF."""

import subprocess

from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD


def url(name: str, row, *args) -> str:
    """Address of a page about a row of a school."""
    return reverse(name, args=[row.organization.slug, row.pk, *args])


def trusted(client: Client) -> Client:
    """The client after re-authentication, as the head must be before approving."""
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.status_code == 302
    return client


def body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def pdf_text(answer) -> str:
    """Words of a PDF answer, spaces squeezed."""
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def errors_of(answer) -> list[str]:
    """Sentences of the form of a page, field by field."""
    assert answer.status_code == 200
    return [text for texts in answer.context["form"].errors.values() for text in texts]
