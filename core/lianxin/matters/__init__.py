"""The matter, its flow, steps, clocks and tasks."""
