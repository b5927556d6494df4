// A signal's pattern: strokes [[seconds on, seconds off], …] repeated (GB: 500 Hz throughout).

export const strokes = ({ strokes: one, repeat }) => Array.from({ length: repeat }, () => one).flat();
export const seconds = (pattern) => strokes(pattern).reduce((sum, [on, off]) => sum + on + off, 0);

// [[on at, off at], …] in seconds from the start, touching strokes joined.
export function edges(pattern) {
  let at = 0;
  const spans = [];
  for (const [on, off] of strokes(pattern)) {
    const last = spans.at(-1);
    if (last && last[1] === at) last[1] = at + on;
    else spans.push([at, at + on]);
    at += on + off;
  }
  return spans;
}

export const onAt = (pattern, second) => edges(pattern).some(([on, off]) => on <= second && second < off);
