"""The record of runs for auditors: who, what, when, by which policy, with which verdict."""
