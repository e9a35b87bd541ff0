"""Commands of the app; each calls actions or queries."""
