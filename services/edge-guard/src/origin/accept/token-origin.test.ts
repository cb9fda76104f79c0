import { someOrigin } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { widgetClaims as claims, key } from '../../checks/tenants.fixture.ts';
import { tokenOrigin } from './token-origin.ts';

const vox = 'https://vox.example';

describe('the token origin check', () => {
  const run = tokenOrigin.run({ publicOrigins: new Set([vox]) });
  const from = (headers: Record<string, string>, of = key) => run({ ...asked({ headers }), key: of, claims });
  it('lets a page of the token’s origin pass, and our own page that it frames', () => {
    expect(from({ origin: someOrigin })).toEqual({ origin: someOrigin });
    expect(from({ origin: vox, 'x-vox-framed-by': someOrigin })).toEqual({ origin: someOrigin });
  });
  it('refuses a page of another origin, and a token whose key has lost its origin', () => {
    const refusal = expect.objectContaining({ code: 'ORIGIN_MISMATCH' });
    expect(() => from({ origin: 'https://evil.example' })).toThrow(refusal);
    expect(() => from({ origin: vox, 'x-vox-framed-by': 'https://evil.example' })).toThrow(refusal);
    expect(() => from({ origin: someOrigin }, { ...key, origins: [] })).toThrow(refusal);
  });
});
