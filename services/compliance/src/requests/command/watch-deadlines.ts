import { privacyOpen, privacyOverdue } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { lateness } from '../decide/deadline.ts';
import type { PrivacyRequest } from '../decide/privacy-request.ts';
import { openTag, type PrivacyRequests } from '../keep/privacy-requests.ts';

const countedMax = 1_000;
/** A term is counted in days, and a store is not asked at every scrape. */
const lookEveryMs = 15_000;
const states = ['working', 'blocked'] as const;

export type WatchDeadlines = Readonly<{ privacyRequests: Pick<PrivacyRequests, 'tagged'>; clock: Clock }>;

/** Shows how many persons' requests are open, and how many of them are late. Returns a function that ends it. */
export function watchDeadlines({ privacyRequests, clock }: WatchDeadlines): () => void {
  let asked: Readonly<{ atMs: number; open: Promise<PrivacyRequest[]> }> | undefined;
  async function open(): Promise<PrivacyRequest[]> {
    return (await privacyRequests.tagged(openTag, countedMax)).map(({ state }) => state);
  }
  function lookedAt(): Promise<PrivacyRequest[]> {
    const atMs = clock.now().getTime();
    if (asked === undefined || atMs - asked.atMs >= lookEveryMs) {
      const now = { atMs, open: open() };
      asked = now;
      // What failed is asked for again at the next scrape.
      now.open.catch(() => {
        if (asked === now) asked = undefined;
      });
    }
    return asked.open;
  }
  const isLate = ({ dueAtMs }: PrivacyRequest): boolean => lateness(dueAtMs, clock.now().getTime()) === 'overdue';
  const unwatch = states.flatMap((state) => {
    const mine = async () =>
      (await lookedAt()).filter(({ holdId }) => (holdId === null ? 'working' : 'blocked') === state);
    return [
      privacyOpen.watch({ state }, async () => (await mine()).length),
      privacyOverdue.watch({ state }, async () => (await mine()).filter(isLate).length),
    ];
  });
  return () => {
    for (const each of unwatch) each();
  };
}
