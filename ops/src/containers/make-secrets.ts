import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busIdentities } from '@vox/contracts';
import { natsServerConfig, newServiceKey, publicKeyOf } from '@vox/platform/bus';

/**
 * Makes the secrets of an installation in a folder, each once: a newer version adds only what is missing. Only this
 * user may read them. The configuration of the NATS server is written again, because its rights belong to this version.
 */
export function makeSecrets(folder: string, providerKey: string | undefined): void {
  const write = (name: string, value: string): void => writeFileSync(join(folder, name), value, { mode: 0o600 });
  const secret = (name: string, value: string): string => {
    if (!existsSync(join(folder, name))) write(name, value);
    return readFileSync(join(folder, name), 'utf8');
  };
  for (const service of ['auth', 'auth-codes', 'session-broker', 'edge-guard', 'master'])
    secret(`${service}.key`, randomBytes(32).toString('base64'));
  const publicKeys = busIdentities.map((service) => {
    const seed = secret(`${service}.seed`, newServiceKey().seed);
    return [service, publicKeyOf(seed)];
  });
  writeFileSync(join(folder, 'nats.conf'), natsServerConfig(Object.fromEntries(publicKeys)));
  if (providerKey) write('openai.key', providerKey);
  else secret('openai.key', `sk-simulated-${randomBytes(12).toString('hex')}`);
}
