"""Building on more than one machine: a Dask cluster does what the processes of one machine do otherwise."""
