import { bindInstruments } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { expect, it, onTestFinished } from 'vitest';
import { newRequest, type PrivacyRequest } from '../decide/privacy-request.ts';
import { privacyRequestDocuments } from '../keep/privacy-requests.ts';
import { watchDeadlines } from './watch-deadlines.ts';

type Observed = (result: { observe: (value: number, labels: { state: string }) => void }) => Promise<void>;
const gauges = new Map<string, Observed>();
bindInstruments({
  createCounter: () => ({ add: () => undefined }),
  createHistogram: () => ({ record: () => undefined }),
  createObservableGauge: (name: string) => ({ addCallback: (read: Observed) => void gauges.set(name, read) }),
} as unknown as Parameters<typeof bindInstruments>[0]);

async function shown(what: 'open' | 'overdue'): Promise<Record<string, number>> {
  const values: Record<string, number> = {};
  await gauges.get(`vox.privacy_requests.${what}`)?.({
    observe(value, { state }) {
      values[state] = value;
    },
  });
  return values;
}

const opened = (dueAtMs: number, over: Partial<PrivacyRequest> = {}): PrivacyRequest => ({
  ...newRequest({
    ...{ tenantId: 'acme', requestId: crypto.randomUUID(), kind: 'erase', law: 'gdpr', actor: 'a', reason: 'r' },
    ...{ receivedAtMs: 0, dueAtMs, sealedWhose: null, nextMs: 0 },
  }),
  ...over,
});

it('persons’ requests are shown as open and as overdue, those that a hold blocks apart', async () => {
  const clock = stoppedClock('2026-05-01T12:00:00.000Z');
  const nowMs = clock.now().getTime();
  const requests = [opened(nowMs + 60_000), opened(nowMs - 1), opened(nowMs - 1, { holdId: crypto.randomUUID() })];
  const privacyRequests = {
    tagged: async (tag: string) =>
      requests
        .filter((state) => privacyRequestDocuments.tags?.(state).includes(tag))
        .map((state) => ({ key: state.requestId, state })),
  };
  const stop = watchDeadlines({ privacyRequests, clock });
  onTestFinished(stop);
  expect([await shown('open'), await shown('overdue')]).toEqual([
    { working: 2, blocked: 1 },
    { working: 1, blocked: 1 },
  ]);
  clock.advanceMs(60_000);
  expect(await shown('overdue')).toEqual({ working: 2, blocked: 1 });
  stop();
  expect(await shown('open')).toEqual({});
});
