"""Fill-in workbooks for units without accounts."""
