import {
  type Consumer,
  type DeadLetter,
  encodeFact,
  type Fact,
  type FactKind,
  factKinds,
  subjectNameOf,
} from '@vox/contracts';
import type { Clock } from '../../time/mod.ts';
import { factOf } from '../archive.ts';
import { backOffMs } from '../back-off.ts';
import type { Delivery, Facts, Outcome } from '../bus.ts';
import { deadLetterOf } from '../dead-letter.ts';
import { isHeardBy, isHeld } from '../filters.ts';
import { judge } from '../judge.ts';
import { sending } from '../trace.ts';
import type { Held, Kept } from './archive.ts';
import { type Durable, type DurableState, newDurable, type Worker } from './durable.ts';
import { letterBox } from './letters.ts';
import { listenForSilence } from './silence.ts';

export type MemoryFactsOptions = Readonly<{
  clock: Clock;
  retryMs: number;
  dedupeWindowMs: number;
  /** Every delivery passes through here, so that a property test can control the order. */
  schedule: (deliver: () => Promise<void>) => void;
  onStored?: (message: Kept) => void;
  onThrow: (error: unknown) => void;
}>;

type Message = Kept & Readonly<{ replyTo?: string | undefined }>;
export type MemoryConsumption = Readonly<{ stop: () => Promise<void>; kill: () => void }>;

/** The twin of JetStream: at least once, durable positions, copies that share, back-off, dead letters. */
export function memoryFacts(options: MemoryFactsOptions) {
  let log: Message[] = [];
  let sequence = 0;
  const seen = new Map<string, number>();
  const durables = new Map<string, Durable>();
  const box = letterBox();

  function replayFor({ replayMaxMs = Number.POSITIVE_INFINITY, ...consumer }: Consumer): Message[] {
    const fromMs = options.clock.now().getTime() - replayMaxMs;
    return log.filter(({ subjectName, storedAtMs }) => storedAtMs >= fromMs && isHeardBy(consumer, subjectName));
  }

  function store(subjectName: string, bytes: Uint8Array, replyTo?: string): void {
    if (!isHeld(subjectName)) throw new Error(`no stream holds ${subjectName}`);
    sequence += 1;
    const message = { sequence, subjectName, bytes, storedAtMs: options.clock.now().getTime(), replyTo };
    log.push(message);
    options.onStored?.(message);
    for (const durable of durables.values()) if (isHeardBy(durable.consumer, subjectName)) deliver(durable, message, 1);
  }

  function deliver(durable: Durable, message: Message, deliveries: number): void {
    durable.open.set(message.sequence, message.storedAtMs);
    options.schedule(() => {
      const worker = pick(durable);
      if (worker === undefined) {
        durable.parked.push(() => deliver(durable, message, deliveries));
        return Promise.resolve();
      }
      const work = attempt(durable, worker, message, deliveries).finally(() => durable.waiting.delete(work));
      durable.waiting.add(work);
      return work;
    });
  }

  function pick(durable: Durable): Worker | undefined {
    const alive = durable.workers.filter((worker) => !worker.dead);
    durable.next += 1;
    return alive[durable.next % alive.length];
  }

  async function attempt(durable: Durable, worker: Worker, message: Message, deliveries: number): Promise<void> {
    const { consumer } = durable;
    let settled = false;
    const again = (afterMs: number, counts = true): void => {
      if (settled) return;
      settled = true;
      if (counts && deliveries >= consumer.maxDeliveries) {
        giveUp(durable, message, deliveries, 'deliveries: used up');
        return;
      }
      const timer = setTimeout(() => {
        durable.timers.delete(timer);
        deliver(durable, message, deliveries + 1);
      }, afterMs);
      durable.timers.add(timer);
    };
    const stopListening = listenForSilence({
      ackWaitMs: consumer.ackWaitMs,
      isDead: () => worker.dead,
      timers: durable.timers,
      onSilence: () => again(0),
    });
    const delivery = { deliveries, replyTo: message.replyTo };
    const outcome = await judge(consumer, worker.handle, message.bytes, delivery, options.onThrow);
    stopListening();
    // A killed worker answers nothing: its message goes to another copy.
    if (worker.dead) return again(0);
    if (outcome === 'retry' || outcome === 'wait')
      return again(backOffMs(deliveries, options.retryMs, consumer.backOffMaxMs), outcome === 'retry');
    if (settled) return;
    settled = true;
    if (outcome === 'ack') durable.open.delete(message.sequence);
    else giveUp(durable, message, deliveries, outcome.reject);
  }

  function giveUp({ consumer, open }: Durable, message: Message, deliveries: number, cause: string): void {
    open.delete(message.sequence);
    box.put(deadLetterOf(consumer, message, deliveries, cause, options.clock.now()));
  }

  const facts: Facts = {
    publish(kind, fact, { replyTo } = {}) {
      return sending(kind, fact, async (traced) => {
        const now = options.clock.now().getTime();
        const before = seen.get(fact.id);
        if (before !== undefined && now - before < options.dedupeWindowMs) return { duplicate: true };
        seen.set(fact.id, now);
        store(subjectNameOf(kind, fact), encodeFact(traced), replyTo);
        return { duplicate: false };
      });
    },
    async consume<K extends FactKind>(
      consumer: Consumer<K>,
      handle: (fact: Fact<K>, delivery: Delivery) => Promise<Outcome>,
    ): Promise<MemoryConsumption> {
      const known = durables.get(consumer.name);
      const durable = known ?? newDurable(consumer);
      durables.set(consumer.name, durable);
      const worker: Worker = { handle: handle as Worker['handle'], dead: false };
      durable.workers.push(worker);
      if (known === undefined) for (const message of replayFor(consumer)) deliver(durable, message, 1);
      for (const wake of durable.parked.splice(0)) wake();
      const leave = (): void => {
        durable.workers = durable.workers.filter((each) => each !== worker);
      };
      return {
        async stop() {
          leave();
          await Promise.all(durable.waiting);
        },
        kill() {
          worker.dead = true;
          leave();
        },
      };
    },
  };

  const held: Held = {
    messages: () => log,
    erase(isWanted) {
      const before = log.length;
      log = log.filter((each) => !isWanted(each.subjectName));
      return before - log.length + box.erase(({ subjectName }) => isWanted(subjectName));
    },
  };

  return {
    facts,
    held,
    box,
    durables: (): ReadonlyMap<string, DurableState> => durables,
    inject: (subjectName: string, bytes: Uint8Array) => store(subjectName, bytes),
    deadLetters: (): readonly DeadLetter[] => [...box.all().values()],
    published: (): readonly Fact[] => log.flatMap(({ bytes }) => factOf(factKinds, bytes) ?? []),
    /** Work under way and deliveries to come. */
    busy: (): boolean => [...durables.values()].some(({ waiting, timers }) => waiting.size > 0 || timers.size > 0),
    async close(): Promise<void> {
      for (const durable of durables.values()) {
        durable.workers = [];
        for (const timer of durable.timers) clearTimeout(timer);
        await Promise.all(durable.waiting);
        for (const timer of durable.timers) clearTimeout(timer);
      }
    },
  };
}
