"""What was asked and what leaked."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """`urls`: addresses asked, without their queries; `leaks`: one line each, by door, printed at once if `aloud`."""

    urls: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    requests: Counter = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    aloud: bool = False

    def asked(self, door: str, role: str, path: str) -> None:
        self.requests[door] += 1
        self.roles.add(role)
        self.urls.add(path.split("?")[0])

    def leak(self, door: str, words: str) -> None:
        self.leaks.append(f"{door}: {words}")
        if self.aloud:
            print(f"    {door}: {words}", flush=True)
