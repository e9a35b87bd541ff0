"""People, their posts and roles, delegation, signing in."""
