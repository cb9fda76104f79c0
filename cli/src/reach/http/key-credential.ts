import { accessTable } from '@vox/contracts';
import { readMachineKey } from '@vox/platform/crypto';
import { type MachineCredential, signRequest } from '../../signing/sign-request.ts';
import { Mistake } from '../../text/sentences.ts';
import type { Asked, Credential } from './credential.ts';
import { worded } from './problem.ts';
import { send } from './send.ts';

export type KeySettings = Readonly<{
  apiKey: string;
  signingSecret: string | undefined;
  /** PEM. */
  signingKey: string | undefined;
}>;

/** Shows an API key, and signs what is sensitive. Throws Mistake for a key that is none. */
export function keyCredential(origin: string, settings: KeySettings): Credential {
  const { apiKey } = settings;
  if (readMachineKey(apiKey)?.kind !== 'vk')
    throw new Mistake(['VOX_API_KEY is no API key: it begins with vk_ and ends with its checksum']);
  const machine = machineOf(settings);
  const headersOf = ({ method, target, body, ifMatch, action }: Asked): Record<string, string> => {
    const fields = ifMatch === undefined ? {} : { 'if-match': ifMatch };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    if (machine === undefined || action === undefined || !accessTable[action].isSensitive)
      return { ...type, ...fields, authorization: `Bearer ${apiKey}` };
    return { ...type, ...signRequest({ method, url: `${origin}${target}`, body, fields }, machine, { action }) };
  };
  return {
    async send(asked) {
      if (asked.action !== undefined && accessTable[asked.action].scope === null)
        throw new Mistake(['no API key may do this: sign in with `vox login <url>`, and unset VOX_API_KEY']);
      try {
        const { method, target, body, timeoutMs } = asked;
        const sent = { method, target, body, headers: headersOf(asked) };
        return await send(origin, { ...sent, ...(timeoutMs && { timeoutMs }) });
      } catch (error) {
        throw worded(error, 'key');
      }
    },
  };
}

/** What signs, once it has signed something: a mistake in it is said before anything is sent. */
function machineOf({ apiKey, signingSecret, signingKey }: KeySettings): MachineCredential | undefined {
  if (signingSecret !== undefined && signingKey !== undefined)
    throw new Mistake(['VOX_SIGNING_SECRET and VOX_SIGNING_KEY are both set: a key signs with one of them']);
  if (signingSecret === undefined && signingKey === undefined) return undefined;
  const machine =
    signingKey === undefined ? { apiKey, signingSecret: String(signingSecret) } : { apiKey, privateKey: signingKey };
  try {
    signRequest({ method: 'GET', url: 'https://vox.example/' }, machine);
  } catch {
    throw new Mistake([
      signingKey === undefined
        ? 'VOX_SIGNING_SECRET is no signing secret: it begins with vks_ and ends with its checksum'
        : 'VOX_SIGNING_KEY must be an Ed25519 private key in PEM; VOX_SIGNING_KEY_FILE names a file that holds it',
    ]);
  }
  return machine;
}
