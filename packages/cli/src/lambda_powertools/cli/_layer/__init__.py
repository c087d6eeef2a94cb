"""How a layer is made: what is installed, for which machine, and how it is packed."""
