"""Steps that several stories take by clicks."""

import re

from tests.factories import PASSWORD


def approve_paper(page) -> None:
    """The head on the page of a paper that waits: «Утвердить», signed on paper, the password when it is asked for."""
    page.get_by_role("link", name="Утвердить", exact=True).click()
    prove_again(page)
    page.get_by_label(re.compile("подписан на бумаге", re.IGNORECASE)).check()
    page.get_by_role("button", name="Утвердить документ").click()
    prove_again(page)
    page.wait_for_url(re.compile(r"/(documents/\d+|approvals)/"))


def prove_again(page) -> None:
    if "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
