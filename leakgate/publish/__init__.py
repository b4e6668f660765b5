"""Delivers a finished report to where people talk about a change; the only stage that uses a network."""
