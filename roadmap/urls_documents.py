"""Pages of the papers, under /s/<school>/."""

from django.urls import path

from roadmap.views import (
    attachments,
    decisions,
    documents,
    drafting,
    own_papers,
    paper_files,
    previews,
    readings,
    signatures,
)

urlpatterns = [
    path("documents/", documents.documents, name="documents"),
    path("documents/pack/", paper_files.documents_pack, name="documents_pack"),
    path("documents/new/", drafting.document_new, name="document_new"),
    path("documents/from-word/", own_papers.paper_from_word, name="paper_from_word"),
    path("documents/signed/", own_papers.paper_signed, name="paper_signed"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/history/", documents.document_history, name="document_history"),
    path("documents/<int:pk>/readers/", readings.document_readers, name="document_readers"),
    path("documents/<int:pk>/edit/", drafting.document_edit, name="document_edit"),
    path("documents/<int:pk>/values/", drafting.document_values, name="document_values"),
    path("documents/<int:pk>/rebuild/", drafting.document_rebuild, name="document_rebuild"),
    path("documents/<int:pk>/amend/", drafting.document_amend, name="document_amend"),
    path("documents/<int:pk>/stamps/new/", attachments.stamp_add, name="stamp_add"),
    path("documents/<int:pk>/bases/new/", attachments.basis_add, name="basis_add"),
    path("documents/<int:pk>/annexes/new/", attachments.annex_add, name="annex_add"),
    path("documents/stamps/<int:pk>/remove/", attachments.stamp_remove, name="stamp_remove"),
    path("documents/bases/<int:pk>/remove/", attachments.basis_remove, name="basis_remove"),
    path("documents/annexes/<int:pk>/remove/", attachments.annex_remove, name="annex_remove"),
    path("documents/<int:pk>/pages/", previews.document_pages, name="document_pages"),
    path("documents/<int:pk>/pages/<int:number>.png", previews.document_page, name="document_page"),
    path(
        "documents/<int:pk>/public.pdf", paper_files.document_public_pdf, name="document_public_pdf"
    ),
    path("documents/<int:pk>/<slug:code>.pdf", paper_files.document_pdf, name="document_pdf"),
    path("documents/<int:pk>/<slug:code>.docx", paper_files.document_docx, name="document_docx"),
    path("documents/<int:pk>/send/", decisions.document_send, name="document_send"),
    path("documents/<int:pk>/recall/", decisions.document_recall, name="document_recall"),
    path("documents/<int:pk>/approve/", decisions.document_approve, name="document_approve"),
    path("documents/<int:pk>/return/", decisions.document_return, name="document_return"),
    path(
        "documents/<int:pk>/body-decision/",
        decisions.document_body_decision,
        name="document_body_decision",
    ),
    path("documents/<int:pk>/sign/", signatures.document_sign, name="document_sign"),
    path("documents/<int:pk>/number/", signatures.document_number, name="document_number"),
    path("documents/<int:pk>/cancel/", signatures.document_cancel, name="document_cancel"),
    path("documents/<int:pk>/circulate/", readings.circulation_new, name="circulation_new"),
    path(
        "documents/<int:pk>/acknowledgements/new/",
        readings.acknowledgement_ask,
        name="acknowledgement_ask",
    ),
    path(
        "documents/<int:pk>/acknowledgements/paper/",
        readings.acknowledgement_paper,
        name="acknowledgement_paper",
    ),
    path("documents/<int:pk>/acknowledge/", readings.acknowledge, name="acknowledge"),
    path("documents/readings/<int:pk>/", readings.circulation, name="circulation"),
    path("documents/readings/<int:pk>/read/", readings.circulation_read, name="circulation_read"),
    path("documents/remarks/<int:pk>/answer/", readings.remark_answer, name="remark_answer"),
    path("approvals/", decisions.approvals, name="approvals"),
    path("approvals/many/", decisions.approvals_many, name="approvals_many"),
    path("glossary/", readings.glossary, name="glossary"),
]
