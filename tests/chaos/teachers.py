"""Teachers: answers by a personal link, decisions on consents."""

from tests.chaos.person import Person, World
from tests.factories import PASSWORD

CODES = ("request_text", "mentor_traits", "expected", "most_valuable")


class Answering(Person):
    """Fills in a questionnaire by its link; `kept` is what the portal said it saved, by code."""

    def __init__(self, world: World, number: int, slug: str, token: str):
        super().__init__(world, number, slug)
        self.token, self.kept, self.sent, self.turns = token, {}, 0, 0

    def act(self) -> None:
        if self.turns % 12 == 11:
            self.surely("анкета отправлена", self.send, self.is_sent)
            self.sent += 1
            self.surely("анкета взята обратно", self.reopen, lambda: not self.is_sent())
        else:
            code, value = self.chance.choice(CODES), f"ответ {self.turns} {self.token[:6]}"
            if self.surely("ответ", lambda: self.save(code, value), lambda: self.shows(code, value)):  # fmt: skip
                self.kept[code] = value
        self.turns += 1

    def page(self):
        """The form with its fields; sent answers are taken back first."""
        page = self.browser.get(f"/q/{self.token}/")
        if page.path.endswith("/done/"):
            page = self.take_back(page)
        return page.form(field="rev-request_text")

    def save(self, code: str, value: str) -> bool:
        fields = self.page().fields
        status, _ = self.browser.save(
            f"/q/{self.token}/save/", fields["csrfmiddlewaretoken"],
            code=code, value=value, revision=int(fields[f"rev-{code}"] or 0),
        )  # fmt: skip
        return status == 200

    def shows(self, code: str, value: str) -> bool:
        return self.page().fields[f"q-{code}"] == value

    def send(self) -> bool:
        page = self.browser.get(f"/q/{self.token}/check/")
        form = page.form(action=f"/q/{self.token}/check/")
        return self.browser.submit(page, form, send="1").path.endswith("/done/")

    def is_sent(self) -> bool:
        return self.browser.get(f"/q/{self.token}/").path.endswith("/done/")

    def reopen(self) -> bool:
        page = self.browser.get(f"/q/{self.token}/done/")
        return self.take_back(page).path == f"/q/{self.token}/"

    def take_back(self, page):
        return self.browser.submit(page, page.form(action=f"/q/{self.token}/change/"))


class Consenting(Person):
    """Gives, refuses and withdraws consents; `states` is what the portal said of each, by its id."""

    def __init__(self, world: World, number: int, slug: str, login: str):
        super().__init__(world, number, slug, login)
        self.states: dict[int, str] = {}

    def act(self) -> None:
        waiting, given = self.mine()
        if waiting and self.chance.random() < 0.8:
            self.decide(waiting[0], "given", "согласие дано", self.sign)
        elif waiting:
            self.decide(waiting[0], "refused", "отказ в согласии", self.refuse)
        elif given:
            self.decide(given[0], "withdrawn", "согласие отозвано", self.withdraw)

    def decide(self, pk: int, state: str, what: str, service) -> None:
        if not self.surely(what, lambda: service(pk), lambda: self.state(pk) == state):
            return
        if state == "given":  # a new one takes the place of the older of its kind
            self.states |= {
                older: "expired" for older, kept in self.states.items() if kept == state
            }
        self.states[pk] = state

    def mine(self) -> tuple[list[int], list[int]]:
        """Ids of those that wait for a decision, of those that hold."""
        page = self.browser.get(self.path("me/consents/"))
        links = page.links("/me/consents/")
        given = [number_of(link) for link in links if link.endswith("/withdraw/")]
        waiting = [number_of(link) for link in links if link.count("/") == 6]
        return waiting, given

    def state(self, pk: int) -> str:
        """What the page of one's own consents tells: of those that are over, the pill beside."""
        waiting, given = self.mine()
        if pk in waiting:
            return "asked"
        if pk in given:
            return "given"
        text = self.browser.get(self.path(f"consents/{pk}/")).text
        return "withdrawn" if "тозвано" in text else "refused"

    def sign(self, pk: int) -> bool:
        page = self.browser.get(self.path(f"me/consents/{pk}/"))
        if "Подписать согласие" not in page.text:
            return False
        done = self.browser.submit(page, page.form(field="password"), password=PASSWORD)
        return done.path == self.path("me/consents/")

    def refuse(self, pk: int) -> bool:
        page = self.browser.get(self.path(f"me/consents/{pk}/"))
        if "Подписать согласие" not in page.text:
            return False
        done = self.browser.submit(page, page.form(action=self.path(f"me/consents/{pk}/refuse/")))
        return "Отказ записан" in done.text

    def withdraw(self, pk: int) -> bool:
        page = self.browser.get(self.path(f"me/consents/{pk}/withdraw/"))
        return "Согласие отозвано." in self.browser.submit(page, page.form()).text


def number_of(link: str) -> int:
    return next(int(part) for part in link.split("/") if part.isdecimal())
