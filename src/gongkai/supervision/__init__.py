"""督办 and leaders' instructions: chasing a unit over tasks until it has answered."""
