"""From the year’s document to tasks on the board."""
