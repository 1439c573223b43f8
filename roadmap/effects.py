"""What a document does when it comes into force; the floor that owns the kind registers it.

`register(kind, effect)` in `AppConfig.ready()`; the effect runs in the same transaction as
`effect(document, by=membership)`.
"""

from collections.abc import Callable

Effect = Callable[..., None]
_effects: dict[str, Effect] = {}


def register(kind: str, effect: Effect) -> None:
    _effects[kind] = effect


def apply(document, *, by) -> None:
    effect = _effects.get(document.kind)
    if effect:
        effect(document, by=by)
