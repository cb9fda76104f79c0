import { describe, expect, it } from 'vitest';
import { type AnyCheck, check } from './check.ts';
import { openChecks, passing } from './run-checks.ts';

function openFixture() {
  const seen: string[] = [];
  const step = (name: string, run: () => object | undefined = () => undefined): AnyCheck =>
    check({
      name,
      whenDown: 'no store',
      run: () => () => {
        seen.push(name);
        return run();
      },
      afterRefusal: () => async () => void seen.push(`after ${name}`),
    });
  return { seen, step };
}
const fails = () => {
  throw new RangeError('no');
};

describe('checks that run', () => {
  it('run in their order, add to one context, and hand it to the work', async () => {
    const { seen, step } = openFixture();
    const checks = openChecks([step('a', () => ({ a: 1 })), step('b', () => ({ b: 2 }))], {});
    const answer = await passing(checks, { first: 0 }, async (context) => ({ ...context }));
    expect([seen, answer]).toEqual([['a', 'b'], { first: 0, a: 1, b: 2 }]);
  });
  it('undo what passed, the last first, when one refuses, and run none behind it', async () => {
    const { seen, step } = openFixture();
    const checks = openChecks([step('a'), step('b'), step('c', fails), step('d')], {});
    await expect(passing(checks, {}, async () => undefined)).rejects.toThrow('no');
    expect(seen).toEqual(['a', 'b', 'c', 'after b', 'after a']);
  });
  it('undo what passed when the work fails', async () => {
    const { seen, step } = openFixture();
    await expect(passing(openChecks([step('a')], {}), {}, async () => fails())).rejects.toThrow('no');
    expect(seen).toEqual(['a', 'after a']);
  });
  it('answer what an undoing throws in the place of the refusal', async () => {
    const over = check({
      name: 'over',
      whenDown: 'degrade',
      run: () => () => undefined,
      afterRefusal: () => async () => {
        throw new RangeError('over the limit');
      },
    });
    const { step } = openFixture();
    const checks = openChecks([over, step('a', fails)], {});
    await expect(passing(checks, {}, async () => undefined)).rejects.toThrow('over the limit');
  });
});
