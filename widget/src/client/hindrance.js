import { needsYes } from '../page/call/consent.js';
import { words } from '../page/words.js';
import { troubleOf } from '../troubles.js';

/**
 * What keeps a visitor from calling, as far as its page can know before it asks for the microphone.
 * @param {any} fresh what the server says of the tenant's calls
 * @param {{ agreed: string | undefined, hasTurnstile: boolean }} given
 */
export function hindranceOf({ consent, challenge }, { agreed, hasTurnstile }) {
  if (globalThis.RTCPeerConnection === undefined || navigator.mediaDevices === undefined)
    return troubleOf('VOICE_UNSUPPORTED', { message: words.noVoice });
  const yes = needsYes(consent);
  if (yes !== undefined && yes.textHash !== agreed) return troubleOf('CONSENT_REQUIRED', { message: words.agreeFirst });
  if (challenge?.kind === 'turnstile' && !hasTurnstile)
    return troubleOf('BOT_BLOCKED', { message: words.notStarted, more: 'Hand createCall a `turnstile`.' });
  return undefined;
}
