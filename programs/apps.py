from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = "Пары и программы"

    def ready(self):
        from people import bank_load, files, hooks, my_data, reminders
        from people import events as journal_words
        from programs import events, group_rules, permissions
        from programs.services import agreements, kept_groups, pauses, reminding

        files.register("group", permissions.can_read_group_file)
        bank_load.register(group_rules.places_taken)
        hooks.on_consent_lost.append(pauses.pause_without_consent)
        hooks.on_person_left.append(pauses.end_with_person)
        my_data.register("groups", kept_groups.groups)
        reminders.DUTIES.append(agreements.expire_unanswered)
        reminders.register("group.answer", reminding.unanswered)
        reminders.register("group.search", reminding.without_pair)
        journal_words.register(events.TITLES)
        self.register_papers()

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
