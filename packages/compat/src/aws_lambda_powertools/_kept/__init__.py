"""What is kept under an old path because it has no new one."""
