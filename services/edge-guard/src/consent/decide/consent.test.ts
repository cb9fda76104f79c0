import { somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { type ConsentQuestion, missing, type ProvedReceipt } from './consent.ts';

const nowMs = Date.parse('2026-05-05T12:00:00.000Z');
const visitorId = 'v_0123456789abcdefghijkl';
const policy = somePolicy({
  consent: { disclosure: true, transcripts: true, version: '2', text: 'What you say is kept.' },
});
const receipt = (over: Partial<ProvedReceipt['says']> = {}, agoMs = 1_000): ProvedReceipt => ({
  at: new Date(nowMs - agoMs),
  says: {
    tenantId: 'acme',
    widgetKey: 'w_acme_site_0123456789abcdef',
    visitorId,
    purpose: 'transcripts',
    version: '2',
    textHash: 'transcripts',
    locale: 'en',
    method: 'click',
    given: true,
    ...over,
  },
});
const shown = receipt({ purpose: 'ai-disclosure', textHash: 'ai-disclosure' });
const question = (over: Partial<ConsentQuestion> = {}): ConsentQuestion => ({
  policy,
  visitorId,
  receipts: [receipt(), shown],
  withdrawal: undefined,
  hashOf: (purpose) => purpose,
  nowMs,
  ...over,
});

describe('what a visitor has yet to show', () => {
  it('is nothing when every demand is met, or nothing is demanded', () => {
    expect(missing(question())).toEqual([]);
    expect(missing(question({ policy: somePolicy(), receipts: [] }))).toEqual([]);
  });
  it('is each demand that is not met', () => {
    expect(missing(question({ receipts: [] }))).toEqual(['ai-disclosure', 'transcripts']);
    expect(missing(question({ receipts: [receipt()] }))).toEqual(['ai-disclosure']);
  });
  it.each([
    ['another visitor', receipt({ visitorId: 'v_another' })],
    ['another tenant', receipt({ tenantId: 'other' })],
    ['words of another version', receipt({ version: '1' })],
    ['other words of the same version', receipt({ textHash: 'changed' })],
    ['a no', receipt({ given: false })],
    ['another purpose', receipt({ purpose: 'ai-disclosure' })],
    ['a visit of long ago', receipt({}, 86_400_000)],
  ])('is not met by a receipt of %s', (_whose, other) => {
    expect(missing(question({ receipts: [other, shown] }))).toEqual(['transcripts']);
  });
  it('is demanded again of whoever took it back', () => {
    const withdrawal = { purposes: ['transcripts' as const], at: '', until: '' };
    expect(missing(question({ withdrawal }))).toEqual(['transcripts']);
  });
});
