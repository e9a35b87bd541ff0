"""Components, base page, lists and refusals on screen; knows no field of work."""
