"""Files into arrays: what an engine computes on. No Django.

GDAL knows two hundred formats, some of which run a pipeline or fetch an address that the file
names. Only GeoPackage, shapefile, GeoJSON, FlatGeobuf and CSV are left in, whatever a file calls
itself; rasters are opened as GeoTIFF and nothing else.
"""

import os

ALLOWED = ("CSV", "ESRI Shapefile", "FlatGeobuf", "GPKG", "GeoJSON", "MEM")
SKIPPED = (
    "ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CSW,Carto,DGN,DXF,EDIGEO,EEDA,ESRIJSON,"
    "Elasticsearch,GDALG,GML,GPSBabel,GPX,GTFS,GeoJSONSeq,GeoRSS,HTTP,Idrisi,JML,JSONFG,KML,"
    "LIBKML,LVBAG,MBTiles,MVT,MapInfo File,MapML,MiraMonVector,NGW,OAPIF,ODS,OGCAPI,OGR_GMT,"
    "OGR_PDS,OGR_VRT,OSM,OpenFileGDB,PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,PMTiles,S57,SQLite,SXF,"
    "Selafin,TopoJSON,VDV,VFK,VICAR,WAsP,WFS,XLSX"
)

os.environ.setdefault("GDAL_SKIP", SKIPPED)  # GDAL reads it once, when it is loaded
