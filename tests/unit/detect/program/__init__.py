"""Tests of reading program text."""
