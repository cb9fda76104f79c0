import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newIdentities } from '@vox/local/stack-identities';
import { newKeys, openServers } from '@vox/local/stack-servers';
import { newAuthority } from '@vox/ops/certificates';

/** NATS, Redis and MongoDB as the stack runs them, with TLS and users. There is no `servers` where one is missing. */
export async function securedServers() {
  const folder = mkdtempSync(join(tmpdir(), 'vox-secured-'));
  const stops: (() => Promise<void>)[] = [];
  const identities = await newIdentities(folder, Date.now());
  const natsConfig = join(folder, 'nats.conf');
  const keys = newKeys(natsConfig, identities.files);
  const onStop = (stop: () => Promise<void>): void => void stops.push(stop);
  const servers = await openServers({ folder, natsConfig, kept: false, identities, testEnv: process.env, onStop });
  return {
    servers,
    identities,
    keys,
    /** What the NATS server reads again when it is sent SIGHUP. */
    natsConfig,
    authority: readFileSync(identities.files.authority, 'utf8'),
    /** An authority that signed nothing here. */
    foreign: (await newAuthority('a foreign authority', Date.now())).certificate,
    async stop() {
      for (const each of stops.reverse()) await each();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const hostOf = (url: string): string => new URL(url).host;
