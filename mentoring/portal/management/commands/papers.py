"""`manage.py papers`: every paper of var/demo as pages, and the checks of its layout."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from mentoring.core import paper_checks, word_checks
from mentoring.portal.demo.output import OUTPUT
from roadmap.kinds import KINDS


class Command(BaseCommand):
    help = "Проверить документы var/demo (поля, кегль, номера страниц, PDF/UA, Word) и сохранить страницы PNG."

    def add_arguments(self, parser):
        parser.add_argument(
            "--no-word", action="store_true", help="не открывать .docx в LibreOffice"
        )

    def handle(self, **options):
        files = sorted(OUTPUT.glob("*/*.pdf"))
        if not files:
            self.stderr.write("Документов нет. Сначала выполните make demo.")
            sys.exit(1)
        faulty = sum(self.is_faulty(path, word=not options["no_word"]) for path in files)
        sys.exit(1 if faulty else 0)

    def is_faulty(self, path: Path, *, word: bool) -> bool:
        """Print «<file> ok» or a line per fault; True when something is wrong."""
        kind = KINDS[path.stem.rstrip("0123456789").rstrip("-")]
        paper_checks.render_pages(path.read_bytes(), path.parent / "png", path.stem)
        faults = paper_checks.check_pdf(
            path, orientation="landscape" if kind.landscape else "portrait", is_order=kind.is_order
        )
        if word:
            faults += word_checks.check_docx(
                path.with_suffix(".docx").read_bytes(), path.read_bytes()
            )
        name = path.relative_to(OUTPUT)
        for fault in faults:
            self.stdout.write(f"{name} {fault}")
        if not faults:
            self.stdout.write(f"{name} ok")
        return bool(faults)
