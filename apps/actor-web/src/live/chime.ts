import { kept } from '@anw/web-ui';

const KEY = 'anw-geluid';

/** Whether she wants to hear a new visit; kept on this device, and off until she asks for it. */
export function wantsSound(): boolean {
  return kept('localStorage').read(KEY) === 'aan';
}

export function chooseSound(wanted: boolean): void {
  if (wanted) kept('localStorage').keep(KEY, 'aan');
  else kept('localStorage').forget(KEY);
}

let audio: AudioContext | undefined;

/** Browsers let a page make sound after a touch only: any touch makes it ready, so that the chime comes when it is needed. */
export function readySound(): void {
  if (!wantsSound()) return;
  audio ??= new AudioContext();
  if (audio.state === 'suspended') void audio.resume().catch(() => undefined);
}

/** Two soft tones, made here: somebody may be asleep next door. */
export function chime(): void {
  if (!wantsSound()) return;
  readySound();
  if (audio === undefined) return;
  tone(audio, 659.25, 0);
  tone(audio, 880, 0.18);
}

const PEAK = 0.12;

function tone(context: AudioContext, frequency: number, delaySeconds: number): void {
  const from = context.currentTime + delaySeconds;
  const oscillator = new OscillatorNode(context, { type: 'sine', frequency });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(PEAK, from + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.6);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(from + 0.65);
}
