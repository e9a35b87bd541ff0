"""The addresses of reports."""

from django.urls import URLPattern, path

from gongkai.reports.views import checks, drafts, looks, passages

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("checks/", checks.check_list, name="checks"),
    path("checks/receive/", checks.receive, name="receive"),
    path("checks/<int:pk>/", checks.check, name="check"),
    path("checks/<int:pk>/progress/", checks.progress, name="progress"),
    path("checks/<int:pk>/again/", checks.again, name="again"),
    path("findings/<int:pk>/set-aside/", checks.set_aside, name="set_aside"),
    path("findings/<int:pk>/take-up/", checks.take_up, name="take_up"),
    path("", drafts.draft_list, name="drafts"),
    path("drafts/start/", drafts.start, name="start"),
    path("drafts/<int:pk>/", drafts.draft, name="draft"),
    path("drafts/<int:pk>/head/", drafts.head, name="head"),
    path("drafts/<int:pk>/refresh/", drafts.refresh, name="refresh"),
    path("drafts/<int:pk>/issue/", drafts.issue, name="issue"),
    path("drafts/<int:pk>/abandon/", drafts.abandon, name="abandon"),
    path("drafts/<int:pk>/next/", drafts.hand_on, name="hand_on"),
    path("drafts/<int:pk>/report.docx", drafts.as_docx, name="docx"),
    path("drafts/<int:pk>/report.pdf", drafts.as_pdf, name="pdf"),
    path("passages/<int:pk>/", passages.passage, name="passage"),
    path("passages/<int:pk>/check/", passages.check, name="passage_check"),
    path("passages/<int:pk>/redraft/", passages.redraft, name="redraft"),
    path("figures/<int:pk>/", passages.figure, name="figure"),
    path("look/", looks.look, name="look"),
    path("look/<int:pk>/set/", looks.set_template, name="set_template"),
    path("look/<int:pk>/drop/", looks.drop_template, name="drop_template"),
    path("look/standard.docx", looks.standard, name="standard_look"),
]
