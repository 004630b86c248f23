"""The API of leisure groups: what there is, to be read by anybody. Children are enrolled on the pages alone."""
