"""Template tags of the ui app; how things look is in templates and css."""
