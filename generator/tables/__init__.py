"""Tables that editors keep: the whole content as a workbook and back, and the tables that offices already have."""
