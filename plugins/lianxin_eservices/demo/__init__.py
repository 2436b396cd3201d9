"""Demo data: the catalogue, and some hundreds of applications in every state, made through the real actions."""

from lianxin_eservices.demo.filling import fill_demo

__all__ = ["fill_demo"]
