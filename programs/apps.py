from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = "Пары и программы"

    def ready(self):
        from people import bank_links, bank_load, files, hooks, my_data, reminders, verification
        from people import events as journal_words
        from programs import events, facts, group_rules, permissions
        from programs.services import agreements, kept_groups, pauses, reminding, version_checks

        files.register("group", permissions.can_read_group_file)
        bank_links.register(kept_groups.of_card)
        bank_load.register(group_rules.places_taken)
        hooks.on_consent_lost.append(pauses.pause_without_consent)
        hooks.on_person_left.append(pauses.end_with_person)
        my_data.register("groups", kept_groups.groups)
        reminders.DUTIES.append(agreements.expire_unanswered)
        reminders.register(
            "group.answer", reminding.unanswered, "предложения пары", event="group.remind"
        )
        reminders.register(
            "group.search", reminding.without_pair, "наставляемые без пары", office=True
        )
        journal_words.register(events.TITLES)
        self.register_scopes()
        self.register_papers()
        self.register_rows()
        self.register_programs()
        self.register_publications()
        facts.register()
        verification.register(version_checks.versions)

    def register_scopes(self) -> None:
        from people import api_scopes
        from programs import report_permissions as rights

        api_scopes.register("figures:read", "показатели организации", rights.can_read_reports)
        api_scopes.register("reports:read", "отчёты в силе", rights.can_read_reports)
        api_scopes.register(
            "requests:read",
            "запросы отчётов, сводки и представленные отчёты",
            rights.can_read_requests,
        )

    def register_papers(self) -> None:
        from programs.forms import papers
        from programs.services import pair_papers
        from roadmap import documents, effects, values
        from roadmap.services import digests, sending

        for code in ("pair_order", "replacement_order", "release_order", "contract_addendum"):
            documents.MODULES[code] = f"programs.documents.{code}"
            digests.WRITERS[code] = pair_papers.digest
        values.register(
            "groups",
            values.ValueKind(papers.ask_groups, pair_papers.read_groups, pair_papers.people_of),
        )
        for kind in ("group", "working_group", "any_group"):
            one = values.ValueKind(
                papers.asker(kind), pair_papers.read_group, pair_papers.people_of
            )
            values.register(kind, one)
        effects.register("pair_order", pair_papers.put_pairs_in_force)
        effects.register("replacement_order", pair_papers.replace_mentor)
        effects.register("release_order", pair_papers.release)
        sending.CHECKS["pair_order"] = pair_papers.pair_order_blockers
        sending.CHECKS["replacement_order"] = pair_papers.pair_order_blockers

    def register_rows(self) -> None:
        from programs.forms import rows
        from programs.services import (
            awards,
            learning,
            program_changes,
            row_papers,
            service_notes,
        )
        from roadmap import documents, effects, values
        from roadmap.services import digests, sending

        for code in ("extension_order", "substitution_order", "mentor_school_order", "award_order",
                     "award_submission", "contest_application", "program_template"):  # fmt: skip
            documents.MODULES[code] = f"programs.documents.{code}"
            if code != "program_template":
                digests.WRITERS[code] = row_papers.digest
        for kind, people in row_papers.PEOPLE.items():
            asked = values.ValueKind(rows.asker(kind), row_papers.reader(kind), people)
            values.register(kind, asked)
        self.register_reports()
        sections = values.ValueKind(rows.ask_sections, row_papers.read_sections)
        values.register("program_sections", sections)
        effects.register("extension_order", program_changes.extend)
        effects.register("substitution_order", service_notes.grant_release)
        effects.register("mentor_school_order", learning.open_school)
        effects.register("award_order", awards.give)
        sending.CHECKS["award_order"] = row_papers.award_blockers
        sending.CHECKS["mentor_school_order"] = row_papers.school_blockers

    def register_reports(self) -> None:
        from people import hooks
        from programs.documents import figures
        from programs.forms import rows
        from programs.services import (
            authority_reports,
            participation,
            report_figures,
            report_kinds,
            report_monitoring,
            report_requests,
        )
        from roadmap import documents, values
        from roadmap.services import (
            digests,
            paper_figures,
            paper_links,
            rendering,
            sending,
            wording,
        )

        for code in ("annual_report", "monitoring_report"):
            paper_figures.CHARTS[code] = figures.chart_of
        for code in report_kinds.REPORT_KINDS:
            paper_links.LINKS[code] = report_kinds.links_of
            documents.MODULES[code] = f"programs.documents.{code}"
            wording.AFTER[code] = report_figures.keep
        owed = values.ValueKind(rows.ask_owed, authority_reports.read)
        values.register("owed_report", owed)
        for code in ("authority_report", "statistical_return"):
            rendering.ADDRESSEES[code] = authority_reports.addressee
        sending.CHECKS["authority_report"] = authority_reports.blockers
        hooks.on_authority_changed.append(report_requests.follow_authority)
        for kind, offered in (("figures", report_figures.choices), ("figures_any", report_figures.all_choices)):  # fmt: skip
            asked = values.ValueKind(rows.figures_asker(offered), report_figures.read)
            values.register(kind, asked)
        both = rows.figures_asker(report_figures.all_choices)
        values.register("monitoring", values.ValueKind(both, report_monitoring.read))
        values.register("participation", values.ValueKind(both, participation.read))
        digests.WRITERS["monitoring_report"] = report_monitoring.digest
        digests.WRITERS["annual_report"] = report_figures.digest
        digests.WRITERS["authority_report"] = report_figures.digest
        digests.WRITERS["statistical_return"] = participation.digest

    def register_programs(self) -> None:
        from people import calendar_rows, files, my_data, reminders
        from programs import program_permissions as rights
        from programs.services import calendar, kept_programs, program_reminding

        files.register("program", rights.can_read_program_file)
        files.register("assignment", rights.can_read_assignment_file)
        files.register("practice", rights.can_read_practice_file)
        files.register("material", rights.can_read_library_file)
        files.register("training", rights.can_read_training_file)
        files.register("program_pack", rights.can_read_print_pack)
        my_data.register("programs", kept_programs.programs)
        my_data.register("program_work", kept_programs.work)
        my_data.register("recognition", kept_programs.recognition)
        my_data.register("publicity", kept_programs.publicity)
        calendar_rows.register(calendar.meetings)
        calendar_rows.register(calendar.tasks)
        reminders.DUTIES.append(program_reminding.start_running)
        reminders.register(
            "program.meeting",
            program_reminding.meetings,
            "встречи без отметки",
            event="meeting.note",
        )
        reminders.register(
            "program.plan",
            program_reminding.overdue,
            "сроки плана программы",
            event="program.overdue",
        )
        reminders.register(
            "program.stuck", program_reminding.stuck, "программы, которые стоят", office=True
        )

    def register_publications(self) -> None:
        from people import files, hooks, reminders
        from programs.publication_permissions import can_read_archive_file, can_read_section_file
        from programs.services import archives_on_sites, public_changes

        files.register("publication", can_read_section_file)
        files.register("honour", can_read_section_file)
        files.register("site_archive", can_read_archive_file)
        hooks.on_recorded.append(public_changes.follow)
        hooks.on_recorded.append(archives_on_sites.follow_journal)
        hooks.on_consent_lost.append(archives_on_sites.follow_consent)
        hooks.on_person_left.append(archives_on_sites.follow_leaving)
        reminders.register(
            "archive.replace", archives_on_sites.unreplaced, "архивы раздела на сайте", office=True
        )
