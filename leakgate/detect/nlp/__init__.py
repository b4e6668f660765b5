"""Names of people and places in prose: a cheap gate first, the language model on what passes it."""
