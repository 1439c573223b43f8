"""`manage.py inflect <case> person|post|organization "<text>"`: one form, for the curator and for scripts."""

from django.core.management.base import BaseCommand, CommandParser

from mentoring.core import grammar

KINDS = ("person", "post", "organization")
USAGE = (
    "Нужно три слова: падеж (nomn, gent, datv, accs, ablt, loct), вид (person, post, organization) "
    "и текст в кавычках."
)


class RussianParser(CommandParser):
    """Reports wrong arguments in Russian with exit code 1, as every other refusal of the command."""

    def error(self, message):
        self.exit(1, f"{USAGE}\n")


class Command(BaseCommand):
    help = "Печатает имя, должность или название организации в нужном падеже."
    requires_system_checks = []

    def create_parser(self, prog_name, subcommand, **options):
        # BaseCommand names its parser class itself; only the wording of errors differs here.
        made = super().create_parser(prog_name, subcommand, **options)
        made.__class__ = RussianParser
        return made

    def add_arguments(self, parser):
        parser.add_argument("case", help="падеж: nomn, gent, datv, accs, ablt, loct")
        parser.add_argument("kind", help="что склонять: person, post, organization")
        parser.add_argument("text", help="текст в именительном падеже, в кавычках")

    def handle(self, *args, case, kind, text, **options):
        if case not in grammar.CASES or kind not in KINDS:
            self._refuse(USAGE)
        try:
            self.stdout.write(self._inflected(kind, text, case))
        except grammar.Unsure as unsure:
            self._refuse(str(unsure))

    def _refuse(self, sentence: str):
        # Not a CommandError: Django would put that English word before the Russian sentence.
        self.stderr.write(sentence)
        raise SystemExit(1)

    def _inflected(self, kind: str, text: str, case: str) -> str:
        if kind == "person":
            return grammar.inflect_person(*grammar.person_from_text(text), "", case).text
        if kind == "post":
            return grammar.post_in_case(text, case)
        return grammar.organization_in_case(text, case)
