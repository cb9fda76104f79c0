import { expect, it } from 'vitest';
import { asksAfter, bars } from './barred.js';

it('no call can begin after a refusal of the key or the tenant, and can after one that passes', () => {
  expect(['INVALID_WIDGET_KEY', 'TENANT_SUSPENDED', 'ORIGIN_MISMATCH'].map(bars)).toEqual([true, true, true]);
  const passing = [
    'RATE_LIMIT_EXCEEDED',
    'MICROPHONE_DENIED',
    'UNAVAILABLE',
    'EDGE_UNREACHABLE',
    undefined,
    'toString',
  ];
  expect(passing.map(bars)).toEqual(passing.map(() => false));
});
it('the server is asked after an end that may have taken away the right to call, and after no other', () => {
  expect(['key_revoked', 'admin', 'policy', 'privacy'].map(asksAfter)).toEqual([true, true, true, true]);
  expect(['client', 'idle', 'max_duration', 'quota', 'provider', 'error'].map(asksAfter)).not.toContain(true);
});
