// Where the phone is, if it knows: underground it does not, and nobody waits for it.
export function whereAmI(patience = 8_000) {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    const found = ({ coords }) => resolve({
      lon: round(coords.longitude), lat: round(coords.latitude), accuracy_m: Math.round(coords.accuracy),
    });
    navigator.geolocation.getCurrentPosition(found, () => resolve(null), {
      enableHighAccuracy: true, timeout: patience, maximumAge: 120_000,
    });
  });
}

const round = (degrees) => Math.round(degrees * 1e6) / 1e6;
