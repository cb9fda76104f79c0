import { setTimeout as pause } from 'node:timers/promises';
import { busSettings, storeSettings } from '@vox/platform/config';
import { configured } from '@vox/platform/lifecycle';
import { z } from 'zod';
import { reconcile } from './mod.ts';

const { MONGODB_URI, MONGODB_CA } = storeSettings('');
const schema = z.object({
  ...busSettings,
  MONGODB_URI,
  MONGODB_CA,
  AUTH_DATABASE: z.string().default('vox_auth'),
  QUOTA_DATABASE: z.string().default('vox_quota'),
  SESSION_BROKER_DATABASE: z.string().default('vox_session_broker'),
  COMPLIANCE_DATABASE: z.string().default('vox_compliance'),
});
const settings = configured('reconcile', { schema, rules: [] }, process.env, process.argv);
const source = {
  natsServers: settings.NATS_URL,
  nkeySeed: settings.NATS_NKEY_SEED,
  natsCa: settings.NATS_CA,
  mongoUri: settings.MONGODB_URI,
  mongoCa: settings.MONGODB_CA,
  databases: {
    auth: settings.AUTH_DATABASE,
    quota: settings.QUOTA_DATABASE,
    broker: settings.SESSION_BROKER_DATABASE,
    compliance: settings.COMPLIANCE_DATABASE,
  },
};
/** While people call, one reading may see a step half done. A finding of two readings is no such step. */
const betweenMs = 5_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const first = await reconcile(source);
let { findings, notes, facts } = first;
if (findings.length > 0) {
  await pause(betweenMs);
  const second = await reconcile(source);
  findings = second.findings.filter((text) => first.findings.includes(text));
  ({ notes, facts } = second);
}
for (const text of findings) say(text);
for (const text of notes) say(`note: ${text}`);
say(`${facts} facts of calls: ${findings.length} findings, ${notes.length} notes`);
process.exitCode = findings.length === 0 ? 0 : 1;
