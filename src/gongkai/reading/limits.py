"""How much one document may weigh, each with its reason; decides nothing."""

MAX_BYTES = 50 * 1024 * 1024
"""The largest real work plan with pictures seen was under 10 MB; more is a scan or a mistake."""

MAX_CHARACTERS = 5_000_000
"""A thousand times a long work plan; the whole reading of it still fits in 1 GB of memory."""

MAX_UNPACKED_BYTES = 400 * 1024 * 1024
"""All parts of an office file together, pictures too; more has never been a document."""

MAX_PART_BYTES = 64 * 1024 * 1024
"""One XML part of an office file; ten times a long plan repeated a hundred times. Parts are
read as streams, but one table of .docx is held whole: this keeps it under some 600 MB."""

MAX_SIDE_PART_BYTES = 24 * 1024 * 1024
"""Parts that are held in memory whole: styles, numbering, notes, relations, shared strings."""

MAX_RATIO = 400
"""Unpacked size over packed size of a part above ``RATIO_FROM_BYTES``: a plan repeated a
hundred times packs 60 times, nothing but a bomb reaches this at that size."""

RATIO_FROM_BYTES = 16 * 1024 * 1024
"""Below this a high ratio does no harm."""

MAX_ENTRIES = 20_000
"""Parts in an office file; one with a thousand pictures has about two thousand."""

MAX_CELLS = 300_000
"""Cells of all tables of one document, empty ones in the used range too."""

MAX_COLUMNS = 256
"""A table that is wider is data, not a plan; keeps one stray cell in column XFD harmless."""

MAX_PAGES = 1_500
"""Pages of a .pdf; read at some ten pages a second, so that a reader waits minutes at most."""

PDF_MEMORY_BYTES = 1536 * 1024 * 1024
"""Address space of the process that unpacks a .pdf: its streams can hide any size."""

PDF_CPU_SECONDS = 900
"""Processor time of that process, against files made to run for ever."""

PDF_OPEN_SECONDS = 10
"""Processor time for a look at whether a .pdf opens, while somebody waits for the upload."""

MAX_REGISTER_ROWS = 50_000
"""Rows of an office's register: a county office publishes a few thousand pieces a year."""

MAX_REGISTER_CELLS = 1_000_000
"""Cells of a register that hold something: so many rows of twenty columns. They are kept as bare
texts, not as blocks, and take about 0.4 GB."""
