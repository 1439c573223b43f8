"""One hostile request: what went wrong, if anything."""

import traceback
from dataclasses import dataclass, field

from tests.fuzz import values

FORM = "application/x-www-form-urlencoded"


@dataclass
class Trial:
    """Counts inputs and keeps one example of each fault, by the place in the code where it broke."""

    world: object
    inputs: int = 0
    errors: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)

    def send(self, role: str, method: str, path: str, *, told: str = "", **kwargs) -> None:
        self.inputs += 1
        try:
            answer = self.world.visit(role, method, path, **kwargs)
        except Exception as error:  # a fault outside the handler: the database refused to go on
            self.note(error, f"{role} {method} {path} {told}")
            return
        self.seen[answer.status_code] = self.seen.get(answer.status_code, 0) + 1
        if answer.status_code >= 500 or b"Traceback (most recent" in answer.body:
            info = getattr(answer, "exc_info", None)
            self.note(info and info[1], f"{role} {method} {path} {told}")

    def submit(self, form, pairs: list[tuple[str, str]]) -> None:
        """A form of a page, filled in as `pairs` say."""
        told = ascii(pairs)[:600]
        if form.method == "GET":
            path = f"{form.path}?{values.encoded(pairs).decode()}"
            self.send(form.role, "GET", path, told=told)
        else:
            self.send(form.role, "POST", form.path, told=told, data=values.encoded(pairs), content_type=FORM)  # fmt: skip

    def note(self, error: BaseException | None, example: str) -> None:
        self.errors += 1
        where = "no exception"
        if error is not None:
            ours = [frame for frame in traceback.extract_tb(error.__traceback__) if ".venv" not in frame.filename]  # fmt: skip
            last = ours[-1] if ours else traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} in {last.filename}:{last.lineno}"
            example = f"{ascii(str(error))[:160]} {example}"
        self.faults.setdefault(where, example)
