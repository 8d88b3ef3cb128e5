"""SCH: one rule for each thing that a JSON Schema keyword can find wrong."""
