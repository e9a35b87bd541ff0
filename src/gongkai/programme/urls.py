"""The addresses of programmes: documents, review, board, tasks."""

from django.urls import URLPattern, path

from gongkai.programme.views import board, documents, pictures, review, tasks

app_name = "programme"
urlpatterns: list[URLPattern] = [
    path("", documents.document_list, name="documents"),
    path("receive/", documents.receive, name="receive"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/progress/", documents.progress, name="progress"),
    path("documents/<int:pk>/withdraw/", documents.withdraw, name="withdraw"),
    path("documents/<int:pk>/new-version/", documents.new_version, name="new_version"),
    path("documents/<int:pk>/changes/", documents.changes, name="changes"),
    path("documents/<int:pk>/bind/", documents.bind, name="bind"),
    path("documents/<int:pk>/send/", documents.send, name="send"),
    path("documents/<int:pk>/accept-clear/", review.accept_clear, name="accept_clear"),
    path("documents/<int:pk>/merge/", review.merge, name="merge"),
    path("names/<int:pk>/settle/", review.settle_name, name="settle_name"),
    path("names/<int:pk>/create-unit/", review.create_unit, name="create_unit"),
    path("proposals/<int:pk>/", review.proposal, name="proposal"),
    path("proposals/<int:pk>/accept/", review.accept, name="accept"),
    path("proposals/<int:pk>/inherit/", review.inherit, name="inherit"),
    path("proposals/<int:pk>/drop/", review.drop, name="drop"),
    path("proposals/<int:pk>/restore/", review.restore, name="restore"),
    path("proposals/<int:pk>/split/", review.split, name="split"),
    path("board/", board.board, name="board"),
    path("board/year/", pictures.year, name="year"),
    path("tasks/", tasks.task_list, name="tasks"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/evidence/", tasks.add_evidence, name="add_evidence"),
    path("tasks/<int:pk>/done/", tasks.report_done, name="report_done"),
    path("tasks/<int:pk>/trigger/", tasks.record_trigger, name="record_trigger"),
    path("tasks/<int:pk>/superior-date/", tasks.set_superior_date, name="set_superior_date"),
]
