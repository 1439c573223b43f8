"""Pairs and matching; included under s/<slug:school>/."""

from django.urls import include, path

from programs.views import groups, matching, my_groups

ONE, MINE = "groups/<int:pk>/", "groups/my/<int:pk>/"

RUN, CHOICE = "matching/<int:pk>/", "matching/choices/<int:pk>/"

urlpatterns = [
    path("", include("programs.urls_programs")),
    path("", include("programs.urls_recognition")),
    path("", include("programs.urls_publications")),
    path("", include("programs.urls_reports")),
    path("matching/", matching.matching, name="matching"),
    path("matching/preferences/", matching.preferences, name="preferences"),
    path("matching/preferences/<int:pk>/ask/", matching.preferences_ask, name="preferences_ask"),
    path("matching/bans/<int:pk>/remove/", matching.ban_remove, name="ban_remove"),
    path(RUN, matching.run, name="matching_run"),
    path(f"{RUN}matrix/", matching.matrix, name="matching_matrix"),
    path(f"{RUN}again/", matching.run_again, name="matching_again"),
    path(f"{RUN}compare/<int:other>/", matching.run_compare, name="matching_compare"),
    path(f"{RUN}send/", matching.run_send, name="matching_send"),
    path(CHOICE, matching.choice, name="matching_choice"),
    path(f"{CHOICE}lock/", matching.choice_lock, name="matching_lock"),
    path(f"{CHOICE}release/", matching.choice_release, name="matching_release"),
    path(f"{CHOICE}forbid/", matching.choice_forbid, name="matching_forbid"),
    path("groups/", groups.group_list, name="groups"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/order/", groups.pair_order_new, name="pair_order_new"),
    path("groups/existing/", groups.group_existing, name="group_existing"),
    path("groups/waiting/", groups.waiting, name="waiting"),
    path("groups/my/", my_groups.my_groups, name="my_groups"),
    path(MINE, my_groups.my_group, name="my_group"),
    path(f"{MINE}answer/", my_groups.my_group_answer, name="my_group_answer"),
    path(f"{MINE}statement.pdf", my_groups.my_group_statement, name="my_group_statement"),
    path(f"{MINE}request/", my_groups.my_group_request, name="my_group_request"),
    path(ONE, groups.group, name="group"),
    path(f"{ONE}edit/", groups.group_edit, name="group_edit"),
    path(f"{ONE}replace/", groups.group_replace, name="group_replace"),
    path(f"{ONE}withdraw/", groups.group_withdraw, name="group_withdraw"),
    path(f"{ONE}request/", my_groups.request_new, name="request_new"),
    path("groups/answers/<int:pk>/paper/", groups.agreement_paper, name="agreement_paper"),
    path("groups/requests/<int:pk>/decide/", my_groups.request_decide, name="request_decide"),
    path("groups/requests/<int:pk>/withdraw/", my_groups.request_withdraw, name="request_withdraw"),
]
