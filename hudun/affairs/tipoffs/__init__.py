"""群众反映: what a passer-by says of a thing with a plate; nothing follows until the office has
looked at it."""
