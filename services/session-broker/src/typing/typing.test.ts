import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderFailure, type SidebandListener } from '../provider/mod.ts';
import { sayTyped } from './command.ts';
import { afterEvent, begunTurn, isOver, isSaid, type TypedTurn } from './decide.ts';

const placed = { type: 'conversation.item.added', item: { id: 'mine' } };
const busy = { type: 'error', error: { code: 'conversation_already_has_active_response', event_id: 'mine-answer' } };
const refused = (event_id: string) => ({ type: 'error', error: { code: 'invalid_value', event_id } });
const types = (sends: readonly object[]) => sends.map((each) => (each as { type: string }).type);
/** What is sent after each event, and how the turn ends. */
function told(...events: Readonly<{ type: string } & Record<string, unknown>>[]) {
  let { turn } = begunTurn('mine', 'Hello');
  const sent = events.map((event) => {
    const step = afterEvent(turn, event);
    turn = step.turn;
    return types(step.sends);
  });
  return { sent, stage: turn.stage };
}

describe('words that a visitor types', () => {
  it('interrupt the agent, stand in the conversation as the visitor’s, and then ask for an answer', () => {
    expect(types(begunTurn('mine', 'Hello').sends)).toEqual([
      ...['response.cancel', 'output_audio_buffer.clear', 'conversation.item.create'],
    ]);
    const nothingToCancel = { type: 'error', error: { code: 'response_cancel_not_active' } };
    expect(told(nothingToCancel, { ...placed, item: { id: 'other' } }, placed, { type: 'response.created' })).toEqual({
      sent: [[], [], ['response.create'], []],
      stage: 'done',
    });
  });
  it('ask again once the answer is over that the provider still gave', () => {
    expect(told(placed, busy, { type: 'response.created' }, { type: 'response.done' })).toEqual({
      sent: [['response.create'], [], [], ['response.create']],
      stage: 'asking',
    });
  });
  it('are refused where the provider does not take them, and are said where it only gives no answer', () => {
    expect(told(refused('mine')).stage).toBe('refused');
    expect(told(placed, refused('mine-answer')).stage).toBe('done');
  });
  it('ask for one answer at a time, whatever the provider sends, and for none before they stand there', () => {
    const event = fc.constantFrom(
      ...[placed, busy, refused('mine'), refused('mine-answer'), { type: 'response.created' }],
      ...[{ type: 'response.done' }, { type: 'error' }, { type: 'conversation.item.created', item: null }],
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        let turn: TypedTurn = begunTurn('mine', 'Hello').turn;
        let open = 0;
        for (const each of events) {
          const before = turn;
          const step = afterEvent(turn, each);
          turn = step.turn;
          if (before.stage === 'asking' && turn.stage !== 'asking') open -= 1;
          open += step.sends.length;
          expect(open).toBe(turn.stage === 'asking' ? 1 : 0);
          if (isOver(before)) expect([turn, step.sends]).toEqual([before, []]);
          if (isSaid(before)) expect(isSaid(turn)).toBe(true);
        }
      }),
    );
  });
});

describe('a call that a visitor types into', () => {
  const live = { kind: 'live', tenantId: 'acme', mode: 'brokered', callId: 'rtc_1' };
  const bounds = { openMs: 1, turnMs: 1 };
  /** A provider that sends these events once the words have come. */
  function says(events: readonly object[], adapter = 'openai-realtime') {
    const sent: unknown[] = [];
    let isClosed = false;
    const openSideband = async (callId: string, { onEvent }: SidebandListener) => ({
      send(event: object) {
        sent.push([callId, (event as { type: string }).type]);
        if (sent.length === 3) for (const each of events) onEvent(JSON.stringify(each));
      },
      close: () => {
        isClosed = true;
      },
    });
    const providers = { of: () => ({ profile: { adapter }, openSideband }) };
    const typed = (session: object | undefined, tenantId = 'acme') =>
      sayTyped({ sessions: { read: async () => session }, providers, itemId: () => 'mine', bounds } as never, {
        ...{ tenantId, sessionId: 's1', text: 'Hello' },
      });
    return { typed, sent, isClosed: () => isClosed };
  }

  it('says the words over a connection of its own, which it closes', async () => {
    const { typed, sent, isClosed } = says([placed, { type: 'response.created' }]);
    await typed(live);
    expect(sent).toEqual([
      ...['response.cancel', 'output_audio_buffer.clear', 'conversation.item.create', 'response.create'].map((type) => [
        ...['rtc_1', type],
      ]),
    ]);
    expect(isClosed()).toBe(true);
  });
  it('says so when the provider did not take the words, or not in time', async () => {
    for (const events of [[refused('mine')], []])
      await expect(says(events).typed(live)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    const gone = async () => {
      throw new ProviderFailure('gone', { status: 404 });
    };
    const providers = { of: () => ({ profile: { adapter: 'openai-realtime' }, openSideband: gone }) };
    const dependencies = { sessions: { read: async () => live }, providers, itemId: () => 'mine', bounds } as never;
    await expect(sayTyped(dependencies, { tenantId: 'acme', sessionId: 's1', text: 'x' })).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
  });
  it.each([
    ['there is none', undefined, 'acme', 'NOT_FOUND'],
    ['it is another tenant’s', live, 'other', 'NOT_FOUND'],
    ['it was denied', { ...live, kind: 'denied' }, 'acme', 'NOT_FOUND'],
    ['it has ended', { ...live, kind: 'ended', reason: 'idle' }, 'acme', 'SESSION_ENDED'],
    ['it is direct', { ...live, mode: undefined }, 'acme', 'INVALID_REQUEST'],
    ['nobody made it yet', { ...live, callId: undefined }, 'acme', 'INVALID_REQUEST'],
  ])('refuses the words where %s, and sends nothing', async (_where, session, tenantId, code) => {
    const { typed, sent } = says([placed]);
    await expect(typed(session, tenantId)).rejects.toMatchObject({ code });
    expect(sent).toEqual([]);
  });
  it('of a Live model refuses the words', async () => {
    const { typed, sent } = says([placed], 'openai-live');
    await expect(typed(live)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(sent).toEqual([]);
  });
});
