"""Fill-in sheets (填报表): tasks go out to units without accounts as a table and come back."""
