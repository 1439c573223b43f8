from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    name = "roadmap"
    verbose_name = "Дорожная карта и документы"

    def ready(self):
        from people import events as journal_words
        from people import files, hooks
        from roadmap import document_permissions, effects, events
        from roadmap.services import appointments, departures

        files.register("document", document_permissions.can_read_document_file)
        files.register("public_document", document_permissions.can_read_document_file)
        files.register("pack", document_permissions.can_read_pack)
        files.register("scan", document_permissions.can_read_scan)
        effects.register("curator_order", appointments.appoint)
        hooks.on_person_left.append(departures.forget_responsibilities)
        journal_words.register(events.TITLES)
