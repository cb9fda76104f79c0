import { withdrawalKey } from '@vox/platform/crypto';
import { describe, expect, it } from 'vitest';
import { callers, held, visitorId } from '../../checks/tenants.fixture.ts';
import { transcriptConsent } from './transcript-consent.ts';

const of = (identity: (typeof callers)[keyof typeof callers]['identity']) => ({
  claims: { tenantId: 'acme', identity },
});
const taken = { [withdrawalKey('acme', visitorId)]: { purposes: ['transcripts' as const], at: '', until: '' } };

describe('the transcript consent check', () => {
  it('refuses the words of a visitor who took the consent back, and takes those of all others', () => {
    const run = transcriptConsent.run({ withdrawn: held(taken) });
    expect(() => run(of(callers.token.identity))).toThrow(expect.objectContaining({ code: 'CONSENT_REQUIRED' }));
    expect(run(of({ ...callers.token.identity, visitorId: 'v_another' as never }))).toBeUndefined();
    expect(run(of(callers.login.identity))).toBeUndefined();
  });
  it('denies while a withdrawal could have been missed', () => {
    const run = transcriptConsent.run({ withdrawn: held({}, false) });
    expect(() => run(of(callers.token.identity))).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }));
  });
});
