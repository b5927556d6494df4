// Plays a signal in this computer's loudspeaker, so that a duty officer knows what each one sounds
// like. Nothing is sent to any siren.
import { edges, seconds } from "./pattern.js";

const HERTZ = 500;
const RAMP = 0.01; // a step in the gain would click
const LEVEL = 0.2;

export class Player {
  constructor(context = new AudioContext()) {
    this.context = context;
    this.playing = null;
  }

  play(pattern, onEnd = () => {}) {
    this.stop();
    const start = this.context.currentTime + 0.05;
    const gain = new GainNode(this.context, { gain: 0 });
    const tone = new OscillatorNode(this.context, { frequency: HERTZ });
    tone.connect(gain).connect(this.context.destination);
    schedule(gain.gain, pattern, start);
    tone.start(start);
    tone.stop(start + seconds(pattern));
    tone.onended = () => { if (this.playing?.tone === tone) this.finish(onEnd); };
    this.playing = { tone, start, length: seconds(pattern), onEnd };
  }

  finish(onEnd) {
    this.playing = null;
    onEnd();
  }

  stop() {
    const { tone, onEnd } = this.playing ?? {};
    this.playing = null;
    tone?.stop();
    onEnd?.();
  }

  // Seconds into the signal that is playing, or null.
  position() {
    if (!this.playing) return null;
    return Math.min(Math.max(this.context.currentTime - this.playing.start, 0), this.playing.length);
  }
}

export function schedule(gain, pattern, start) {
  for (const [on, off] of edges(pattern)) {
    gain.setValueAtTime(0, start + on);
    gain.linearRampToValueAtTime(LEVEL, start + on + RAMP);
    gain.setValueAtTime(LEVEL, start + off - RAMP);
    gain.linearRampToValueAtTime(0, start + off);
  }
}
