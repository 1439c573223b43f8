"""Demo form of statistical observation: the calendar year so far, signed by the head."""

from mentoring.portal.demo.recognition import DemoRecognition
from roadmap.services import drafts


class DemoReturns:
    """After the programmes and their meetings: there is something to count."""

    def __init__(self, recognition: DemoRecognition):
        self.demo, self.curator = recognition.demo, recognition.curator
        self.day, self.ago = recognition.demo.demo.day, recognition.ago

    def build(self) -> None:
        values = {"figures": f"y{self.day.year}", "author": self.curator.person_id}
        document = drafts.create_draft(kind="statistical_return", day=self.ago(2), by=self.curator, values=values)  # fmt: skip
        self.demo.issue(document, on=self.ago(1), number="")
