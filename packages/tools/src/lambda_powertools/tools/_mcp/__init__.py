"""The server side of the Model Context Protocol, as far as tools go.

https://modelcontextprotocol.io/specification
"""
