"""The public section: its blocks, who may be shown where, what stands in it on a day.

`gate.py` decides on persons, `blocks.py` names the blocks; pages, frames, feeds and archives are all made of the same content.
"""
