import { mailsWaiting } from '@vox/platform/telemetry';
import { type DeliverMailDependencies, deliverMail } from './command/deliver-mail.ts';
import type { Mails } from './keep.ts';

export type CourierDependencies = DeliverMailDependencies & Readonly<{ mails: Pick<Mails, 'due' | 'keys' | 'update'> }>;

export type Courier = Readonly<{
  /** Sends what is due, without waiting for it. */
  wake: () => void;
  /** Lets mails under way go out for a while, then cuts them off: another copy sends them again. */
  stop: () => Promise<void>;
}>;

const atOnceMax = 8;
const lastWordsMs = 4_000;
const countedMax = 1_000;

/** Sends what is in the queue, a few mails at once, beside everything else: a slow mail server holds nobody up. */
export function openCourier(dependencies: CourierDependencies): Courier {
  const { mails, clock, log } = dependencies;
  const underWay = new Map<string, Promise<void>>();
  const cut = new AbortController();
  let [isStopped, isWoken, isMore] = [false, false, false];
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    while (isWoken && !isStopped) {
      isWoken = false;
      // Those that have just begun may still look due, and one more than may begin shows that there are more.
      const due = await mails.due(clock.now().getTime(), atOnceMax + underWay.size + 1);
      const fresh = due.filter(({ key }) => !underWay.has(key));
      isMore = fresh.length > atOnceMax - underWay.size;
      for (const { key } of fresh.slice(0, atOnceMax - underWay.size)) begin(key);
    }
  }
  function begin(id: string): void {
    const sending = deliverMail(dependencies, id, cut.signal)
      .catch(complain)
      .finally(() => {
        underWay.delete(id);
        if (isMore) wake();
      });
    underWay.set(id, sending);
  }
  function wake(): void {
    isWoken = true;
    if (isStopped || looking !== undefined) return;
    looking = look()
      .catch(complain)
      .finally(() => {
        looking = undefined;
        // Woken between its last look and here.
        if (isWoken && !isStopped) wake();
      });
  }
  const complain = (error: unknown): void => log.warn({ error }, 'the courier failed and will try again');
  const unwatch = mailsWaiting.watch({}, async () => (await mails.keys(countedMax)).length);
  return {
    wake,
    async stop() {
      isStopped = true;
      unwatch();
      await looking;
      const last = setTimeout(() => cut.abort(), lastWordsMs);
      await Promise.all(underWay.values());
      clearTimeout(last);
    },
  };
}
