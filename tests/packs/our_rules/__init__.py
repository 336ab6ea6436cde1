"""An example of a rule pack: the rules of one house, beside those that come with lstmlint."""
