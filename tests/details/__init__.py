"""Tests of the stages that say what sentences mention."""
