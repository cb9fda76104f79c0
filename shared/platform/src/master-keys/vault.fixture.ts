import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { jsonServer, type Said } from './kms-server.fixture.ts';

export const vaultToken = 'hvs.canary-token-of-vault';

type Asked = Readonly<{ plaintext?: string; ciphertext?: string; context?: string; associated_data?: string }>;
type VaultOptions = Readonly<{
  derived: boolean;
  namespace?: string;
  /** Vault before 1.13, which knows no associated data. */
  isOld?: boolean;
  type?: string;
}>;

const refusal = (status: number, ...errors: string[]): Said => ({ status, body: { errors } });

/** A transit engine as Vault has it, with one key named `vox`. */
export async function vaultServer({ derived, namespace, isOld = false, type = 'aes256-gcm96' }: VaultOptions) {
  const versions = [randomBytes(32)];
  const made = [1_700_000_000];
  let token = vaultToken;
  let leastVersion = 1;
  const keyOf = (version: number, { context = '' }: Asked): Buffer => {
    const key = versions[version - 1] as Buffer;
    return derived ? Buffer.from(hkdfSync('sha256', key, '', Buffer.from(context, 'base64'), 32)) : key;
  };
  const boundTo = ({ associated_data: data = '' }: Asked): Buffer => Buffer.from(isOld ? '' : data, 'base64');

  function encrypt(asked: Asked): Said {
    const version = versions.length;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyOf(version, asked), nonce).setAAD(boundTo(asked));
    const bytes = Buffer.concat([cipher.update(Buffer.from(asked.plaintext ?? '', 'base64')), cipher.final()]);
    const sealed = Buffer.concat([nonce, cipher.getAuthTag(), bytes]).toString('base64');
    return { status: 200, body: { data: { ciphertext: `vault:v${version}:${sealed}`, key_version: version } } };
  }
  function decrypt(asked: Asked): Said {
    const [, digits, sealed = ''] = /^vault:v(\d+):(.+)$/.exec(asked.ciphertext ?? '') ?? [];
    const version = Number(digits);
    if (!(version >= 1 && version <= versions.length)) return refusal(400, 'invalid ciphertext: no prefix');
    if (version < leastVersion)
      return refusal(400, 'ciphertext or signature version is disallowed by policy (too old)');
    const bytes = Buffer.from(sealed, 'base64');
    try {
      const cipher = createDecipheriv('aes-256-gcm', keyOf(version, asked), bytes.subarray(0, 12))
        .setAAD(boundTo(asked))
        .setAuthTag(bytes.subarray(12, 28));
      const plaintext = Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('base64');
      return { status: 200, body: { data: { plaintext } } };
    } catch {
      return refusal(400, 'cipher: message authentication failed');
    }
  }
  const server = await jsonServer(({ method, path, headers, body }) => {
    if (headers['x-vault-namespace'] !== namespace) return refusal(404, 'no handler for route');
    if (headers['x-vault-token'] !== token) return refusal(403, 'permission denied');
    if (method === 'GET' && path === '/v1/transit/keys/vox') {
      const keys = Object.fromEntries(made.map((seconds, at) => [at + 1, seconds]));
      const data = { type, derived, latest_version: versions.length, min_decryption_version: leastVersion, keys };
      return { status: 200, body: { data } };
    }
    const asked = JSON.parse(body || '{}') as Asked;
    if (derived && asked.context === undefined) return refusal(400, 'missing context for key derivation');
    if (path === '/v1/transit/encrypt/vox') return encrypt(asked);
    return path === '/v1/transit/decrypt/vox' ? decrypt(asked) : refusal(404);
  });
  return {
    ...server,
    rotate: (): void => {
      versions.push(randomBytes(32));
      made.push(1_800_000_000);
    },
    /** `min_decryption_version`: what is older is not opened any more. */
    forgetBefore: (version: number): void => {
      leastVersion = version;
    },
    demandToken: (text: string): void => {
      token = text;
    },
  };
}
