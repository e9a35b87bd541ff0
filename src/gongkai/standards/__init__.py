"""Standard catalogues (标准目录): imported, assigned to units, covered; good practice shared."""
