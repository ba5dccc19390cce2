"""What the disclosure catalogue promises against what is really published here.

A row of the catalogue ticks channels; each tick is a promise. What this site and the screens, kiosks, boards and
handouts of its halls show can be checked; newspapers, villages' boards and the like cannot, and are said as such.
"""
