"""The one table of addresses: each app brings its own."""

from django.urls import include, path

from gongkai.accounts.urls import sign_in_urls

urlpatterns = [
    path("", include(sign_in_urls)),
    path("accounts/", include("gongkai.accounts.urls")),
    path("organisation/", include("gongkai.organisation.urls")),
    path("calendars/", include("gongkai.calendars.urls")),
    path("files/", include("gongkai.files.urls")),
    path("outbox/", include("gongkai.outbox.urls")),
    path("audit/", include("gongkai.audit.urls")),
    path("duties/", include("gongkai.duties.urls")),
    path("approvals/", include("gongkai.approvals.urls")),
    path("notices/", include("gongkai.notices.urls")),
    path("publications/", include("gongkai.publications.urls")),
    path("coordination/", include("gongkai.coordination.urls")),
    path("wording/", include("gongkai.wording.urls")),
    path("columns/", include("gongkai.columns.urls")),
    path("normative/", include("gongkai.normative.urls")),
    path("interpretations/", include("gongkai.interpretations.urls")),
    path("programme/", include("gongkai.programme.urls")),
    path("progress/", include("gongkai.progress.urls")),
    path("records/", include("gongkai.records.urls")),
    path("sheets/", include("gongkai.sheets.urls")),
    path("standards/", include("gongkai.standards.urls")),
    path("submissions/", include("gongkai.submissions.urls")),
    path("supervision/", include("gongkai.supervision.urls")),
    path("reports/", include("gongkai.reports.urls")),
    path("richtext/", include("gongkai.richtext.urls")),
    path("ui/", include("gongkai.ui.urls")),
    path("", include("gongkai.desk.urls")),
]
handler400 = "gongkai.ui.errors.bad_request"
handler403 = "gongkai.ui.errors.forbidden"
handler404 = "gongkai.ui.errors.not_found"
handler500 = "gongkai.ui.errors.server_error"
