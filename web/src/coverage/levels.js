// The level map as a picture over the ground; a newer picture takes its place when it is loaded.
export function showLevels(map, { corners, overlay }) {
  map.addSource("levels", { type: "image", url: overlay, coordinates: corners });
  const below = map.getLayer("boundary-line") ? "boundary-line" : undefined;
  map.addLayer({ id: "levels", type: "raster", source: "levels", paint: { "raster-resampling": "nearest", "raster-fade-duration": 0 } }, below);
  const [lons, lats] = [0, 1].map((axis) => corners.map((corner) => corner[axis]));
  map.fitBounds([[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]], { padding: 20, duration: 0 });
  return {
    show: async (url) => {
      const picture = new Image();
      picture.src = url;
      await picture.decode();
      map.getSource("levels").updateImage({ url, coordinates: corners });
    },
  };
}
