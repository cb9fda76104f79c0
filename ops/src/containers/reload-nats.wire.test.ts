import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import { busIdentities } from '@vox/contracts';
import { natsRightsOf, natsServerConfig, newServiceKey } from '@vox/platform/bus';
import { freePort, natsServer } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { reloadNats } from './reload-nats.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-reload-'));
const file = join(folder, 'nats.conf');
const keys = new Map(busIdentities.map((name) => [name, newServiceKey()]));
const monitorUrl = `http://127.0.0.1:${await freePort()}`;
const present = `http: "${new URL(monitorUrl).host}"\n${natsServerConfig(
  Object.fromEntries([...keys].map(([name, { publicKey }]) => [name, publicKey])),
)}`;
const [right = ''] = natsRightsOf('quota').publish;
const { seed = '', publicKey = 'none' } = keys.get('quota') ?? {};
/** As an older version wrote it, in which quota had one right less. */
const older = present
  .split('\n')
  .map((line) => (line.includes(publicKey) ? line.replace(`${JSON.stringify(right)}, `, '') : line))
  .join('\n');
writeFileSync(file, older);

const server = await natsServer(process.env, undefined, file);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

/** A connection of quota. What it may not publish is reported before the server answers the next ping. */
async function connected() {
  const authenticator = nkeyAuthenticator(new TextEncoder().encode(seed));
  const connection = await connect({ servers: server?.url ?? '', authenticator });
  let refusals = 0;
  void (async () => {
    for await (const { type } of connection.status()) if (type === 'error') refusals += 1;
  })();
  return {
    connection,
    async isRefused(): Promise<boolean> {
      const before = refusals;
      connection.publish(right.replaceAll('*', 'x').replace('>', 'x'), 'x');
      await connection.flush();
      await setImmediate();
      return refusals > before;
    },
  };
}
const reload = (patienceMs = 10_000): Promise<void> =>
  reloadNats({ monitorUrl, signal: () => server?.kill('SIGHUP'), patienceMs });

describe.skipIf(!server?.owned)('a NATS server that runs with the rights of an older version', () => {
  it('keeps its configuration when the new one cannot be used, and that is reported', async () => {
    writeFileSync(file, `${older}\nno such setting {`);
    await expect(reload(500)).rejects.toThrow('kept its old configuration');
  });
  it('gives a service its new right without a restart, over the connection that it has', async () => {
    expect(older).not.toBe(present);
    const { connection, isRefused } = await connected();
    try {
      expect(await isRefused()).toBe(true);
      writeFileSync(file, present);
      await reload();
      expect(await isRefused()).toBe(false);
      expect(connection.isClosed()).toBe(false);
    } finally {
      await connection.close();
    }
  });
});
