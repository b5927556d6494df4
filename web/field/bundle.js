// What the server gives a phone to hold, brought into the form in which the phone keeps it.
export function readBundle(said) {
  return {
    plates: said.plates.map(readPlate),
    campaigns: said.campaigns,
    templates: said.templates,
  };
}

function readPlate(plate) {
  return { ...plate, hazards: plate.hazards ?? [], last: plate.last ?? null, systems: plate.systems ?? [] };
}
