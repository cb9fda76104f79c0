import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { natsServerConfig, newServiceKey } from '@vox/shared/bus';
import { rights } from '@vox/shared/contracts';

// Makes the secrets of an installation in a folder, once: what is there stays. Only this user may read a secret.
const folder = process.argv[2] ?? '/secrets';
const config = join(folder, 'nats.conf');

function secret(name: string, value: string): void {
  const file = join(folder, name);
  if (!existsSync(file)) writeFileSync(file, value, { mode: 0o600 });
}

// The configuration comes last: where it stands, everything stands.
if (!existsSync(config)) {
  const publicKeys = Object.keys(rights).map((service) => {
    const { seed, publicKey } = newServiceKey();
    writeFileSync(join(folder, `${service}.seed`), seed, { mode: 0o600 });
    return [service, publicKey];
  });
  for (const service of ['auth', 'session-broker', 'edge-guard', 'master'])
    secret(`${service}.key`, randomBytes(32).toString('base64'));
  writeFileSync(config, natsServerConfig(Object.fromEntries(publicKeys)));
}
const apiKey = process.env.OPENAI_API_KEY;
if (apiKey) writeFileSync(join(folder, 'openai.key'), apiKey, { mode: 0o600 });
else secret('openai.key', `sk-simulated-${randomBytes(12).toString('hex')}`);
