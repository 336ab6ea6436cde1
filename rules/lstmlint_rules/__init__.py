"""The built-in rule pack: each rule is one file, under the family it belongs to."""
