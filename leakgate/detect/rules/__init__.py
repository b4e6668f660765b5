"""Native rules: one YAML file per family, each record with its own proof."""
