"""The ways, a module for each part of an integration."""
