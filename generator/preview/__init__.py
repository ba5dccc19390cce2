"""The preview: a small server that shows a save in the open page at once, and what is wrong above the last good page.

Pages of items are rendered when they are asked for, from what was read last; all else comes from whole builds, which a
process of its own makes after some quiet moments.
"""
