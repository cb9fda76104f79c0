import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faults } from '../faults.ts';
import { realtimeProtocol } from '../realtime/conversation.ts';
import type { TranscriptionUsage, TurnUsage } from '../realtime/usage.ts';
import { Settings, type Tuning, tuned } from '../settings.ts';
import { type Calls, callsOf } from './calls.ts';
import type { Event } from './protocol.ts';

const offer = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n';
const someTurn: TurnUsage = { textIn: 1, audioIn: 1, cachedIn: 0, textOut: 1, audioOut: 1 };
const injected = faults();

async function openCall(tuning: Tuning): Promise<{ calls: Calls; id: string; heard: Event[] }> {
  const conversation = tuned(0, someTurn, tuning);
  const calls = callsOf({
    now: () => new Date(0),
    faults: injected,
    settings: () => Settings.parse({ media: 'none' }),
    conversation: () => conversation,
  });
  const audio = { input: { transcription: { model: 'gpt-transcribe' } } };
  const session = { type: 'realtime' as const, model: 'gpt-realtime-2.1', audio };
  const { id } = await calls.begin({
    ...{ kind: 'realtime', mode: 'key', offer, model: session.model, safetyIdentifier: undefined },
    protocol: ({ expiresAt }) => realtimeProtocol({ session, expiresAt, conversation }),
  });
  const heard: Event[] = [];
  calls.find(id)?.attach({ say: (text) => void heard.push(JSON.parse(text)), close: () => undefined });
  return { calls, id, heard };
}
const asks = (times: number): Event[] => Array.from({ length: times }, () => ({ type: 'response.create' }));
const usagesOf = (heard: readonly Event[]) => ({
  responses: heard.flatMap(({ type, response }) =>
    type === 'response.done' ? [(response as { usage: unknown }).usage] : [],
  ),
  transcriptions: heard.flatMap(({ type, usage }) => (type.endsWith('transcription.completed') ? [usage] : [])),
});

const tokens = fc.nat({ max: 1_000_000 });
const turnUsage: fc.Arbitrary<TurnUsage> = fc.record(
  {
    ...{ textIn: tokens, audioIn: tokens, cachedIn: tokens, textOut: tokens, audioOut: tokens },
    ...{ imageIn: tokens, cachedAudioIn: tokens, cachedImageIn: tokens },
  },
  { requiredKeys: ['textIn', 'audioIn', 'cachedIn', 'textOut', 'audioOut'] },
);
const transcriptionUsage: fc.Arbitrary<TranscriptionUsage> = fc.oneof(
  fc.record({ type: fc.constant('tokens' as const), textIn: tokens, audioIn: tokens, textOut: tokens }),
  fc.record({ type: fc.constant('duration' as const), seconds: fc.double({ min: 0, max: 3_600, noNaN: true }) }),
);

describe('the books of the simulated provider', () => {
  it('say of each turn what its events said, whatever was used', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(turnUsage, { minLength: 1, maxLength: 5 }),
        fc.array(transcriptionUsage, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 12 }),
        async (turnUsages, transcriptionUsages, turns) => {
          const { calls, id, heard } = await openCall({ turnUsages, transcriptionUsages });
          calls.hearBrowser(id, asks(turns));
          const account = calls.books.of(id);
          expect({
            responses: account?.responses.map(({ usage }) => usage),
            transcriptions: account?.transcriptions.map(({ usage }) => usage),
          }).toEqual(usagesOf(heard));
          expect(account?.responses).toHaveLength(turns);
          await calls.endAll('simulator');
        },
      ),
    );
  });
  it('count each kind of token in the provider’s shape', async () => {
    const usage = { textIn: 100, audioIn: 50, imageIn: 30, cachedIn: 40, cachedAudioIn: 20, cachedImageIn: 10 };
    const { calls, id } = await openCall({ turnUsages: [{ ...usage, textOut: 5, audioOut: 7 }] });
    calls.hearBrowser(id, asks(1));
    expect(calls.books.of(id)?.responses[0]?.usage).toEqual({
      ...{ total_tokens: 192, input_tokens: 180, output_tokens: 12 },
      input_token_details: {
        ...{ text_tokens: 100, audio_tokens: 50, image_tokens: 30, cached_tokens: 70 },
        cached_tokens_details: { text_tokens: 40, audio_tokens: 20, image_tokens: 10 },
      },
      output_token_details: { text_tokens: 5, audio_tokens: 7 },
    });
  });
  it.each([
    ['twice', 'double'],
    ['in reverse', 'disorder'],
    ['not at all', 'silence'],
  ] as const)('bill each response once when its events come %s', async (_how, kind) => {
    const { calls, id, heard } = await openCall({});
    injected.arm({ kind }, 1, 'events');
    calls.hearBrowser(id, asks(1));
    const billed = calls.books.of(id);
    expect([billed?.responses.length, billed?.transcriptions.length]).toEqual([1, 1]);
    const done = heard.flatMap(({ type }, index) => (type === 'response.done' ? [index] : []));
    const begun = heard.findIndex(({ type }) => type === 'response.created');
    if (kind === 'double') expect(done).toHaveLength(2);
    if (kind === 'silence') expect(heard.map(({ type }) => type)).toEqual(['session.created']);
    if (kind === 'disorder') expect(begun).toBeGreaterThan(done[0] ?? Number.POSITIVE_INFINITY);
  });
  it('bill what a test sends, and nothing after the end', async () => {
    const { calls, id } = await openCall({});
    const done = (name: string, n: number): Event => ({ type: 'response.done', response: { id: name, usage: { n } } });
    expect(calls.emit(id, [done('resp_1', 1), done('resp_1', 9), done('resp_2', 2)])).toBe(true);
    await calls.end(id, 'hangup');
    expect(calls.emit(id, [done('resp_3', 3)])).toBe(false);
    expect(calls.books.of(id)?.responses).toEqual([
      { id: 'resp_1', usage: { n: 1 } },
      { id: 'resp_2', usage: { n: 2 } },
    ]);
  });
});
