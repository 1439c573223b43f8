"""Is a row about somebody the portal knows? By name and birth year, or by name and post (issue: duplicates)."""

from dataclasses import dataclass

from people.imports.names import name_key

NAME_ONLY = "Совпали только фамилия, имя и отчество. Проверьте, что это один человек."


@dataclass(frozen=True, slots=True)
class Match:
    """`person`: values of the known card or None; `doubt` asks a human, `error` stops the row."""

    person: dict | None = None
    doubt: str = ""
    error: str = ""


STRANGER = Match()


class People:
    """Known cards (dicts with id and fields) by surname and name."""

    def __init__(self, cards: list[dict]):
        self._by_name: dict[str, list[dict]] = {}
        for card in cards:
            key = name_key(card["last_name"], card["first_name"])
            self._by_name.setdefault(key, []).append(card)

    def match(self, values: dict, *, namesake: bool = False) -> Match:
        """The known card for the values of a row; `namesake`: the user says it is somebody else."""
        found = self._by_name.get(name_key(values["last_name"], values["first_name"]))
        if not found:
            return STRANGER
        found = _of_patronymic(found, values.get("patronymic", ""))
        return _choose(found, values, namesake) if found else STRANGER


def _of_patronymic(cards: list[dict], patronymic: str) -> list[dict]:
    """Cards with the same patronymic, else those where one side does not know it."""
    key = name_key(patronymic)
    same = [card for card in cards if name_key(card["patronymic"]) == key]
    return same or [card for card in cards if not key or not card["patronymic"]]


def _choose(found: list[dict], values: dict, namesake: bool) -> Match:
    year, post = values.get("birth_year"), name_key(values.get("job_title", ""))
    of_year = [card for card in found if year and card["birth_year"] == year]
    if len(of_year) == 1:
        return Match(of_year[0])
    of_post = [card for card in of_year or found if post and name_key(card["job_title"]) == post]
    agreeing = [card for card in of_post if of_year or not (year and card["birth_year"])]
    if len(agreeing) == 1:
        return Match(agreeing[0])
    if len(of_year) > 1 or len(agreeing) > 1:
        return Match(error="В портале несколько таких карточек. Оставьте одну и загрузите снова.")
    if of_post:
        other = of_post[0]["birth_year"]
        return Match(
            error=f"В портале есть человек с этим именем и должностью, но {other} года рождения. "
            "Исправьте год в списке или в карточке."
        )
    open_cards = [card for card in found if not (year and card["birth_year"])]
    if namesake or not open_cards:
        return STRANGER
    if len(open_cards) > 1:
        return Match(
            error="В портале несколько человек с этим именем. Добавьте в список год рождения."
        )
    return Match(open_cards[0], doubt=NAME_ONLY)


class Repeats:
    """Persons already met in the same list."""

    def __init__(self):
        self._met: dict[str, list[tuple[int, int | None]]] = {}
        self._cards: dict[int, int] = {}

    def check(self, row: int, values: dict, person: dict | None) -> str:
        """A sentence if an earlier row is about the same person; else the row is remembered."""
        key = name_key(values["last_name"], values["first_name"], values.get("patronymic", ""))
        year = values.get("birth_year")
        earlier = self._cards.get(person["id"]) if person else None
        for other_row, other_year in self._met.get(key, ()):
            if not (year and other_year and year != other_year):
                earlier = earlier or other_row
        if earlier:
            return (
                f"Повторяет строку {earlier}. Если это другой человек, проверьте год рождения; "
                "если вторая должность, оставьте одну строку."
            )
        self._met.setdefault(key, []).append((row, year))
        if person:
            self._cards[person["id"]] = row
        return ""
