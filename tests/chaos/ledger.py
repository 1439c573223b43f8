"""The reckoning: what the portal confirmed against what its database, its folder and the mail server hold."""

import contextlib
import hashlib
import io
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management import call_command
from django.db.models import Count, Q

from people.models import Answer, Consent, Job, JournalEntry, Letter, Notice, StoredFile
from people.services import surveys
from roadmap.models import Approval, Document, DocumentFile, SignatureRecord
from tests.chaos.office import Curator, Head
from tests.chaos.person import Person
from tests.chaos.teachers import Answering, Consenting

IN_FORCE = [Document.State.IN_FORCE, Document.State.REPLACED]
DECISIONS = {
    "given": "consent.given", "refused": "consent.refused", "withdrawn": "consent.withdrawn", "expired": "consent.replaced",
}  # fmt: skip


@dataclass
class Ledger:
    """`lost` and `doubled`: a sentence for each fault; `counted`: how many of each were looked at."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    counted: Counter = field(default_factory=Counter)

    def need(self, good: bool, fault: str) -> None:
        if not good:
            self.lost.append(fault)

    def once(self, number: int, fault: str, *, times: int = 1) -> None:
        """Exactly so many times: fewer is lost, more is doubled."""
        if number < times:
            self.lost.append(f"{fault}: {number} из {times}")
        if number > times:
            self.doubled.append(f"{fault}: {number} вместо {times}")


def reckon(people: list[Person], letters: Path) -> Ledger:
    ledger = Ledger()
    for person in people:
        if isinstance(person, Answering):
            check_answers(ledger, person)
        elif isinstance(person, Consenting):
            check_consents(ledger, person)
        elif isinstance(person, Head):
            check_approvals(ledger, person)
        elif isinstance(person, Curator):
            check_office(ledger, person)
    check_papers(ledger)
    check_files(ledger)
    check_letters(ledger, letters)
    verify(ledger)
    return ledger


def verify(ledger: Ledger) -> None:
    """The portal's own check of journal, files, approvals and consents: each of its faults is a loss."""
    call_command("seal", stdout=io.StringIO())
    told = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("verify", stdout=told)
    *lines, last = told.getvalue().splitlines()
    ledger.lost += [f"verify: {line}" for line in lines if not line.startswith("заметка")]
    ledger.counted["строк журнала опечатано"] = JournalEntry.objects.exclude(seal=None).count()
    ledger.need(last.startswith("Проверено: "), f"verify: {last}")


def lines_of(event: str, pk: int) -> int:
    return JournalEntry.objects.filter(event=event, object_id=pk).count()


def check_answers(ledger: Ledger, person: Answering) -> None:
    participant = surveys.find_by_link(person.token)
    rows = Answer.objects.filter(response__participant=participant)
    held = dict(rows.values_list("question", "value"))
    for code, value in person.kept.items():
        ledger.counted["ответ"] += 1
        ledger.need(held.get(code) == value, f"ответ {code} анкеты {participant.pk}: {held.get(code)!r}, а не {value!r}")  # fmt: skip
    ledger.counted["анкета отправлена"] += person.sent
    lines = lines_of("survey.answered", participant.response.pk)
    ledger.once(lines, f"отправка анкеты {participant.pk}", times=person.sent)


def check_consents(ledger: Ledger, person: Consenting) -> None:
    rows = Consent.objects.in_bulk(list(person.states))
    for pk, state in person.states.items():
        ledger.counted["согласие"] += 1
        found = rows[pk].state if pk in rows else "нет"
        ledger.need(found == state, f"согласие {pk}: {found}, а не {state}")
        ledger.once(lines_of(DECISIONS[state], pk), f"строка журнала {DECISIONS[state]} {pk}")


def check_approvals(ledger: Ledger, person: Head) -> None:
    for pk, number in person.approved.items():
        ledger.counted["утверждение"] += 1
        paper = Document.objects.get(pk=pk)
        ledger.need(paper.state in IN_FORCE, f"документ {pk} утверждён, а в базе {paper.state}")
        ledger.need(paper.number == number, f"документ {pk}: номер {paper.number!r}, а не {number!r}")  # fmt: skip


