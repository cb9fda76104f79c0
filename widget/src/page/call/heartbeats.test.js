import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal } from '../api.js';
import { heartbeatsOf } from './heartbeats.js';

const server = vi.hoisted(() => ({ beats: 0, answer: /** @type {() => any} */ (() => ({})) }));
vi.mock('../api.js', async (original) => ({
  .../** @type {object} */ (await original()),
  async ask() {
    server.beats += 1;
    return server.answer();
  },
}));

describe('the heartbeats of a call', () => {
  /** @type {string[]} */
  let ends;
  /** @type {ReturnType<typeof heartbeatsOf>} */
  let heartbeats;
  beforeEach(() => {
    vi.useFakeTimers();
    server.beats = 0;
    server.answer = () => ({ session: { endsAt: new Date(Date.now() + 600_000).toISOString() } });
    ends = [];
    heartbeats = heartbeatsOf({
      grant: { sm_session_id: 's1', session_token: 't1', heartbeatSeconds: 45, transcripts: false },
      callId: () => undefined,
      isOver: () => ends.length > 0,
      endsAt: () => undefined,
      end: (_status, reason) => void ends.push(reason),
    });
  });
  afterEach(() => {
    heartbeats.stop();
    vi.useRealTimers();
  });

  it('come one at a time, also when several are asked for at once', async () => {
    await Promise.all([heartbeats.beat(), heartbeats.beat(), heartbeats.beat()]);
    expect(server.beats).toBe(3);
    await vi.advanceTimersByTimeAsync(45_000 * 4);
    expect(server.beats).toBe(3 + 4);
  });
  it('find the end of the call, and stop', async () => {
    await heartbeats.beat();
    server.answer = () => {
      throw new Refusal('no', { status: 403, code: 'SESSION_ENDED', reason: 'idle' });
    };
    await vi.advanceTimersByTimeAsync(45_000 * 4);
    expect(ends).toEqual(['idle']);
    expect(server.beats).toBe(2);
  });
});
