"""Tongchuang 同窗: one YAML source for the open-government site and the service hall's windows."""

__version__ = "0.1.0"
