"""Demo monitoring: answers in the middle and at the end, an assessment of quality, strong and weak sides, the report."""

from mentoring.portal.demo.recognition import DemoRecognition
from people.models import Person, SurveyResponse
from people.services import surveys
from programs.monitoring.process import PARTS
from programs.monitoring.scope import school_year
from programs.services import monitoring, swot
from roadmap.services import drafts
from roadmap.services.year import year_of

ASKED = 7  # people of each role: enough to judge and to hide who is who
BETTER = 8.6  # mean of the scales at the end, of 10; before it is 7.5


class DemoMonitoring:
    """After the programmes: those who answered at the beginning are asked again."""

    def __init__(self, recognition: DemoRecognition):
        self.demo, self.curator = recognition.demo, recognition.curator
        self.organization, self.ago = recognition.organization, recognition.ago
        self.participants = self.demo.demo

    def build(self) -> None:
        mentees, mentors = self.people("mentee"), self.people("mentor")
        self.ask("mentee_midterm", mentees, opened=12, privacy="hidden")
        self.ask("mentee_final", mentees, opened=6, mark=BETTER)
        self.ask("mentor_final", mentors, opened=6, mark=BETTER)
        self.ask("program_quality", [self.curator.person, *mentors[:2]], opened=5)
        self.sum_up()
        self.report()

    def people(self, role: str) -> list[Person]:
        """Some of those who answered the first questionnaire."""
        rows = SurveyResponse.objects.of(self.organization).filter(submitted_at__isnull=False, survey__version__questionnaire__code=f"{role}_initial")  # fmt: skip
        return [row.person for row in rows.select_related("person").order_by("pk")[:ASKED]]

    def ask(self, code: str, people: list[Person], *, opened: int, privacy: str = "named", **look) -> None:  # fmt: skip
        survey = self.participants.run(code, people, opens_on=self.ago(opened), privacy=privacy)
        self.participants.answer(survey, people, **look)
        surveys.close_survey(survey, by=self.curator)

    def sum_up(self) -> None:
        """The first two thoughts of the answers on each part."""
        period = school_year(self.participants.day)
        offers = monitoring.of_period(self.organization, period).offers
        texts = {part: [one.text for one in offers if one.part == part][:2] for part in PARTS}
        swot.save(period, by=self.curator, **{part: "\n".join(lines) for part, lines in texts.items()})  # fmt: skip

    def report(self) -> None:
        values = {"figures": str(year_of(self.participants.day)), "author": self.curator.person_id, "plans": "Выделить в расписании час для встреч пар\nПовторить опрос в мае"}  # fmt: skip
        document = drafts.create_draft(kind="monitoring_report", day=self.ago(3), by=self.curator, values=values)  # fmt: skip
        self.demo.issue(document, on=self.ago(2), number="")
