// What the server gives a phone to hold (hudun-bundle/1), brought into the form in which the phone keeps it.
export function readBundle({ campaigns, plates, templates }) {
  return {
    campaigns: campaigns.map(({ plates: tasks, ...campaign }) => ({ ...campaign, codes: tasks.map(({ code }) => code), version: campaign.version ?? newest(templates, campaign.template) })),
    plates: Object.values(plates).map((plate) => ({ ...plate, ...standing(campaigns, plate.code) })),
    templates,
  };
}

// In which campaigns the plate is to be visited, and in which it has been.
function standing(campaigns, code) {
  const tasks = campaigns.flatMap(({ id, plates }) => plates.filter((task) => task.code === code).map((task) => ({ ...task, id })));
  return { campaigns: tasks.map(({ id }) => id), done: tasks.filter(({ done }) => done).map(({ id }) => id) };
}

const newest = (templates, slug) =>
  Math.max(0, ...templates.filter((one) => one.slug === slug).map(({ version }) => version));
