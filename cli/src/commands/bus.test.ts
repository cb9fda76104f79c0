import { type Bootstrap, type Difference, LossNotAllowed } from '@vox/platform/bus';
import { afterEach, describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';
import { sentencesOf } from '../text/sentences.ts';

const shorter: Difference = {
  kind: 'stream',
  name: 'VOX_CALLS',
  stream: 'VOX_CALLS',
  change: 'changed',
  fields: [{ field: 'max_age', from: 1_209_600_000_000_000, to: 604_800_000_000_000 }],
  losses: ['VOX_CALLS.max_age'],
};
const missing: Difference = {
  kind: 'consumer',
  name: 'quota-requests',
  stream: 'VOX_CALLS',
  change: 'missing',
  fields: [],
  losses: [],
};

/** A bus that differs until `apply`. */
function bus(found: readonly Difference[]) {
  let differing = found;
  const bootstrap: Bootstrap = {
    differences: async () => differing,
    async apply(allowed = []) {
      const losses = differing.flatMap((each) => each.losses).filter((loss) => !allowed.includes(loss));
      if (losses.length > 0) throw new LossNotAllowed(losses);
      const done = differing;
      differing = [];
      return done;
    },
    close: async () => undefined,
  };
  return bootstrap;
}

async function vox(bootstrap: Bootstrap | undefined, ...words: string[]): Promise<string> {
  let printed = '';
  const operator = {
    ask: async () => Promise.reject(new Error('nobody is asked')),
    actor: 'operator:test',
    requestId: 'r',
    note: () => undefined,
    say: (answer: unknown) => void (printed += JSON.stringify(answer)),
    print: async (text: string) => void (printed += text),
  };
  await voxCommand(operator, async () => bootstrap).parseAsync(words, { from: 'user' });
  return printed;
}

describe('vox bus', () => {
  afterEach(() => {
    process.exitCode = 0;
  });
  it('diff shows the differences and what a correction would lose, and exits with 1', async () => {
    expect(await vox(bus([shorter, missing]), 'bus', 'diff')).toBe(
      '~ stream VOX_CALLS: max_age 1209600s → 604800s [loses: VOX_CALLS.max_age]\n' +
        '+ consumer quota-requests of VOX_CALLS: is missing and will be made\n',
    );
    expect(process.exitCode).toBe(1);
  });
  it('diff says that the bus is as the contracts say, and exits with 0', async () => {
    process.exitCode = 0;
    expect(await vox(bus([]), 'bus', 'diff')).toBe('the bus is as the contracts say\n');
    expect(process.exitCode).toBe(0);
  });
  it('apply refuses a loss until it is named, and a second run has nothing to do', async () => {
    const differing = bus([shorter, missing]);
    await expect(vox(differing, 'bus', 'apply')).rejects.toThrow('--lose VOX_CALLS.max_age');
    await expect(vox(differing, 'bus', 'apply', '--lose', 'VOX_TRUST.max_age')).rejects.toThrow('VOX_CALLS.max_age');
    const refusal = await vox(differing, 'bus', 'apply').catch(sentencesOf);
    expect(refusal).toEqual([expect.stringMatching(/would be lost: allow it by name, --lose VOX_CALLS\.max_age\.$/)]);
    const applied = await vox(differing, 'bus', 'apply', '--lose', 'VOX_CALLS.max_age');
    expect(applied).toMatch(/^~ stream VOX_CALLS: .*\n\+ consumer .*\ncorrected: 2\n$/);
    expect(await vox(differing, 'bus', 'apply')).toBe('the bus is as the contracts say\nnothing to do\n');
  });
  it('diff and apply say that a bus in memory has nothing to apply', async () => {
    for (const word of ['diff', 'apply']) expect(await vox(undefined, 'bus', word)).toMatch(/keeps its bus in memory/);
  });
});
