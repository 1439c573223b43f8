"""Rights on programmes and all that hangs on them (design §3a): the pair works, the curator keeps, the head reads."""

from mentoring.core.access import ALLOWED, Verdict, allow_if, deny
from people.models import Membership, Person
from people.models.accounts import Role
from people.permissions import CURATORS, HEADS, MANAGERS, has_any
from programs.models import (
    Assignment,
    Award,
    DutyRelease,
    Helper,
    MaterialReading,
    Practice,
    Program,
    Proposal,
    Referral,
)
from programs.models.programs import ProgramState

NOT_YOURS = "Эту программу видят её участники, куратор и руководитель."
SERVICE_ROLES = {
    Referral.Service.PSYCHOLOGIST: frozenset({Role.PSYCHOLOGIST}),
    Referral.Service.COUNCIL: frozenset({Role.COUNCIL}),
    Referral.Service.METHODICAL: CURATORS,
}


def is_mentor(membership: Membership, program: Program) -> bool:
    return program.group.mentor_id == membership.person_id


def is_mentee(membership: Membership, program: Program) -> bool:
    rows = program.group.members.all()
    return any(row.person_id == membership.person_id for row in rows)


def is_pair(membership: Membership, program: Program) -> bool:
    return is_mentor(membership, program) or is_mentee(membership, program)


def helps(membership: Membership, program: Program) -> bool:
    rows = program.helpers.all()
    return any(row.person_id == membership.person_id and row.state == Helper.State.ACCEPTED for row in rows)  # fmt: skip


def can_list_programs(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, MANAGERS), "Все программы видят куратор и руководитель. Свои – на странице «Моя программа».")  # fmt: skip


def can_read_attestation(membership: Membership, person: Person) -> Verdict:
    """The record of mentoring: the mentor's own, any of the school for curator and head."""
    own = person.pk == membership.person_id
    return allow_if(own or has_any(membership, MANAGERS), "Сведения о наставничестве видят сам наставник, куратор и руководитель. Свои – на странице «Мои данные».")  # fmt: skip


def can_write_attestation(membership: Membership, person: Person) -> Verdict:
    return allow_if(person.pk == membership.person_id, "Дополнение пишет сам наставник.")


def can_keep_programs(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Это делает куратор. Обратитесь к нему.")


def readable_programs(membership: Membership):
    programs = Program.objects.of(membership.organization)
    return programs if has_any(membership, MANAGERS) else programs.of_person(membership.person)


def can_read_program(membership: Membership, program: Program) -> Verdict:
    own = is_pair(membership, program) or helps(membership, program)
    return allow_if(own or has_any(membership, MANAGERS), NOT_YOURS)


def can_start_program(membership: Membership, group) -> Verdict:
    """Draft a programme of a pair: its members and the curator."""
    own = membership.person_id in {group.mentor_id, *(row.person_id for row in group.members.all())}
    return allow_if(own or has_any(membership, CURATORS), NOT_YOURS)


def can_edit_program(membership: Membership, program: Program) -> Verdict:
    """Text and plan of a draft (or of an agreed change): the pair, or the mentor alone by the second route (R-610)."""
    if not program.editable:
        return deny("Утверждённую программу меняют предложением: страница «Предложить изменение».")
    alone = program.route == Program.Route.READ and is_mentee(membership, program)
    if alone and not is_mentor(membership, program):
        return deny("Программу составляет наставник. Напишите замечание рядом с пунктом.")
    return allow_if(is_pair(membership, program) or has_any(membership, CURATORS), NOT_YOURS)


def can_work(membership: Membership, program: Program) -> Verdict:
    """Meetings, marks in the plan, comments: the pair and the curator (who enters what was on paper)."""
    if not program.is_open:
        return deny("Программа завершена. Записи остаются как были.")
    return allow_if(is_pair(membership, program) or has_any(membership, CURATORS), NOT_YOURS)


def can_comment(membership: Membership, program: Program) -> Verdict:
    return can_read_program(membership, program) if program.is_open else deny("Программа завершена.")  # fmt: skip


def can_guide(membership: Membership, program: Program) -> Verdict:
    """What the mentor alone does: tasks, helpers, notes to services, the report."""
    if not program.is_open:
        return deny("Программа завершена. Записи остаются как были.")
    return allow_if(is_mentor(membership, program), "Это делает наставник.")


def can_approve_program(membership: Membership, program: Program) -> Verdict:
    """The curator approves; the head instead if the school says so."""
    if program.state != ProgramState.AGREED:
        return deny("Утверждают согласованную программу.")
    if program.organization.head_approves_programs:
        return allow_if(has_any(membership, HEADS), "Программы утверждает руководитель.")
    return allow_if(has_any(membership, CURATORS), "Программы утверждает куратор.")


def can_read_private_notes(membership: Membership, program: Program) -> Verdict:
    return allow_if(is_pair(membership, program), "Эти записи видят только участники пары.")


def can_read_report(membership: Membership, program: Program) -> Verdict:
    """The mentor's own report; the mentee does not read it (design §3a)."""
    allowed = is_mentor(membership, program) or has_any(membership, MANAGERS)
    return allow_if(allowed, "Отчёт видят наставник, куратор и руководитель.")


def can_ask_help(membership: Membership, program: Program) -> Verdict:
    if not program.is_open:
        return deny("Программа завершена.")
    return allow_if(is_mentee(membership, program), "Вопрос наставнику задаёт наставляемый.")


def can_answer_help(membership: Membership, program: Program) -> Verdict:
    allowed = is_mentor(membership, program) or helps(membership, program)
    return allow_if(allowed, "Отвечает наставник или помощник.")


def can_read_assignment(membership: Membership, assignment: Assignment) -> Verdict:
    """In a group a task is seen by the one who got it and the mentor; curator and head read."""
    program = assignment.program
    own = assignment.person_id == membership.person_id or is_mentor(membership, program)
    return allow_if(own or has_any(membership, MANAGERS), "Задание видят тот, кому оно дано, и наставник.")  # fmt: skip


def serves(membership: Membership, referral: Referral) -> bool:
    return has_any(membership, SERVICE_ROLES[referral.service])


def can_read_referral(membership: Membership, referral: Referral) -> Verdict:
    own = referral.author_id == membership.person_id or serves(membership, referral)
    return allow_if(own or has_any(membership, CURATORS), "Обращение видят автор, служба и куратор.")  # fmt: skip


def can_answer_referral(membership: Membership, referral: Referral) -> Verdict:
    return allow_if(serves(membership, referral), "Отвечает служба, которой написали.")


def can_read_proposal(membership: Membership, proposal: Proposal) -> Verdict:
    own = proposal.author_id == membership.person_id
    return allow_if(own or has_any(membership, MANAGERS), "Предложение видят автор, руководитель и куратор.")  # fmt: skip


def can_propose(membership: Membership) -> Verdict:
    return allow_if(membership.current_roles, "Войдите под своей учётной записью.")


def can_decide_proposal(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, HEADS), "Решает руководитель.")


