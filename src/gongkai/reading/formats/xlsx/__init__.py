""".xlsx → text and blocks: the visible sheets as grids, each cell as it is displayed."""

from gongkai.reading.formats.xlsx.workbook import read_xlsx

__all__ = ["read_xlsx"]
