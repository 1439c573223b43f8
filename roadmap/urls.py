"""Pages of the plan and of the papers, under /s/<school>/."""

from roadmap import urls_documents, urls_plan

urlpatterns = [*urls_plan.urlpatterns, *urls_documents.urlpatterns]