def can_read_release(membership: Membership, release: DutyRelease) -> Verdict:
    return can_read_program(membership, release.program)


def can_keep_awards(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Поощрения предлагает куратор. Напишите предложение руководителю.")  # fmt: skip


def can_list_awards(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, MANAGERS), "Список поощрений видят куратор и руководитель.")


def can_read_award(membership: Membership, award: Award) -> Verdict:
    """Own awards when given; the talent pool is never shown to the person (restricted)."""
    own = award.person_id == membership.person_id and award.state == Award.State.GIVEN
    shown = own and award.kind not in Award.RESTRICTED
    return allow_if(shown or has_any(membership, MANAGERS), "Поощрение видят куратор и руководитель.")  # fmt: skip


def can_keep_learning(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Обучение ведёт куратор. Обратитесь к нему.")


def can_read_learning(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, MANAGERS), "Обучение всех видят куратор и руководитель. Своё – на «Мои данные».")  # fmt: skip


def can_read_library(membership: Membership) -> Verdict:
    """Materials, contests and the collection are for everybody of the school but observers."""
    return allow_if(membership.current_roles - {Role.OBSERVER}, "Раздел открыт сотрудникам.")


def readable_practices(membership: Membership):
    """Collected ones; drafts by their authors and the curator."""
    rows = Practice.objects.of(membership.organization)
    if has_any(membership, MANAGERS):
        return rows
    own = Practice.objects.of(membership.organization).filter(author_rows__person=membership.person)
    return rows.exclude(state=Practice.State.DRAFT) | rows.filter(pk__in=own.values("pk"))


def can_read_practice(membership: Membership, practice: Practice) -> Verdict:
    found = readable_practices(membership).filter(pk=practice.pk).exists()
    return allow_if(found, "Черновик практики видят авторы, куратор и руководитель.")


def can_edit_practice(membership: Membership, practice: Practice) -> Verdict:
    if has_any(membership, CURATORS):
        return ALLOWED
    own = practice.author_rows.filter(person=membership.person_id).exists()
    draft = practice.state == Practice.State.DRAFT
    return allow_if(own and draft, "Правят авторы черновика и куратор.")


def has_read(membership: Membership, material) -> bool:
    return MaterialReading.objects.filter(material=material, person=membership.person_id).exists()


def can_read_program_file(membership: Membership, stored) -> Verdict:
    """Evidence of the plan and the paper plan: who reads the programme."""
    program = Program.objects.of(membership.organization).filter(pk=stored.owner_id)
    program = program.select_related("group").prefetch_related("group__members", "helpers").first()
    return can_read_program(membership, program) if program else deny(NOT_YOURS)


def can_read_assignment_file(membership: Membership, stored) -> Verdict:
    rows = Assignment.objects.of(membership.organization).filter(pk=stored.owner_id)
    row = rows.select_related("program__group").prefetch_related("program__group__members").first()
    return can_read_assignment(membership, row) if row else deny(NOT_YOURS)


def can_read_practice_file(membership: Membership, stored) -> Verdict:
    found = readable_practices(membership).filter(pk=stored.owner_id).exists()
    return allow_if(found, "Файл открыт тем, кто видит практику.")


def can_read_library_file(membership: Membership, stored) -> Verdict:
    return can_read_library(membership)


def can_read_training_file(membership: Membership, stored) -> Verdict:
    own = stored.owner_id == membership.person_id
    return ALLOWED if own else can_read_learning(membership)


def can_read_print_pack(membership: Membership, stored) -> Verdict:
    return allow_if(stored.owner_id == membership.pk, "Этот файл собирал другой сотрудник.")
