"""The keywords of JSON Schema: one entry for each, in a module per kind of keyword."""
