"""The archive of papers: a real background task with progress, a result and its owner."""

import io
import zipfile

from django.urls import reverse

from people.models import Job
from tests.roadmap.makers import approve, make_curator_order, send


def start(client, school):
    answer = client.post(reverse("documents_pack", args=[school.slug]))
    return client.get(answer.headers["Location"])


def test_the_archive_holds_pdf_and_word_of_papers_in_force(client_for, school, head, curator):
    approve(send(make_curator_order(curator), curator), head)
    make_curator_order(curator)
    client = client_for(curator)
    page = start(client, school).content.decode()
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == ("done", 1, 1)
    address = reverse("file", args=[school.slug, job.result_id])
    assert address in page
    content = b"".join(client.get(address).streaming_content)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names == ["01-curator_order.pdf", "01-curator_order.docx"]


def test_the_archive_is_its_authors_alone(client_for, school, head, curator, teacher, stranger):
    approve(send(make_curator_order(curator), curator), head)
    start(client_for(curator), school)
    address = reverse("file", args=[school.slug, Job.objects.get().result_id])
    assert client_for(head).get(address).status_code == 403
    assert client_for(stranger).get(address).status_code == 404


def test_a_teacher_packs_only_what_a_teacher_reads(client_for, school, head, curator, teacher):
    approve(send(make_curator_order(curator), curator), head)
    start(client_for(teacher), school)
    assert Job.objects.get().total == 0
