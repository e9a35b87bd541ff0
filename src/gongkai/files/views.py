"""The one way by which a file leaves: through the gate, streamed, never shown inside a page."""

from __future__ import annotations

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from gongkai.accounts.api import user_of
from gongkai.audit import api as audit
from gongkai.files import queries, storage
from gongkai.files.states import Kind

_TYPES = {
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPG: "image/jpeg",
}
_HEADERS = {
    # Should a browser show it after all, it is nobody's page and may do nothing.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",
}


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Stream a file to who may see it; for all others it does not exist.

    Raises ``Refused`` (``files.store_down``), before a look at it is recorded.
    """
    user = user_of(request)
    file = queries.visible_file(user, pk)
    if file is None:
        raise Http404
    etag = f'"{file.sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers={**_HEADERS, "ETag": etag})
    stream = storage.open_accepted(file.key)
    if queries.is_personal(file):
        audit.looked(file, actor=user, fields=["file"], why="下载", unit=file.unit)
    return FileResponse(
        stream,
        as_attachment=True,
        filename=file.name,
        content_type=_TYPES.get(Kind(file.kind), "application/octet-stream"),
        headers={**_HEADERS, "ETag": etag},
    )
