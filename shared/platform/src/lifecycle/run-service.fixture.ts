import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { serviceSettings } from '../config/mod.ts';
import { runService } from './run-service.ts';

// A service as the others are: it opens a store, then consumers, then a door, and says when each of them closes.
const say = (line: string): void => void process.stdout.write(`#${line}\n`);

await runService({
  name: 'fixture',
  schema: z.object(serviceSettings),
  rules: [],
  env: process.env,
  argv: process.argv,
  async open(_settings, { onStop }) {
    const closing = (name: string, ms: number) => async (): Promise<void> => {
      say(`${name} closes`);
      await pause(ms);
      say(`${name} is closed`);
    };
    await new Promise<void>((resolve) => process.once('SIGUSR2', resolve));
    onStop(closing('store', 0));
    onStop(closing('consumers', 100));
    // The time in which those who send requests here take note, and the last ones are answered.
    onStop(closing('door', 600));
  },
});
