import { expect, it } from 'vitest';
import { leave } from './leave.ts';

const steps: string[] = [];
const stopping = (name: string, until: Promise<unknown> = Promise.resolve()) => ({
  async stop() {
    steps.push(`${name} hears no more`);
    await until;
    steps.push(`${name} is over`);
  },
});

it('A broker that stops hands its calls over while a tool still runs, and waits for the tool only so long', async () => {
  const waits: number[] = [];
  await leave({
    running: [stopping('first'), stopping('second')],
    tools: stopping('tool', new Promise(() => undefined)),
    handOver: async () => void steps.push('handed over'),
    pause: async (ms) => void waits.push(ms),
  });
  expect(steps.splice(0)).toEqual([
    ...['tool hears no more', 'second hears no more', 'second is over', 'first hears no more', 'first is over'],
    'handed over',
  ]);
  expect(waits).toEqual([3_000]);
});

it('A broker that stops lets a tool end that takes less', async () => {
  let ends: (how?: unknown) => void = () => undefined;
  const until = new Promise((resolve) => {
    ends = resolve;
  });
  await leave({
    ...{ running: [], tools: stopping('tool', until), handOver: async () => ends() },
    pause: () => new Promise(() => undefined),
  });
  expect(steps.splice(0)).toEqual(['tool hears no more', 'tool is over']);
});
