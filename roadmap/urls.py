"""Pages of the plan, the papers and the events, under /s/<school>/."""

from roadmap import urls_documents, urls_events, urls_library, urls_plan

urlpatterns = [
    *urls_plan.urlpatterns,
    *urls_documents.urlpatterns,
    *urls_events.urlpatterns,
    *urls_library.urlpatterns,
]
