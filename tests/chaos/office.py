"""The curator (orders, new editions, questionnaires, letters, archives) and the head (approvals with numbers)."""

from tests.chaos.browser import Page
from tests.chaos.person import Person, World
from tests.chaos.teachers import number_of

DAYS = {"starts_on": "2026-11-01", "roadmap_due": "2026-12-15", "report_due": "2027-05-25"}
QUEUE = 3  # papers that wait for the head at once


class Curator(Person):
    """`sent`, `surveys`, `jobs`: what the portal confirmed; `people`: whom consents are asked of."""

    def __init__(self, world: World, number: int, slug: str, login: str, people: list[int]):
        super().__init__(world, number, slug, login)
        self.people, self.made = people, 0
        self.sent: list[int] = []
        self.surveys: dict[int, str] = {}
        self.jobs: list[int] = []
        self.released = 0

    def act(self) -> None:
        acts = {self.order: 5, self.new_edition: 2, self.ask: 2, self.survey: 2, self.release: 3, self.pack: 1}  # fmt: skip
        (act,) = self.chance.choices(list(acts), list(acts.values()))
        act()

    def documents(self, query: str = "") -> Page:
        return self.browser.get(self.path(f"documents/{query}"))

    def papers(self, query: str = "") -> set[int]:
        """Ids of the newest papers in the list."""
        start = self.path("documents/")
        links = self.documents(query).links(start)
        return {number_of(link) for link in links if link.removeprefix(start).strip("/").isdecimal()}  # fmt: skip

    def order(self) -> None:
        if len(self.papers("?state=review")) < QUEUE:
            self.draft_and_send(self.new_order)

    def new_edition(self) -> None:
        """Of a paper in force; the portal says no where one is being prepared already."""
        in_force = sorted(self.papers("?state=in_force"))
        if in_force and len(self.papers("?state=review")) < QUEUE:
            paper = self.chance.choice(in_force)
            self.draft_and_send(lambda: self.amend(paper))

    def draft_and_send(self, make) -> None:
        """`make` gives the page that follows; where it is lost, the newest paper of the list is it."""
        known, found = self.papers(), []

        def act() -> bool:
            page = make()
            if page.path.endswith("/new/") or page.path.endswith("/amend/"):
                return False
            found.append(page.number())
            return True

        def happened() -> bool:
            found.extend(sorted(self.papers() - known))
            return bool(found)

        if self.surely("черновик", act, happened):
            self.send(found[-1])

    def new_order(self) -> Page:
        page = self.browser.get(self.path("documents/new/?kind=curator_order"))
        return self.browser.submit(page, page.form(field="starts_on"), curators=[self.people[0]], **DAYS)  # fmt: skip

    def amend(self, paper: int) -> Page:
        page = self.browser.get(self.path(f"documents/{paper}/amend/"))
        return self.browser.submit(page, page.form(field="day"))

    def send(self, paper: int) -> None:
        address = self.path(f"documents/{paper}/")

        def act() -> bool:
            page = self.browser.get(address)
            if "/send/" not in page.text:
                return False
            done = self.browser.submit(page, page.form(action=f"{address}send/"))
            return "/send/" not in done.text

        def happened() -> bool:
            page = self.browser.get(address)
            return page.status == 200 and "/send/" not in page.text

        if self.surely("документ отправлен", act, happened):
            self.sent.append(paper)

    def ask(self) -> None:
        page = self.browser.get(self.path("consents/ask/"))
        self.browser.submit(page, page.form(field="kind"), kind="data", people=self.people)

    def survey(self) -> None:
        """A run for everybody: more than ten letters, which then wait for a look."""
        self.made += 1
        title, found = f"Опрос {self.slug} {self.made}", []

        def act() -> bool:
            page = self.browser.get(self.path("surveys/new/"))
            done = self.browser.submit(page, page.form(field="opens_on"), title=title, everybody="on")  # fmt: skip
            found.append(done.number())
            return True

        def happened() -> bool:
            rows = self.browser.get(self.path("surveys/")).tree.xpath("//a")
            found.extend(number_of(row.get("href")) for row in rows if row.text_content() == title)
            return bool(found)

        if self.surely("анкетирование подготовлено", act, happened):
            self.open_survey(found[-1], title)

    def open_survey(self, pk: int, title: str) -> None:
        address = self.path(f"surveys/{pk}/")

        def act() -> bool:
            page = self.browser.get(address)
            if f"{address}open/" not in page.text:
                return False
            done = self.browser.submit(page, page.form(action=f"{address}open/"))
            return f"{address}open/" not in done.text

        def happened() -> bool:
            return f"{address}open/" not in self.browser.get(address).text

        if self.surely("анкетирование начато", act, happened):
            self.surveys[pk] = title

    def release(self) -> None:
        """Look at the letters that wait and let them leave."""
        batches = self.browser.get(self.path("letters/")).links("?batch=")
        if not batches:
            return

        def act() -> bool:
            page = self.browser.get(batches[0])
            if page.status == 404:
                return False
            return "Письма отправляются." in self.browser.submit(page, page.form(field="batch"), send="1").text  # fmt: skip

        def happened() -> bool:
            return batches[0] not in self.browser.get(self.path("letters/")).links("?batch=")

        self.released += self.surely("рассылка отправлена", act, happened)

    def pack(self) -> None:
        page = self.documents()
        done = self.browser.submit(page, page.form(action=self.path("documents/pack/")))
        self.jobs.append(done.number())
        self.world.confirmed["архив заказан"] += 1


class Head(Person):
    """Two devices of one head: `approved` is what this one was told, number by paper."""

    def __init__(self, world: World, number: int, slug: str, login: str):
        super().__init__(world, number, slug, login)
        self.approved: dict[int, str] = {}

    def act(self) -> None:
        links = self.browser.get(self.path("approvals/")).links("/approve/")
        if not links:
            return
        link = self.chance.choice(links)
        typed: list[str] = []
        if self.surely("документ утверждён", lambda: self.approve(link, typed), lambda: self.stands(link, typed)):  # fmt: skip
            self.approved[number_of(link)] = typed[-1]

    def approve(self, link: str, typed: list[str]) -> bool:
        """With the number that the portal proposes; the other device may take it first."""
        page = self.browser.get(link)
        if not page.path.endswith("/approve/"):
            return False
        form = page.form(field="edition")
        typed.append(form.fields["number"])
        done = self.browser.submit(page, form, signed_on_paper="on")
        return done.path == self.path("approvals/")

    def stands(self, link: str, typed: list[str]) -> bool:
        """Is the paper in force with one of the numbers typed here?"""
        text = self.browser.get(link.removesuffix("approve/")).text
        found = [number for number in typed if f"№ {number}<" in text or f"№ {number}." in text]
        typed.extend(found)
        return bool(found) and "/approve/" not in text
