import { Fault } from '@vox/platform/fault';
import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { limiting, over } from './limit-checks.fixture.ts';
import { strangerLimit } from './stranger-limit.ts';

const stranger = { ...asked(), ip: '192.0.2.1' };
const refusal = new Fault('AUTH_REQUIRED');

describe('the stranger limit', () => {
  it('counts whoever is refused before being counted, and refuses those over it instead', async () => {
    const after = strangerLimit.afterRefusal?.(limiting(1));
    await after?.(stranger, refusal);
    await expect(after?.(stranger, refusal)).rejects.toMatchObject(over('ip'));
  });
  it('counts nobody who was counted already, or is over a limit anyway', async () => {
    const after = strangerLimit.afterRefusal?.(limiting(1));
    for (let n = 0; n < 3; n += 1) {
      await after?.({ ...stranger, isCounted: true as const }, refusal);
      await after?.(stranger, new Fault('RATE_LIMIT_EXCEEDED', { retryAfterSeconds: 1 }));
    }
    await expect(after?.(stranger, refusal)).resolves.toBeUndefined();
  });
});
