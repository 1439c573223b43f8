"""Tokens of the API; included under s/<slug:school>/."""

from django.urls import path

from people.views import tokens

urlpatterns = [
    path("settings/tokens/", tokens.token_list, name="api_tokens"),
    path("settings/tokens/new/", tokens.token_new, name="api_token_new"),
    path("settings/tokens/<int:pk>/revoke/", tokens.token_revoke, name="api_token_revoke"),
]
