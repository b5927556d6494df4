"""What has to be done by when, and what is late without anybody looking."""
