"""Reading rules of stored files: each purpose names who may open its files.

The floor that stores files of a purpose registers the rule in `AppConfig.ready()`.
"""

from collections.abc import Callable

from mentoring.core.access import Verdict, deny
from people.models import Membership, StoredFile

ReadRule = Callable[[Membership, StoredFile], Verdict]
_rules: dict[str, ReadRule] = {}


def register(purpose: str, rule: ReadRule) -> None:
    _rules[purpose] = rule


def can_read_file(membership: Membership, stored: StoredFile) -> Verdict:
    """A purpose without a rule is closed to everybody."""
    rule = _rules.get(stored.purpose)
    return rule(membership, stored) if rule else deny("Этот файл закрыт. Обратитесь к куратору.")
