// Two short tones of this computer, never those of a signal, when something must not be overlooked.
let context = null;

// A browser lets a page sound only after somebody has touched it.
addEventListener("pointerdown", () => { context ??= new AudioContext(); }, { once: true });

export function warn() {
  if (!context) return;
  [880, 660, 880, 660].forEach((frequency, i) => {
    const at = context.currentTime + i * 0.25;
    const tone = new OscillatorNode(context, { frequency, type: "triangle" });
    const gain = new GainNode(context, { gain: 0.3 });
    tone.connect(gain).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.18);
  });
}
