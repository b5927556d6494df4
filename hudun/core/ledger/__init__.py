"""台账: one short class per noun gives its list, map, pages, import and export."""
