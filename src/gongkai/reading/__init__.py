"""From bytes to clauses, tasks, citations and figures. No tables, no web, no Django."""
