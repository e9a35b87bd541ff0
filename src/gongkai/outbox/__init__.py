"""What happened and still has consequences: the rows, the worker, the tickers."""
