import { someLimits, somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { limiting, over } from './limit-checks.fixture.ts';
import { userLimit } from './user-limit.ts';

const policy = somePolicy({
  limits: {
    widget: someLimits({ requestsPerMinute: 1, burst: 0 }),
    console: someLimits({ requestsPerMinute: 2, burst: 0 }),
  },
});
const visitor = (visitorId: string) => ({ kind: 'widget', widgetKey: 'w', visitorId }) as const;

describe('the user limit', () => {
  it('counts each person by the limit of its kind', async () => {
    const run = userLimit.run(limiting(100));
    const of = (identity: Parameters<typeof run>[0]['identity']) => ({ ...asked(), ip: '192.0.2.1', policy, identity });
    expect(await run(of(visitor('v_one')))).toEqual({ isCounted: true });
    await expect(run(of(visitor('v_one')))).rejects.toMatchObject(over('user'));
    expect(await run(of(visitor('v_two')))).toEqual({ isCounted: true });
    const user = { kind: 'console', userId: 'u' } as const;
    for (let n = 0; n < 2; n += 1) await run(of(user));
    await expect(run(of(user))).rejects.toMatchObject(over('user'));
  });
  it('counts the address with its person, in one step', async () => {
    const run = userLimit.run(limiting(1));
    await run({ ...asked(), ip: '192.0.2.1', policy, identity: visitor('v_one') });
    const next = run({ ...asked(), ip: '192.0.2.1', policy, identity: visitor('v_two') });
    await expect(next).rejects.toMatchObject(over('ip'));
  });
});
