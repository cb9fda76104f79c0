import { someOrigin } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { callers } from '../../checks/tenants.fixture.ts';
import { callerOrigin } from './caller-origin.ts';

const vox = 'https://vox.example';
const run = callerOrigin.run({ publicOrigins: new Set([vox]) });
const from = (origin: string, caller: (typeof callers)[keyof typeof callers]) =>
  run({ ...asked({ headers: { origin, 'x-vox-request': '1' } }), caller });

describe('the origin check of a session request', () => {
  it.each([
    ['token', someOrigin, someOrigin],
    ['token', vox, someOrigin],
    ['key', someOrigin, someOrigin],
    ['login', vox, vox],
  ] as const)('lets a caller by %s ask from %s, for %s', (kind, origin, wanted) => {
    expect(from(origin, callers[kind])).toEqual({ origin: wanted });
  });
  it.each([
    ['token', 'https://evil.example'],
    ['key', vox],
    ['key', 'https://evil.example'],
    ['login', someOrigin],
  ] as const)('refuses a caller by %s who asks from %s', (kind, origin) => {
    expect(() => from(origin, callers[kind])).toThrow(expect.objectContaining({ code: 'ORIGIN_MISMATCH' }));
  });
  it('refuses a caller by login whose page does not set the header of our own pages', () => {
    const refused = () => run({ ...asked({ headers: { origin: vox } }), caller: callers.login });
    expect(refused).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });
});
