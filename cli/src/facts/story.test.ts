import type { AuditEntry, Fact } from '@vox/contracts';
import type { Told } from '@vox/platform/bus';
import { describe, expect, it } from 'vitest';
import { plain } from '../text/paint.ts';
import { type Sources, storyOf } from './story.ts';
import { storyText } from './story-text.ts';
import { told } from './told.fixture.ts';

const id = '6f9619ff-8b86-4d11-b42d-00c04fc964ff';
const visitorId = 'v_CanaryCanaryCanary0001';
const identity = { kind: 'widget', widgetKey: 'w_acme_site_0123456789abcdef', visitorId };
const of = (name: string, second: number, source: string, data: object = {}): Told => {
  const fact = { id: `${name}:${id}`, source, data: { tenantId: 'acme', sessionId: id, ...data } } as unknown as Fact;
  return told({ name: `vox.${name}`, second, sessionId: id, fact });
};
const nothing: Sources = { id, tenantId: 'acme', told: [], shown: undefined, entries: [] };
const requested = of('session.requested', 0, 'edge-guard', { identity });
const admitted = of('session.admitted', 1, 'quota', { maxSeconds: 900 });
const granted = of('session.granted', 2, 'session-broker', { agentId: 'guide' });
const ended = of('session.ended', 44, 'session-broker', { reason: 'client', connectedSeconds: 42 });
const entry = {
  ...{ tenantId: 'acme', sequence: 7, factId: 'act:1', time: '2026-05-05T13:00:00.000Z', actor: 'member:m_ann' },
  ...{ action: 'transcript.read', target: `session:${id}`, outcome: 'done', reason: 'complaint 7' },
} as AuditEntry;

describe('the story of a call', () => {
  it('says who checked what, who decided after what time, what happened since, and who looked at it', () => {
    const story = storyOf({ ...nothing, told: [requested, admitted, granted, ended], entries: [entry] });
    expect(story).toMatchObject({
      state: 'ended',
      decision: { outcome: 'granted', by: 'session-broker', reason: null, tookMs: 2_000 },
      checks: [
        { by: 'edge-guard', result: 'passed' },
        { by: 'quota', result: 'passed' },
        { by: 'session-broker', result: 'passed' },
      ],
    });
    expect(story.events.map(({ what, afterMs }) => [what, afterMs])).toEqual([
      ['session.requested', 0],
      ['session.admitted', 1_000],
      ['session.granted', 2_000],
      ['session.ended', 44_000],
      ['transcript.read', 3_600_000],
    ]);
    const text = storyText(story, plain);
    expect(text).toMatch(
      /^Call 6f9619ff-\S+ of acme is over\.\nDecision: granted by session-broker, 2000 ms after it was/,
    );
    expect(text).toMatch(/\+60 min {2}member:m_ann .*transcript\.read .*reason=complaint 7\n$/);
    expect(text).not.toContain(visitorId);
  });
  it('of a denial names the service, the reason and the limit, and what nobody checked any more', () => {
    const byQuota = { by: 'quota', denial: { reason: 'quota', scope: 'tokens' } };
    const story = storyOf({ ...nothing, told: [requested, of('session.denied', 1, 'quota', byQuota)] });
    expect(story.decision).toEqual({ outcome: 'denied', by: 'quota', reason: 'quota (tokens)', tookMs: 1_000 });
    expect(story.checks.map(({ result }) => result)).toEqual(['passed', 'refused', 'not-reached']);
    expect(storyText(story, plain)).toMatch(/quota +refused +tenant, agent, model, budget: quota \(tokens\)/);
  });
  it('takes from the records of compliance what the streams have forgotten, and tells nothing twice', () => {
    const at = '2026-05-05T12:00:00.000Z';
    const shown = {
      ...{ tenantId: 'acme', sessionId: id, state: 'ended', lastSeenAt: null, traceId: null },
      transcriptMessages: 3,
      timeline: [
        { at, what: 'granted', details: { agentId: 'guide' } },
        { at, what: 'consent', details: { purpose: 'transcripts' } },
      ],
    } as Sources['shown'];
    const whats = (facts: readonly Told[]) =>
      storyOf({ ...nothing, told: facts, shown }).events.map(({ what }) => what);
    expect(whats([])).toEqual(['session.granted', 'consent']);
    expect(whats([granted]).sort()).toEqual(['consent', 'session.granted']);
    expect(storyText(storyOf({ ...nothing, shown }), plain)).toContain('Transcript: 3 messages are kept.');
  });
  it('of what is no call tells what is known, without a decision', () => {
    const text = storyText(storyOf({ ...nothing, id: 'r1', entries: [entry] }), plain);
    expect(text).toMatch(/^r1 of acme\n\nWhat happened:\n/);
  });
});
