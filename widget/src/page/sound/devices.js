import { words } from '../words.js';

/** @param {string} value @param {string} text */
function optionOf(value, text) {
  const option = document.createElement('option');
  option.value = value;
  option.textContent = text;
  return option;
}

/**
 * The visitor's choice of microphone, speaker and volume, in the places of the page. A browser that lets no page choose
 * a speaker shows no choice of one. `use` speaks into another microphone, and throws when it cannot be used.
 * @param {{ settings: HTMLElement, microphones: HTMLSelectElement, speakers: HTMLSelectElement,
 *   volume: HTMLInputElement }} places
 * @param {{ voice: HTMLAudioElement, use: (deviceId: string | undefined) => Promise<unknown> | undefined,
 *   failed: (sentence: string) => void }} does
 */
export function devicesIn({ settings, microphones, speakers, volume }, { voice, use, failed }) {
  const media = navigator.mediaDevices;
  const chosen = { microphone: '', speaker: '' };

  /** @param {HTMLSelectElement} place @param {readonly MediaDeviceInfo[]} devices @param {string} value */
  function fill(place, devices, value) {
    const named = devices.filter(({ deviceId, label }) => !['', 'default'].includes(deviceId) && label !== '');
    const options = named.map(({ deviceId, label }) => optionOf(deviceId, label));
    place.replaceChildren(optionOf('', words.usualDevice), ...options);
    place.value = named.some(({ deviceId }) => deviceId === value) ? value : '';
  }
  async function list() {
    const devices = (await media?.enumerateDevices?.().catch(() => [])) ?? [];
    const ofKind = (/** @type {MediaDeviceKind} */ kind) => devices.filter((each) => each.kind === kind);
    fill(microphones, ofKind('audioinput'), chosen.microphone);
    fill(speakers, ofKind('audiooutput'), chosen.speaker);
    const row = speakers.closest('label');
    if (row !== null) row.hidden = !('setSinkId' in voice) || speakers.options.length < 2;
  }
  /**
   * Does what a choice says, or goes back to the one before.
   * @param {'microphone' | 'speaker'} what @param {HTMLSelectElement} place
   * @param {(deviceId: string) => Promise<unknown> | undefined} act
   */
  const follow = (what, place, act) =>
    place.addEventListener('change', async () => {
      const wanted = place.value;
      try {
        await act(wanted);
        chosen[what] = wanted;
      } catch {
        place.value = chosen[what];
        failed(words.deviceFailed);
      }
    });

  // The names of devices are known once the visitor has allowed one, and devices come and go.
  settings.addEventListener('toggle', () => void list());
  media?.addEventListener?.('devicechange', () => void list());
  follow('microphone', microphones, (deviceId) => use(deviceId || undefined));
  follow('speaker', speakers, (deviceId) => /** @type {any} */ (voice).setSinkId(deviceId));
  volume.addEventListener('input', () => {
    voice.volume = Number(volume.value) / 100;
  });
  return {
    /** The microphone that the visitor chose, or `undefined` for the browser's own choice. */
    microphone: () => chosen.microphone || undefined,
  };
}
