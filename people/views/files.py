"""Delivery of stored files: after a rights check, as a download, never run in the browser."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from people.files import can_read_file
from people.models import StoredFile
from people.pages import member_page


@member_page
def file(request, pk):
    """A neighbour's file is 404; an own one without the right is 403 with the reason."""
    stored = get_object_or_404(StoredFile.objects.of(request.school), pk=pk)
    can_read_file(request.membership, stored).require()
    try:
        content = stored.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("Файл не найден в хранилище. Сообщите администратору портала.") from error
    response = FileResponse(
        content, as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response["Content-Length"] = stored.size  # a file of a bucket does not say it by itself
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
