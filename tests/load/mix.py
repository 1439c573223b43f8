"""Who opens which page how often: the mix of the load `tests/load/pages.py`.

A page is opened by its address, or by a link that an earlier page (`of`) shows. `then` are the requests that the browser
makes by itself when the page has come. Weights are shares inside a role.
"""

import re
from dataclasses import dataclass

LINK = r'href="(/s/{school}/%s)"'


@dataclass(frozen=True)
class Page:
    name: str
    weight: int
    address: str = ""
    of: str = ""  # the page that holds the link
    link: str = ""
    then: tuple[str, ...] = ()

    def links(self, html: str, school: str) -> list[str]:
        return re.findall(LINK.replace("{school}", school) % self.link, html)


def page(name: str, weight: int, address: str = "") -> Page:
    return Page(name, weight, "/s/{school}/" + address)


HOME = page("home", 5)
NOTICES = page("notices", 2, "notices/")
DOCUMENTS = page("documents", 2, "documents/")
# The sheets of a paper come by themselves below its words: their number first, then the pictures in sight.
SHEETS = (r'hx-get="([^"]+/pages/)"', r'src="([^"]+\.png)"')
DOCUMENT = Page("document", 2, of="documents", link=r"documents/\d+/", then=SHEETS)
PDF = Page("document_pdf", 1, of="document", link=r"documents/\d+/\w+\.pdf")

TEACHER = (
    page("home", 7), NOTICES, DOCUMENTS,
    page("my_programs", 4, "programs/mine/"), Page("program", 2, of="my_programs", link=r"programs/\d+/"),
    page("my_groups", 3, "groups/my/"),
    page("my_surveys", 2, "surveys/my/"), Page("survey", 3, of="my_surveys", link=r"surveys/my/\d+/"),
    Page("save", 4, of="survey"),
    page("my_consents", 2, "me/consents/"), page("materials", 2, "library/materials/"), page("me", 1, "me/"),
)  # fmt: skip
CURATOR = (
    HOME, NOTICES, DOCUMENTS, DOCUMENT, PDF,
    page("people", 3, "people/"), page("people_filtered", 2, "people/?q=учитель&sort=post"), Page("person", 2, of="people", link=r"people/\d+/"),
    page("mentors", 2, "banks/mentors/"), page("mentees", 2, "banks/mentees/"),
    page("groups", 3, "groups/"), page("programs", 2, "programs/"),
    page("roadmaps", 1, "roadmap/"), Page("roadmap", 2, of="roadmaps", link=r"roadmap/\d+/"),
    page("consents", 2, "consents/"), page("surveys", 1, "surveys/"),
    page("reports", 1, "reports/"), page("indicators", 1, "reports/indicators/"),
    page("search", 2, "search/?q=наставник"),
)  # fmt: skip
HEAD = (
    HOME, NOTICES, DOCUMENTS, DOCUMENT, PDF,
    page("approvals", 3, "approvals/"), page("indicators", 2, "reports/indicators/"), page("programs", 1, "programs/"),
    page("roadmaps", 1, "roadmap/"), Page("roadmap", 1, of="roadmaps", link=r"roadmap/\d+/"), page("mentors", 1, "banks/mentors/"),
)  # fmt: skip
OBSERVER = (
    page("authority", 2), page("requests", 2, "reports/requests/"), Page("table", 4, of="requests", link=r"reports/requests/\d+/"),
)  # fmt: skip
READER = (
    Page("public", 3, "/p/{school}/"), Page("public_roadmap", 1, "/p/{school}/roadmap/"), Page("public_news", 1, "/p/{school}/news/"),
    Page("public_documents", 1, "/p/{school}/documents/"),
)  # fmt: skip
