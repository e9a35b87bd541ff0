"""Working days with shifted days (调休) as versioned data."""
