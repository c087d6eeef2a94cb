"""Texts that more than one stream shares."""

MESSAGE_STREAM_NOT_WRITABLE = "this stream is not writable"
MESSAGE_NO_FILE_DESCRIPTOR = "this stream is not backed by a file descriptor"
MESSAGE_CLOSED = "I/O operation on closed file"
