"""Norms, partners, postings and tasks of orders; included under s/<slug:school>/."""

from django.urls import path

from roadmap.views import event_files, library, order_tasks, partners

urlpatterns = [
    path("library/norms/", library.norms, name="norms"),
    path("library/norms/new/", library.norm_new, name="norm_new"),
    path("library/norms/<int:pk>/", library.norm, name="norm"),
    path("library/norms/<int:pk>/edit/", library.norm_edit, name="norm_edit"),
    path("library/norms/<int:pk>/studied/", library.norm_studied, name="norm_studied"),
    path("partners/", partners.partners, name="partners"),
    path("partners/new/", partners.partner_new, name="partner_new"),
    path("partners/<int:pk>/", partners.partner, name="partner"),
    path("partners/<int:pk>/edit/", partners.partner_edit, name="partner_edit"),
    path("partners/<int:pk>/contact/", partners.contact_new, name="contact_new"),
    path("contacts/<int:pk>/done/", partners.contact_done, name="contact_done"),
    path("postings/", partners.postings, name="postings"),
    path("postings/new/", partners.posting_new, name="posting_new"),
    path("postings/<int:pk>/", partners.posting_edit, name="posting_edit"),
    path("postings/<int:pk>/remove/", partners.posting_remove, name="posting_remove"),
    path("order-tasks/", order_tasks.tasks, name="order_tasks"),
    path("documents/<int:pk>/tasks/new/", order_tasks.order_task_new, name="order_task_new"),
    path("order-tasks/<int:pk>/done/", order_tasks.order_task_done, name="order_task_done"),
    path("order-tasks/<int:pk>/remove/", order_tasks.order_task_remove, name="order_task_remove"),
    path("events/<int:pk>/files/new/", event_files.event_file_new, name="event_file_new"),
    path("event-files/<int:pk>/people/", event_files.photo_people, name="photo_people"),
    path("event-files/<int:pk>/remove/", event_files.event_file_remove, name="event_file_remove"),
]
