"""What other systems get and send: shapes of the API, beside the pages’ own."""
