import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { furnish } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { securedServers } from './secured.ts';

const { servers, identities, keys, authority: ca, foreign, stop } = await securedServers();
afterAll(stop);
const main = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));
const url = servers?.nats.url ?? '';

const diff = (env: Readonly<Record<string, string>>) => {
  const given = { PATH: process.env.PATH ?? '', NATS_NKEY_SEED: keys.bootstrap?.seed ?? '', ...env };
  return promisify(execFile)(process.execPath, [main, 'bus', 'diff'], { env: given }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
};

describe.skipIf(servers === undefined)('`vox` on a bus with a certificate of one’s own', () => {
  it('works with the file of the authority', async () => {
    await furnish(url, { ca, nkeySeed: keys.bootstrap?.seed });
    expect(await diff({ NATS_URL: url, NATS_CA_FILE: identities.files.authority })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('the bus is as the contracts say'),
    });
  });
  it.each([
    ['without an authority', {}],
    ['with a foreign authority', { NATS_CA: foreign }],
  ])('names NATS_CA %s', async (_how, env) => {
    expect(await diff({ NATS_URL: url, ...env })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/certificate of the NATS server is not believed: NATS_CA/),
    });
  });
});
