import { count, positive } from '@vox/platform/config';
import { listen } from '@vox/platform/http';
import { configured } from '@vox/platform/lifecycle';
import { z } from 'zod';
import { simulator } from './simulator.ts';

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: positive(65_535).default(8_081),
  OPENAI_API_KEY: z.string().min(1).describe('the API key that it accepts'),
  TURN_MS: count(60_000).default(4_000).describe('pause between two turns of a conversation; 0 for silence'),
});

const settings = configured('the provider simulator', { schema, rules: [] }, process.env, process.argv);
const provider = simulator({ apiKey: settings.OPENAI_API_KEY, now: () => new Date(), turnMs: settings.TURN_MS });
const { app, upgrade } = provider;
const door = await listen(app, { host: settings.HOST, port: settings.PORT, upgrade });
process.stdout.write(`the provider is simulated at ${door.url}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    void provider
      .close()
      .then(() => door.close(1_000))
      .then(() => process.exit(0));
  });
