import { describe, expect, it } from 'vitest';
import { afterEvent, asked, isSilent, mayAsk, noAnswers } from './answers.ts';
import type { ProviderEvent } from './event.ts';

const created = (id: string) => ({ type: 'response.created', response: { id } });
const done = (id: string) => ({ type: 'response.done', response: { id } });
const after = (events: readonly ProviderEvent[], from = { ...noAnswers, isWanted: true }) =>
  events.reduce(afterEvent, from);

describe('an answer that is wanted of the agent', () => {
  it('is asked for once the one that goes on is over', () => {
    expect(mayAsk(after([created('r1')]))).toBe(false);
    expect(mayAsk(after([created('r1'), done('r1')]))).toBe(true);
  });
  it('is asked for once', () => {
    expect(mayAsk(asked(after([])))).toBe(false);
    expect(mayAsk(after([created('r1'), done('r1')], asked(after([]))))).toBe(false);
  });
  it('is asked for again when the provider was giving another one', () => {
    const error = { type: 'error', error: { code: 'conversation_already_has_active_response' } };
    const refused = after([error], asked(after([])));
    expect(mayAsk(refused)).toBe(false);
    expect(mayAsk(after([done('r1')], refused))).toBe(true);
  });
  it('waits for no answer that was over when its beginning was told, and for none of a connection before', () => {
    expect(mayAsk(after([done('r1'), created('r1')]))).toBe(true);
    expect(mayAsk(after([created('r1'), { type: 'session.created' }]))).toBe(true);
  });
  it('still waits when the end of an older answer is told twice', () => {
    expect(mayAsk(after([created('r1'), done('r1'), created('r2'), done('r1')]))).toBe(false);
  });
});

describe('an agent', () => {
  it('is silent once its answer is over and heard', () => {
    const still = { ...noAnswers };
    const speaks = [created('r1'), { type: 'output_audio_buffer.started' }, done('r1')];
    expect(isSilent(after(speaks, still))).toBe(false);
    for (const type of ['output_audio_buffer.stopped', 'output_audio_buffer.cleared'])
      expect(isSilent(after([...speaks, { type }], still))).toBe(true);
  });
});
