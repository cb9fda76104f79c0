import { createPrivateKey, randomBytes } from 'node:crypto';
import { readMachineKey } from '@vox/platform/crypto';
import { contentDigest, type SigningKey, signMessage } from '@vox/platform/http-signature';

/** A request as it will be sent. `fields` are signed too, such as Idempotency-Key; without them the body alone is. */
export type RequestToSign = Readonly<{
  method: string;
  url: string | URL;
  body?: string | Uint8Array | undefined;
  fields?: Readonly<Partial<Record<'content-type' | 'idempotency-key' | 'if-match' | 'date', string>>>;
}>;

/** The API key, and what signs for it: its signing secret, or the Ed25519 private key (PEM) of its public key. */
export type MachineCredential = Readonly<
  { apiKey: string } & ({ signingSecret: string } | { privateKey: string | Uint8Array })
>;

export type SigningOptions = Readonly<{
  /** Names the action too, so that the signature is good for nothing else. */
  action?: string;
  /** Seconds, 300 at most. Your clock may differ from ours by 60, and by no more than this. */
  lifeSeconds?: number;
  nowMs?: number;
  nonce?: string;
}>;

/**
 * Signs a request for a sensitive operation (RFC 9421 and RFC 9530). Answers the headers to send with it, the key
 * among them. Each call makes a nonce of its own, so a request that is tried again is signed again. Throws TypeError
 * for a key or an address that is none.
 */
export function signRequest(
  { method, url, body = '', fields = {} }: RequestToSign,
  credential: MachineCredential,
  { action, lifeSeconds = 60, nowMs = Date.now(), nonce = randomBytes(16).toString('hex') }: SigningOptions = {},
): Record<string, string> {
  const key = readMachineKey(credential.apiKey);
  if (key?.kind !== 'vk') throw new TypeError('apiKey is no API key: it begins with vk_ and ends with its checksum');
  const created = Math.floor(nowMs / 1_000);
  const digest = contentDigest(Buffer.from(body));
  const { signatureInput, signature } = signMessage(
    { method, targetUri: targetOf(url), fields: { ...fields, 'content-digest': digest } },
    {
      components: ['@method', '@target-uri', 'content-digest', ...Object.keys(fields)],
      parameters: {
        ...{ created, expires: created + lifeSeconds, nonce, keyid: key.keyId },
        ...(action !== undefined && { tag: action }),
      },
    },
    signingKeyOf(credential),
  );
  return {
    ...fields,
    authorization: `Bearer ${credential.apiKey}`,
    'content-digest': digest,
    'signature-input': signatureInput,
    signature,
  };
}

/** The address as it is asked for: without the part that stays in the browser. */
function targetOf(url: string | URL): string {
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname}${search}`;
}

function signingKeyOf(credential: MachineCredential): SigningKey {
  if ('privateKey' in credential) {
    const privateKey = createPrivateKey(Buffer.from(credential.privateKey));
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('privateKey must be an Ed25519 key');
    return { algorithm: 'ed25519', privateKey };
  }
  if (readMachineKey(credential.signingSecret)?.kind !== 'vks')
    throw new TypeError('signingSecret is no signing secret: it begins with vks_ and ends with its checksum');
  return { algorithm: 'hmac-sha256', secret: Buffer.from(credential.signingSecret) };
}
