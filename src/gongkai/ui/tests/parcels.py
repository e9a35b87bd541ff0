"""A table of its own for the tests of lists, in a registry that Django's migrations never see."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps.registry import Apps
from django.db import connection, models


class Parcel(models.Model):
    """A row with what lists sort by: text, a number, a day that may be missing."""

    title = models.CharField(max_length=100)
    weight = models.IntegerField(db_index=True)
    due_on = models.DateField(null=True, db_index=True)
    shelf = models.IntegerField(default=0)
    note = models.CharField(max_length=100, default="")

    class Meta:
        apps = Apps()
        app_label = "ui_tests"
        db_table = "ui_tests_parcel"
        indexes = [models.Index(fields=["title", "shelf"], name="ui_tests_parcel_title")]

    def __str__(self) -> str:
        return self.title


@contextmanager
def table() -> Iterator[None]:
    """Make the table inside the test's transaction, by words that both databases know."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE ui_tests_parcel (id integer PRIMARY KEY, title varchar(100) NOT NULL,"
            " weight integer NOT NULL, due_on date NULL, shelf integer NOT NULL,"
            " note varchar(100) NOT NULL)"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE ui_tests_parcel")
