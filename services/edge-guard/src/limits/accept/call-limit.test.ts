import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { callLimit } from './call-limit.ts';
import { limiting, over } from './limit-checks.fixture.ts';

describe('the call limit', () => {
  it('counts each call alone: one request a second, and as many again at once', async () => {
    const run = callLimit.run(limiting(1));
    for (let n = 0; n < 120; n += 1) await run({ ...asked(), sessionId: 'one' });
    await expect(run({ ...asked(), sessionId: 'one' })).rejects.toMatchObject(over('user'));
    expect(await run({ ...asked(), sessionId: 'two' })).toEqual({ isCounted: true });
  });
});
