""".xlsx → text and blocks: the visible sheets as grids, each cell as it is displayed."""

from gongkai.reading.formats.xlsx.sheet import Sheet
from gongkai.reading.formats.xlsx.workbook import read_cells, read_xlsx

__all__ = ["Sheet", "read_cells", "read_xlsx"]
