"""Figures of the monitoring report: both stages of a period with draft conclusions to edit (R-707, R-708)."""

from dataclasses import dataclass

from programs.monitoring.influence import FEW, WHO, Influence
from programs.monitoring.process import PARTS
from programs.services import monitoring, report_figures
from programs.services.monitoring import Monitoring
from programs.services.report_figures import Figures, with_sign
from programs.services.swot import lines_of
from roadmap.models import Document

OF_WHOM = {"mentee": "наставляемых", "mentor": "наставников"}


@dataclass(frozen=True)
class MonitoringFigures:
    """`figures` are those every report freezes; `found` both stages; `swot`: lines by part."""

    figures: Figures
    found: Monitoring
    swot: dict[str, list[str]]
    conclusions: list[str]


def read(document: Document, raw, name: str) -> MonitoringFigures | None:
    """Counted now; the frozen text of the paper keeps them as they were."""
    figures = report_figures.read(document, raw, name)
    if figures is None:
        return None
    found = monitoring.of_period(document.organization, figures.period)
    swot = {part: lines_of(getattr(found.swot, part)) for part in PARTS}
    return MonitoringFigures(figures, found, swot, conclusions(found))


def conclusions(found: Monitoring) -> list[str]:
    """A draft that only says what the figures say; the curator rewrites it."""
    lines = [f"{title}: {value.shown} % ({value.n} из {value.d})" for title, value in found.shares if value.d]  # fmt: skip
    for one in found.satisfaction:
        known = [scale for scale in one.scales if not scale.few]
        if len(known) > 1:
            best, worst = (pick(known, key=lambda scale: scale.value.value) for pick in (max, min))
            lines.append(f"{one.title}: выше всего оценка «{best.text}» ({best.value.shown} из {best.greatest}), ниже всего – «{worst.text}» ({worst.value.shown} из {worst.greatest})")  # fmt: skip
    return [*lines, *of_quality(found), *of_influence(found)]


def of_quality(found: Monitoring) -> list[str]:
    if found.quality is None:
        return []
    total, weakest = found.quality.total, min(found.quality.criteria, key=lambda one: one.value.value)  # fmt: skip
    lines = [f"Качество программ: {found.quality.band} ({total.n} из {total.d} баллов)"]
    if weakest.value.n < weakest.value.d:
        lines.append(f"Больше всего внимания требует критерий «{weakest.text}» ({weakest.value.n} из {weakest.value.d} баллов)")  # fmt: skip
    return lines


def of_influence(found: Monitoring) -> list[str]:
    lines = []
    for one in found.influence:
        if not one.scales:
            continue
        if not one.drawn:
            lines.append(f"О влиянии на {OF_WHOM[one.role]} {FEW}: ответили дважды {one.people}")
            continue
        lines.append(f"{WHO[one.role]}: {'; '.join(moves(one))}; ответили дважды {one.people}")
    return lines


def moves(one: Influence) -> list[str]:
    """What rose most and what fell most, of the scales that enough people answered twice."""
    best, worst = (pick(one.drawn, key=lambda scale: scale.change.value) for pick in (max, min))
    rose = f"больше всего выросла оценка «{best.title}» ({with_sign(best.change)})" if best.change.value > 0 else "ни одна оценка не выросла"  # fmt: skip
    fell = [f"больше всего снизилась «{worst.title}» ({with_sign(worst.change)})"] if worst.change.value < 0 else []  # fmt: skip
    return [rose, *fell]


def digest(document: Document) -> str:
    """One sentence for the head's list."""
    words = document.title.partition(" за ")[2]
    return f"Мониторинг за {words}: удовлетворённость, качество программ, изменения до и после." if words else ""  # fmt: skip
