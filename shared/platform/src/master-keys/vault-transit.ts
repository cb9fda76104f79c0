import { z } from 'zod';
import type { AskKms, KmsAnswer } from './ask-kms.ts';
import type { GuardKms } from './guard-kms.ts';
import type { MasterKeyHolder } from './holder.ts';
import { KmsFailure } from './kms-failure.ts';

export type VaultTransitOptions = Readonly<{
  url: string;
  /** Where the transit engine is mounted, and the name of the key in it. */
  mount: string;
  key: string;
  namespace?: string | undefined;
  /** Asked for each request: an agent renews it while the service runs. */
  token: () => string;
  ask: AskKms;
  guard: GuardKms;
}>;

/** Key types that seal with associated data, or derive a key of their own for each context. */
const sealing = /^(aes(128|256)-gcm96|chacha20-poly1305)$/;
/** What Vault says in a 400 when bytes, context or version are others: asked again, it would say the same. */
const doesNotOpen = /message authentication failed|invalid ciphertext|version is disallowed by policy/;

const Refusal = z.object({ errors: z.array(z.string()) });
const Encrypted = z.object({ data: z.object({ ciphertext: z.string().regex(/^vault:v\d{1,9}:[A-Za-z0-9+/=]+$/) }) });
const Decrypted = z.object({ data: z.object({ plaintext: z.base64().min(1) }) });
const Described = z.object({
  data: z.object({
    type: z.string(),
    derived: z.boolean(),
    latest_version: z.number().int().positive(),
    keys: z.record(z.string(), z.unknown()),
  }),
});
type Described = z.infer<typeof Described>['data'];

const versionOf = (ciphertext: string): number => Number(/^vault:v(\d{1,9}):/.exec(ciphertext)?.[1] ?? 0);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

function shaped<S extends z.ZodType>(schema: S, action: string, answer: KmsAnswer): z.infer<S> {
  if (answer.status !== 200) throw new KmsFailure(`Vault answered ${answer.status} to ${action}`);
  const read = schema.safeParse(answer.body);
  if (!read.success) throw new KmsFailure(`Vault answered ${action} in another shape`);
  return read.data;
}

const isFinal = ({ status, body }: KmsAnswer): boolean =>
  status === 400 && (Refusal.safeParse(body).data?.errors ?? []).some((each) => doesNotOpen.test(each));

/** When a version was made: seconds since 1970, or of some types an object with the time as text. */
function madeAt({ keys, latest_version: version }: Described): Date | undefined {
  const made = keys[version];
  const ms =
    typeof made === 'number' ? made * 1_000 : Date.parse(String((made as { creation_time?: unknown })?.creation_time));
  return Number.isNaN(ms) ? undefined : new Date(ms);
}

/**
 * A key in the transit engine of Vault (or OpenBao). A key that derives is asked with the context as `context`, any
 * other with it as `associated_data`. Its versions are the master keys: a rotation in Vault makes the newest.
 */
export function vaultTransit({ url, mount, key, namespace, token, ask, guard }: VaultTransitOptions): MasterKeyHolder {
  let known: Described | undefined;
  let newestVersion = 0;
  const keyIdOf = (version: number): string => `${mount}/${key}/v${version}`;
  const headers = () => ({
    'x-vault-token': token(),
    'x-vault-request': 'true',
    ...(namespace !== undefined && { 'x-vault-namespace': namespace }),
  });
  const at = (path: string): string => `${url.replace(/\/$/, '')}/v1/${mount}/${path}/${key}`;
  const post = (action: string, body: object): Promise<KmsAnswer> =>
    ask({
      ...{ method: 'POST', url: at(action), body: JSON.stringify(body) },
      headers: { ...headers(), 'content-type': 'application/json' },
    });
  async function describe(): Promise<Described> {
    const answer = await ask({ method: 'GET', url: at('keys'), headers: headers() });
    const { data } = shaped(Described, 'the question about the key', answer);
    if (!sealing.test(data.type)) throw new KmsFailure('Vault holds a key of a type that binds no context');
    if (known === undefined && !data.derived) await demandBinding();
    known = data;
    newestVersion = Math.max(newestVersion, data.latest_version);
    return data;
  }
  /** Vault before 1.13 knows no associated data, says nothing of it, and would open a key for whoever asks. */
  async function demandBinding(): Promise<void> {
    const asked = { plaintext: base64('bound?'), associated_data: base64('one') };
    const { ciphertext } = shaped(Encrypted, 'encrypt', await post('encrypt', asked)).data;
    if (!isFinal(await post('decrypt', { ciphertext, associated_data: base64('another') })))
      throw new KmsFailure(
        'Vault binds no associated data: it must be 1.13 or newer, or the key must be a derived one',
      );
  }
  /** Sent in the wrong field a context would bind nothing. */
  const bound = async (context: string) =>
    (known ?? (await describe())).derived ? { context: base64(context) } : { associated_data: base64(context) };
  return {
    provider: 'vault-transit',
    wrap: (dataKey, context) =>
      guard(async () => {
        const asked = { plaintext: dataKey.toString('base64'), ...(await bound(context)) };
        const { ciphertext } = shaped(Encrypted, 'encrypt', await post('encrypt', asked)).data;
        newestVersion = Math.max(newestVersion, versionOf(ciphertext));
        return { keyId: keyIdOf(versionOf(ciphertext)), sealed: ciphertext };
      }),
    async open({ keyId, sealed }, context) {
      if (keyId !== keyIdOf(versionOf(sealed))) return undefined;
      return guard(async () => {
        const answer = await post('decrypt', { ciphertext: sealed, ...(await bound(context)) });
        return isFinal(answer) ? undefined : Buffer.from(shaped(Decrypted, 'decrypt', answer).data.plaintext, 'base64');
      });
    },
    isNewest: ({ sealed }) => versionOf(sealed) >= newestVersion,
    newest: () =>
      guard(async () => {
        const data = await describe();
        return { keyId: keyIdOf(data.latest_version), createdAt: madeAt(data) };
      }),
  };
}
