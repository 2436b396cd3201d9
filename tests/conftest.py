"""What every test of ours can ask for."""

pytest_plugins = ["lianxin.testing.plugin", "tests.strictness"]
