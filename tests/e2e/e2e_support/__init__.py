"""What the end-to-end tests stand on: environments, the daemon that receives traces, the reading of stdout."""
