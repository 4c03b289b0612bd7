"""What we hold true: dated, cited YAML by topic, one closed schema, one loader."""
