import { randomUUID } from 'node:crypto';
import { TranscriptAppended, type Withdrawal } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { withdrawalKey } from '@vox/platform/crypto';
import { redactor } from '@vox/platform/redaction-thread';
import { silentLog } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { somePolicy, someWidgetKey } from '@vox/testing';
import { describe, expect, it, vi } from 'vitest';
import type { WatchedCall } from '../decide/call.ts';
import { wordsOf } from './keep-words.ts';

const visitorId = `v_${'A'.repeat(22)}`;
const call: WatchedCall = {
  ...{ tenantId: 'acme', sessionId: randomUUID(), provider: 'openai', callId: 'rtc_1', agentId: 'guide' },
  ...{ sinceMs: 0, isWhole: true },
  identity: { kind: 'widget', widgetKey: someWidgetKey, visitorId },
};
const utterance = (id: string, text: string) => ({ utterances: [{ id, role: 'user' as const, text, atMs: 1 }] });

function opened({ days = 90, withdrawn = new Map<string, Withdrawal>() } = {}) {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const bus = memoryBus({ clock });
  const link = { isCurrent: true, isUp: true };
  const publish: typeof bus.publish = (...given) =>
    link.isUp ? bus.publish(...given) : Promise.reject(new Error('down'));
  const policy = somePolicy({ retention: { ...somePolicy().retention, transcripts: days } });
  const dependencies = {
    ...{ bus: { publish, signal: bus.signal }, clock, log: silentLog, policies: { get: () => policy } },
    withdrawn: { get: (key: string) => withdrawn.get(key), current: () => link.isCurrent },
    redactor: redactor({ perCallMax: 8, waitingMax: 64, patienceMs: 10_000 }),
  };
  const said = () =>
    bus
      .published()
      .filter(({ type }) => type.startsWith(TranscriptAppended.name))
      .map(({ data }) => (data as { text: string }).text);
  return { words: wordsOf(dependencies, call, new AbortController().signal), said, link, withdrawn };
}

describe('the words of a brokered call', () => {
  it('are kept in their order, each once it can be, while the bus does not answer and withdrawals may be missed', async () => {
    const { words, said, link } = opened();
    Object.assign(link, { isUp: false, isCurrent: false });
    for (const n of [1, 2, 3]) words.take(utterance(`i${n}`, `Word ${n}.`));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(said()).toEqual([]);
    link.isCurrent = true;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(said()).toEqual([]);
    link.isUp = true;
    await vi.waitFor(() => expect(said()).toEqual(['Word 1.', 'Word 2.', 'Word 3.']), { timeout: 5_000 });
  });
  it('are not kept any more once the visitor took its consent back', async () => {
    const { words, said, withdrawn } = opened();
    words.take(utterance('i1', 'Before.'));
    await vi.waitFor(() => expect(said()).toEqual(['Before.']));
    withdrawn.set(withdrawalKey('acme', visitorId), { purposes: ['transcripts'], at: '', until: '' });
    words.take(utterance('i2', 'After.'));
    await words.finish(false);
    expect(said()).toEqual(['Before.']);
  });
  it('are not kept where the tenant keeps none', async () => {
    const { words, said } = opened({ days: 0 });
    words.take(utterance('i1', 'Nothing.'));
    await words.finish(true);
    expect(said()).toEqual([]);
  });
  it('are cut where a card is split over what is said one after the other', async () => {
    const { words, said } = opened();
    for (const [n, text] of ['My card is 4111 1111', '1111 1111, thank you.'].entries())
      words.take(utterance(`i${n}`, text));
    await words.finish(false);
    expect(said().join(' ')).not.toMatch(/\d{4}/);
  });
});
