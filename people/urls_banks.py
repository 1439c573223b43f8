"""Banks, their cards, catalogues; included under s/<slug:school>/."""

from django.urls import path, register_converter

from people.views import banks, catalogues, grants, notes


class BankConverter:
    """Which bank an address names."""

    regex = "mentors|mentees"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(BankConverter, "bank")
CARD = "banks/<bank:bank>/<int:pk>/"

urlpatterns = [
    path("banks/mentors/", banks.mentors, name="mentors"),
    path("banks/mentees/", banks.mentees, name="mentees"),
    path("banks/approve/", banks.bank_approve, name="bank_approve"),
    path("banks/mentors/<int:pk>/", banks.mentor, name="mentor"),
    path("banks/mentees/<int:pk>/", banks.mentee, name="mentee"),
    path("banks/<bank:bank>/new/", banks.bank_enter, name="bank_enter"),
    path(f"{CARD}edit/", banks.bank_edit, name="bank_edit"),
    path(f"{CARD}review/", banks.bank_review, name="bank_review"),
    path(f"{CARD}<slug:step>/", banks.bank_move, name="bank_move"),
    path("banks/mentor-strengths/<int:pk>/", banks.mentor_strengths, name="mentor_strengths"),
    path("banks/needs/<int:pk>/new/", banks.need_add, name="need_add"),
    path("banks/needs/<int:pk>/remove/", banks.need_remove, name="need_remove"),
    path("settings/catalogues/", catalogues.catalogue_list, name="catalogues"),
    path("settings/catalogues/<slug:catalogue>/", catalogues.catalogue, name="catalogue"),
    path(
        "settings/catalogues/<slug:catalogue>/<slug:code>/",
        catalogues.item_change,
        name="catalogue_item",
    ),
    path("people/<int:pk>/notes/", notes.person_notes, name="person_notes"),
    path("people/<int:pk>/notes/new/", notes.note_add, name="note_add"),
    path("notes/<int:pk>/", notes.note, name="note"),
    path("people/<int:pk>/case/", notes.case_open, name="case_open"),
    path("cases/<int:pk>/close/", notes.case_close, name="case_close"),
    path("cases/", notes.my_cases, name="my_cases"),
    path("grants/", grants.grant_list, name="grants"),
    path("grants/new/", grants.grant_ask, name="grant_ask"),
    path("grants/<int:pk>/", grants.grant, name="grant"),
    path("grants/<int:pk>/decide/", grants.grant_decide, name="grant_decide"),
]
