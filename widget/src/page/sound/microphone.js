import { Refusal } from '../api.js';
import { words } from '../words.js';

/** Why there is no microphone, by the code of `vox:error`, and the sentence that the visitor reads. */
const sentences = /** @type {const} */ ({
  VOICE_UNSUPPORTED: 'noVoice',
  MICROPHONE_POLICY: 'notHere',
  MICROPHONE_DENIED: 'microphoneDenied',
  MICROPHONE_MISSING: 'microphoneMissing',
  MICROPHONE_BUSY: 'microphoneBusy',
});

/**
 * What the name of an error of getUserMedia means (W3C Media Capture and Streams §10.2). A browser says the same of a
 * microphone that the visitor refused and of one that the page's permissions policy switches off.
 * @param {string | undefined} name @param {boolean} isAllowed whether that policy lets the page have a microphone
 * @returns {keyof typeof sentences}
 */
export function codeOf(name, isAllowed) {
  if (!isAllowed) return 'MICROPHONE_POLICY';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'MICROPHONE_MISSING';
  if (name === 'NotReadableError' || name === 'AbortError') return 'MICROPHONE_BUSY';
  return name === 'TypeError' ? 'VOICE_UNSUPPORTED' : 'MICROPHONE_DENIED';
}

/** Not every browser tells a page of its policy: then it is taken to allow. */
function policyAllows() {
  const { permissionsPolicy, featurePolicy } = /** @type {any} */ (document);
  return (permissionsPolicy ?? featurePolicy)?.allowsFeature?.('microphone') !== false;
}

/**
 * Throws Refusal when there is no microphone that the page may use, with the code of what is wrong.
 * @param {string} [deviceId] one that the visitor chose, or the browser's own choice
 * @returns {Promise<MediaStream>}
 */
export async function openMicrophone(deviceId) {
  try {
    const audio = deviceId === undefined ? true : { deviceId: { exact: deviceId } };
    // Where there is none of these, this throws a TypeError.
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    const code = codeOf(/** @type {Error} */ (error).name, policyAllows());
    throw new Refusal(words[sentences[code]], { code });
  }
}