def check_office(ledger: Ledger, person: Curator) -> None:
    for pk in person.sent:
        ledger.counted["документ отправлен"] += 1
        ledger.once(lines_of("document.sent", pk), f"отправка документа {pk}")
    for pk, title in person.surveys.items():
        ledger.counted["анкетирование начато"] += 1
        told = Notice.objects.filter(key=f"survey-asked-{pk}")
        asked = surveys.Survey.objects.get(pk=pk).participants.count()
        ledger.once(told.count(), f"уведомления «{title}»", times=asked)
    for pk in person.jobs:
        ledger.counted["архив"] += 1
        job = Job.objects.get(pk=pk)
        ended = job.state == Job.State.DONE or (job.state == Job.State.FAILED and job.error)
        ledger.need(bool(ended), f"задание {pk} осталось в состоянии {job.state}")
        ledger.need(job.state != Job.State.DONE or job.result_id, f"задание {pk} без файла")
    packs = StoredFile.objects.filter(organization__slug=person.slug, purpose="pack").count()
    done = Job.objects.filter(organization__slug=person.slug, result__purpose="pack").count()
    ledger.once(packs, f"файлы архивов {person.slug}", times=done)


def check_papers(ledger: Ledger) -> None:
    """Whoever approved them: one decision, one record, its files, its lines; one paper for one number."""
    files = DocumentFile.objects.values("document", "rendition").annotate(number=Count("pk"))
    renditions = {(row["document"], row["rendition"]): row["number"] for row in files.order_by()}
    for paper in Document.objects.filter(state__in=IN_FORCE):
        pk = paper.pk
        approvals = Approval.objects.filter(step__document=pk, decision=Approval.Decision.APPROVE)
        ledger.once(approvals.count(), f"утверждения документа {pk}")
        ledger.once(SignatureRecord.objects.filter(document=pk).count(), f"подписи документа {pk}")
        # One when it is approved, one when it is in force: with the date of the signature.
        ledger.once(renditions.get((pk, "official"), 0), f"файлы документа {pk}", times=2)
        public = int(paper.kind_info.publishable)
        ledger.once(renditions.get((pk, "public"), 0), f"файлы для сайта документа {pk}", times=public)  # fmt: skip
        ledger.once(lines_of("document.in_force", pk), f"строка «вступил в силу» {pk}")
        said = lines_of("document.approved", pk) + lines_of("document.self_approved", pk)
        ledger.once(said, f"строка «утверждён» {pk}")
    # A person who did not see the first one begins another; it harms nobody and is told apart.
    ledger.counted["черновики, оставшиеся лишними"] = Document.objects.filter(state="draft").count()
    taken = Document.objects.exclude(number="").values("organization", "register", "number_period", "number")  # fmt: skip
    for row in taken.annotate(number_of=Count("pk")).order_by():
        ledger.counted["номер"] += 1
        ledger.once(row["number_of"], f"номер {row['number']} в журнале {row['register']}")
    living = Q(replaced_by__state=Document.State.IN_FORCE)
    for paper in Document.objects.filter(state=Document.State.IN_FORCE).filter(living):
        ledger.doubled.append(f"документ {paper.pk} и его новая редакция действуют вместе")
    heirs = Document.objects.filter(state__in=IN_FORCE, replaces__isnull=False).values("replaces")
    for row in heirs.annotate(number=Count("pk")).order_by():
        ledger.once(row["number"], f"действовавшие новые редакции документа {row['replaces']}")


def check_files(ledger: Ledger) -> None:
    for stored in StoredFile.objects.all():
        ledger.counted["файл"] += 1
        try:
            with stored.file.open("rb") as kept:
                digest = hashlib.sha256(kept.read()).hexdigest()
        except OSError:
            digest = ""
        ledger.need(digest == stored.sha256, f"файл {stored.pk} ({stored.purpose}) пропал или испорчен")  # fmt: skip
    hashes = DocumentFile.objects.exclude(file_hash="").select_related("stored")
    for row in hashes:
        ledger.need(row.file_hash == row.stored.sha256, f"хеш файла документа {row.document_id}")


def check_letters(ledger: Ledger, path: Path) -> None:
    """Each letter of the outbox reached the mail server; a second copy has the same Message-ID."""
    received = defaultdict(Counter)
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        row = json.loads(line)
        (address,) = row["to"]
        received[address, row["subject"]][row["id"]] += 1
    for letter in Letter.objects.exclude(state__in=[Letter.State.HELD, Letter.State.DROPPED]):
        ledger.counted["письмо"] += 1
        copies = received.pop((letter.address, letter.subject), Counter())
        ledger.once(len(copies), f"письмо {letter.pk} «{letter.subject}» ({letter.state})")
        ledger.counted["копии писем с тем же Message-ID"] += sum(copies.values()) - len(copies)
        ledger.need(letter.state == Letter.State.SENT, f"письмо {letter.pk} осталось в состоянии {letter.state}: {letter.error}")  # fmt: skip
    for address, subject in received:
        ledger.doubled.append(f"письмо без строки: {address} «{subject}»")
