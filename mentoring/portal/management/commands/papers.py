"""`manage.py papers`: every paper of var/demo as pages, and the checks of its layout."""

import sys
import zipfile
from pathlib import Path

from django.core.management.base import BaseCommand

from mentoring.core import paper_checks, word_checks
from mentoring.portal.demo.output import OUTPUT
from mentoring.portal.demo.prints import LISTINGS
from roadmap.kinds import KINDS


def layout_of(name: str) -> dict:
    """How the paper of a file name lies and which letters it may have: a print that is no kind of document has smaller ones."""
    if name in LISTINGS:
        return {"orientation": LISTINGS[name], "sizes": paper_checks.LISTING_SIZES}
    kind = KINDS[name.rstrip("0123456789").rstrip("-")]
    return {"orientation": "landscape" if kind.landscape else "portrait", "is_order": kind.is_order}


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
        faulty = sum(self.is_faulty_pack(path) for path in sorted(OUTPUT.glob("*/*.zip")))
        faulty += sum(self.is_faulty(path, word=not options["no_word"]) for path in files)
        sys.exit(1 if faulty else 0)

    def is_faulty(self, path: Path, *, word: bool) -> bool:
        """Print «<file> ok» or a line per fault; True when something is wrong."""
        paper_checks.render_pages(path.read_bytes(), path.parent / "png", path.stem)
        faults = paper_checks.check_pdf(path, **layout_of(path.stem))
        if word:
            faults += word_checks.check_docx(
                path.with_suffix(".docx").read_bytes(), path.read_bytes()
            )
        return self.tell(str(path.relative_to(OUTPUT)), faults)

    def is_faulty_pack(self, path: Path) -> bool:
        """The prints inside an archive, which have a layout of their own."""
        wrong = False
        with zipfile.ZipFile(path) as packed:
            for place, name in enumerate(sorted(packed.namelist()), start=1):
                if name.endswith(".pdf"):
                    data = packed.read(name)
                    paper_checks.render_pages(
                        data, path.parent / "png", f"{path.stem}-{place}-page"
                    )
                    wrong |= self.tell(f"{path.relative_to(OUTPUT)}/{name}", paper_checks.check_print(data))  # fmt: skip
        return wrong

    def tell(self, name: str, faults: list[str]) -> bool:
        for fault in faults:
            self.stdout.write(f"{name} {fault}")
        if not faults:
            self.stdout.write(f"{name} ok")
        return bool(faults)
