import { describe, expect, it } from 'vitest';
import { admitted, afterwards, fact, id, type Kept, ledgerOf, nowMs, sound } from './ledger.fixture.ts';
import type { PublishedFact } from './ledger.ts';
import { reportOn } from './report.ts';

const price = {
  ...{ textIn: 4_000_000, textOut: 24_000_000, audioIn: 32_000_000, audioOut: 64_000_000 },
  ...{ cachedTextIn: 400_000, cachedAudioIn: 400_000 },
};
const usage = { textIn: 0, textOut: 0, audioIn: 0, audioOut: 0, cachedIn: 0 };
const metered = (name: string, counted: object, over: Partial<PublishedFact> = {}): PublishedFact =>
  fact('usage.metered', { connectedSeconds: 30, counted }, { id: `usage.metered:${id}:${name}`, ...over });
const response = (responseId: string, audioOut: number) =>
  metered(responseId, { kind: 'response', responseId, usage: { ...usage, audioOut } });
const utterance = metered('item_1', {
  ...{ kind: 'transcription', itemId: 'item_1', model: 'gpt-transcribe' },
  usage: { ...usage, audioIn: 40, textOut: 10 },
});

const amount = (tokens: number, micros: number) => ({ tokens, micros, seconds: 0 });
const provider = { price, responses: amount(150, 9_600), utterances: amount(50, 1_417), seconds: 0 };
const record = {
  ...{ ...admitted, closed: true },
  responseIds: ['r1', 'r2', 'utterance:item_1'],
  provider,
};
const counts = [response('r1', 100), response('r2', 50), utterance];
/** The sound ledger of a brokered call that is over. Its browser has reported too, which counts for nothing. */
const brokered: Kept = {
  ...afterwards,
  requests: [record],
  calls: [...afterwards.calls, ...counts],
};
const findings = async (broken: Partial<Kept>, of: Kept = brokered) =>
  (await reportOn(ledgerOf({ ...of, ...broken }))).findings;
const counted = (over: object) => ({ requests: [{ ...record, provider: { ...provider, ...over } }] });

describe('the reconciliation of a brokered call', () => {
  it('has no finding where quota counted what the provider said, whatever the browser reported', async () => {
    expect(await findings({})).toEqual([]);
    const again = { ...response('r1', 100), id: 'the same of another watch' };
    expect(await findings({ calls: [...brokered.calls, again] })).toEqual([]);
    const lie = fact('usage.reported', { responseId: 'lie' }, { id: 'lie' });
    expect(await findings({ calls: [...brokered.calls, lie] })).toEqual([]);
  });

  const notAll = `I4: ${id} was counted by the provider, and not all of that is counted here`;
  const differs = `I4: ${id} counts 150 tokens, 9600 micros, 50 tokens of words where the provider counted`;
  it.each<[string, Partial<Kept>]>([
    [notAll, { calls: [...brokered.calls, response('r3', 1)] }],
    [notAll, { requests: [{ ...record, responseIds: ['r1', 'r2'] }] }],
    [notAll, { calls: [...brokered.calls, metered('9', { kind: 'seconds', seconds: 9 })] }],
    [
      `I4: ${id} has a response that is counted twice`,
      { requests: [{ ...record, responseIds: ['r1', ...record.responseIds] }] },
    ],
    [
      `I4: ${id} counts what no fact speaks of`,
      { requests: [{ ...record, responseIds: [...record.responseIds, 'r9'] }] },
    ],
    [
      `${differs} 151 tokens, 9664 micros, 50 tokens of words`,
      { calls: [...afterwards.calls, response('r1', 101), response('r2', 50), utterance] },
    ],
    [`I4: ${id} counts 150 tokens, 9601 micros`, counted({ responses: amount(150, 9_601) })],
    [`I4: ${id} counts 150 tokens, 9600 micros, 49 tokens of words`, counted({ utterances: amount(49, 1_417) })],
  ])('has the finding “%s”', async (text, broken) => {
    const found = await findings(broken);
    expect(
      found.some((each) => each.startsWith(text)),
      found.join('\n'),
    ).toBe(true);
  });

  const extra = { ...record, responseIds: [...record.responseIds, 'r9'] };
  it('has no finding for a count that may still be under way', async () => {
    const living = { ...sound, requests: [{ ...extra, closed: false }], calls: [...sound.calls, ...counts] };
    expect(await findings({}, living)).toEqual([]);
    const young = brokered.calls.map((each) => ({ ...each, atMs: nowMs - 1_000 }));
    expect(await findings({ requests: [{ ...record, responseIds: [] }], calls: young })).toEqual([]);
  });

  it('has no finding for more than the facts say where the stream has lost the call’s beginning', async () => {
    const calls = brokered.calls.filter(({ type }) => type !== 'vox.session.requested.v1');
    expect(await findings({ requests: [extra], calls })).toEqual([]);
    expect(await findings({ requests: [extra], callsFromMs: nowMs })).toEqual([]);
  });

  it('accepts a dead letter as the effect of a count', async () => {
    const deadLetters = new Map([[`quota-meter vox.usage.metered.acme.${id}`, 'deliveries: used up']]);
    const report = await reportOn(ledgerOf({ ...brokered, requests: [{ ...record, responseIds: [] }], deadLetters }));
    expect(report).toMatchObject({ findings: [], notes: [expect.stringContaining('given up: quota-meter')] });
  });
});
