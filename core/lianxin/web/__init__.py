"""From a request to a page: routing, forms, rendering, errors, middleware, live streams."""
