"""What several folders of tests need to talk to a local server."""
