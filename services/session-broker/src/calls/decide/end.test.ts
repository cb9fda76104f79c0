import { describe, expect, it } from 'vitest';
import { anonymised, ended } from './end.ts';
import { someSession } from './session.fixture.ts';

const session = someSession({ connectedAtMs: 1_000, callId: 'rtc_1' });

describe('an ended session', () => {
  it('keeps its grant and its call, and not its secret', () => {
    const over = ended(session, 'idle', 61_500);
    const { kind, reason, endedAtMs, connectedSeconds, told, callId, ...grant } = over;
    expect({ kind, reason, endedAtMs, connectedSeconds, told, callId }).toEqual({
      ...{ kind: 'ended', reason: 'idle', endedAtMs: 61_500, connectedSeconds: 60, told: false },
      callId: 'rtc_1',
    });
    expect({
      proveSeconds: undefined,
      mode: undefined,
      confirmedBy: undefined,
      by: undefined,
      ...session,
    }).toMatchObject(grant);
    expect(JSON.stringify(over)).not.toContain('secret');
  });
});

describe('a session without its person', () => {
  it.each([
    ['is not made of a live call', session],
    ['is not made before its end is published', ended(session, 'privacy', 2_000)],
  ])('%s', (_what, each) => expect(anonymised(each)).toBeUndefined());
  it('names no visitor, no address and no trace', () => {
    const text = JSON.stringify(anonymised({ ...ended(session, 'privacy', 2_000), told: true }));
    for (const trace of ['v_reference', 'a_1', '00-trace', '"sealed"']) expect(text).not.toContain(trace);
  });
  it('keeps why a request was denied', () => {
    const { tenantId, identity, traceparent } = session;
    const denial = { reason: 'provider' as const };
    const denied = { kind: 'denied' as const, tenantId, identity, traceparent, denial, decidedAtMs: 1 };
    expect(anonymised(denied)).toMatchObject({ kind: 'denied', denial, decidedAtMs: 1 });
    expect(JSON.stringify(anonymised(denied))).not.toContain('v_reference');
  });
});
