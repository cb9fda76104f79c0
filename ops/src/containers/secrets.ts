import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { natsServerConfig, newServiceKey, publicKeyOf } from '@vox/shared/bus';
import { rights } from '@vox/shared/contracts';

// Makes the secrets of an installation in a folder, each once: what is there stays, and a newer version adds what it has more. Only this
// user may read one. The servers' configuration is made anew, for the rights in it are this version's.
const folder = process.argv[2] ?? '/secrets';

function secret(name: string, value: string): string {
  const file = join(folder, name);
  if (!existsSync(file)) writeFileSync(file, value, { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

for (const service of ['auth', 'session-broker', 'edge-guard', 'master'])
  secret(`${service}.key`, randomBytes(32).toString('base64'));
const publicKeys = Object.keys(rights).map((service) => [
  service,
  publicKeyOf(secret(`${service}.seed`, newServiceKey().seed)),
]);
writeFileSync(join(folder, 'nats.conf'), natsServerConfig(Object.fromEntries(publicKeys)));
const apiKey = process.env.OPENAI_API_KEY;
if (apiKey) writeFileSync(join(folder, 'openai.key'), apiKey, { mode: 0o600 });
else secret('openai.key', `sk-simulated-${randomBytes(12).toString('hex')}`);
