import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { newMachineKey } from '@vox/platform/crypto';
import { demandContentDigest, type VerifyingKey, verifyMessage } from '@vox/platform/http-signature';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
const isThere = has('openssl', 'version') && has('curl', '--version') && has('bash', '--version');

const page = readFileSync(fileURLToPath(new URL('../../../docs/api-keys.md', import.meta.url)), 'utf8');
/** A script of the page, by the word beside its language. */
const script = (name: string): string =>
  new RegExp(`^\`\`\`sh ${name}\\n(.*?)^\`\`\``, 'ms').exec(page)?.[1] ?? 'false';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vox-signing-'));
const keyId = '0123456789abcdeF';
const apiKey = newMachineKey({ kind: 'vk', env: 'production', keyId }, randomBytes);
const signingSecret = newMachineKey({ kind: 'vks', env: 'production', keyId }, randomBytes);
const hmac: VerifyingKey = { algorithm: 'hmac-sha256', secret: Buffer.from(signingSecret) };
let key: VerifyingKey = hmac;

/** Verifies what it is sent as the edge and auth do together. */
const server = createServer(async (request, response) => {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fields = request.headers as Record<string, string>;
    demandContentDigest(fields['content-digest'] ?? '', Buffer.concat(chunks));
    expect(fields.authorization).toBe(`Bearer ${apiKey}`);
    const message = { method: request.method ?? '', targetUri: `http://${fields.host}${request.url}`, fields };
    const given = { signatureInput: fields['signature-input'] ?? '', signature: fields.signature ?? '' };
    verifyMessage({ message, fields: given, keyId, key, nowMs: Date.now() });
    response.end(`accepted ${Buffer.concat(chunks)}`);
  } catch (error) {
    response.statusCode = 401;
    response.end(String((error as { answer?: { reason: string } }).answer?.reason ?? error));
  }
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  writeFileSync(join(folder, 'body.json'), '{"label":"site — ñ"}\n');
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function bash(text: string, env: Record<string, string> = {}): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const vox = `vox() { "${process.execPath}" "${main}" "$@"; }\n`;
  const options = {
    cwd: folder,
    env: {
      ...{ PATH: process.env.PATH ?? '', URL: `http://127.0.0.1:${port}/api/v1/widget-keys?dry=1&more=%20` },
      ...{ VOX_API_KEY: apiKey, ...env },
    },
  };
  return (await run('bash', ['--norc', '-euo', 'pipefail', '-c', vox + text], options)).stdout;
}
const accepted = 'accepted {"label":"site — ñ"}\n';

describe.skipIf(!isThere)('a request that is signed as the page on API keys says', () => {
  it('with openssl and a signing secret is accepted', async () => {
    expect(await bash(script('hmac'), { VOX_SIGNING_SECRET: signingSecret })).toBe(accepted);
  });
  it('with openssl and a key pair is accepted', async () => {
    const x = await bash(script('pair'));
    expect(x).toMatch(/^[A-Za-z0-9_-]{43}$/);
    key = { algorithm: 'ed25519', x };
    const withPair = script('hmac').replace(/^signature=.*$/m, () => script('ed25519'));
    expect(await bash(withPair)).toBe(accepted);
    key = hmac;
  });
  it('with the vox command is accepted, with a signing secret and with a key pair', async () => {
    expect(await bash(script('vox'), { VOX_SIGNING_SECRET: signingSecret })).toBe(accepted);
    const x = await bash(script('pair'));
    key = { algorithm: 'ed25519', x };
    expect(await bash(script('vox'), { VOX_SIGNING_KEY_FILE: 'signing-key.pem' })).toBe(accepted);
    key = hmac;
  });
  it('for another body is refused', async () => {
    const other = script('hmac').replace('--data-binary @body.json', "--data-binary '{}'");
    expect(await bash(other, { VOX_SIGNING_SECRET: signingSecret })).toBe('body-differs');
  });
});

describe('vox sign', () => {
  it.each([
    [
      'no API key',
      { VOX_API_KEY: 'none', VOX_SIGNING_SECRET: signingSecret },
      'https://vox.example/',
      /apiKey is no API key/,
    ],
    ['nothing that signs', {}, 'https://vox.example/', /^vox: what signs is missing: set VOX_SIGNING_SECRET/],
    ['an address that is none', { VOX_SIGNING_SECRET: signingSecret }, 'vox', /^vox: <url> must be a whole address/],
    ['a file that is none', { VOX_SIGNING_KEY_FILE: 'none.pem' }, 'https://vox.example/', /none\.pem must be a file/],
    [
      'a file without a key',
      { VOX_SIGNING_KEY_FILE: 'body.json' },
      'https://vox.example/',
      /must hold an Ed25519 private key/,
    ],
  ])('with %s says so, and shows no key', async (_what, env, url, sentence) => {
    const failed = await bash(`vox sign POST ${url}`, env).catch((error) => error);
    expect(failed.stderr).toMatch(sentence);
    expect(failed.stderr).not.toMatch(/[0-9A-Za-z]{43}/);
  });
});
