"""The outer walls: everything optional that meets the world outside, such as JSON, a database or a calendar."""
