"""The tools of the zoo, by language."""
