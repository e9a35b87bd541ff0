"""Pages of documents, their review, the board and the tasks: read the request, call, show."""
