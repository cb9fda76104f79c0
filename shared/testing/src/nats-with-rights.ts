import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { busIdentities } from '@vox/contracts';
import { natsServerConfig, newServiceKey, type ServiceKey } from '@vox/platform/bus';
import { natsServer } from './servers.ts';
import type { TestServer } from './spawned.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type NatsWithRights = TestServer &
  Readonly<{
    /** The nkey of each identity, by its name. */
    keys: Readonly<Record<string, ServiceKey>>;
    /** It goes with the server. */
    folder: string;
  }>;

/** A NATS server of its own that lets each identity of the contracts do what its rights say, and nothing else. */
export async function natsWithRights(env: Env): Promise<NatsWithRights | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'vox-rights-'));
  const keys = Object.fromEntries(busIdentities.map((name) => [name, newServiceKey()]));
  const config = join(folder, 'nats.conf');
  writeFileSync(
    config,
    natsServerConfig(Object.fromEntries(Object.entries(keys).map(([name, { publicKey }]) => [name, publicKey]))),
  );
  const server = await natsServer({ ...env, NATS_URL: undefined }, undefined, config);
  const stop = async (): Promise<void> => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  if (server !== undefined) return { ...server, keys, folder, stop };
  await stop();
  return undefined;
}
