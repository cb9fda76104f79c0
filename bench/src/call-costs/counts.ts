import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { CallStream, type Consumer, consumers, type ServiceName, serviceNames, TranscriptStream } from '@vox/contracts';
import type { Stack } from '@vox/local/stack';
import { natsReach } from '@vox/platform/bus';

export type Deciding = Exclude<ServiceName, 'edge-guard'>;
type OfService<T> = Readonly<Record<Deciding, T>>;
type Documents = Readonly<Record<string, number>>;

/** What the stack has done since it started. */
export type Counts = Readonly<{
  atMs: number;
  /** Documents written, by collection. */
  documents: OfService<Documents>;
  /** Facts heard, without those that the audit log records. */
  deliveries: OfService<number>;
  facts: number;
  factBytes: number;
  words: number;
}>;

export type Counter = Readonly<{
  /** Resolves once every fact is heard, and says what was done until then. */
  settled: () => Promise<Counts>;
  close: () => Promise<void>;
}>;

const heard = Object.values<Consumer>(consumers);
const isAudit = ({ name }: Consumer): boolean => name.startsWith('compliance-audit');
export const deciding = serviceNames.filter((name): name is Deciding => name !== 'edge-guard');
const byService = <T>(of: (service: Deciding) => T): OfService<T> =>
  Object.fromEntries(deciding.map((service) => [service, of(service)])) as OfService<T>;

/** Counts what the processes of a stack do. They preload `count-here.ts` and write into the folder. */
export async function counterOf(stack: Stack, folder: string): Promise<Counter> {
  const { NATS_URL: server = '', NATS_NKEY_SEED: nkeySeed } = stack.operatorEnv;
  const connection = await connect({
    ...natsReach({ servers: [server], nkeySeed }),
    inboxPrefix: '_INBOX.operator',
  });
  const manager = await jetstreamManager(connection, { checkAPI: false });
  let asked = 0;

  async function writtenBy(service: Deciding): Promise<Documents> {
    const running = stack.services.find(({ name }) => name === service);
    running?.kill('SIGUSR2');
    const file = join(folder, `${running?.pid}.${asked}`);
    while (!existsSync(file)) await pause(10);
    const documents = JSON.parse(readFileSync(file, 'utf8')) as Documents;
    rmSync(file);
    return documents;
  }
  return {
    async settled() {
      while ((await unfinished(manager)) > 0) await pause(100);
      asked += 1;
      const written = await Promise.all(deciding.map(writtenBy));
      const infos = await Promise.all(heard.map(({ stream, name }) => manager.consumers.info(stream, name)));
      const heardBy = (service: Deciding): number =>
        infos.reduce((sum, { delivered }, at) => {
          const consumer = heard[at];
          if (consumer?.service !== service || isAudit(consumer)) return sum;
          return sum + delivered.consumer_seq;
        }, 0);
      const { state: calls } = await manager.streams.info(CallStream.name);
      const { state: words } = await manager.streams.info(TranscriptStream.name);
      return {
        atMs: performance.now(),
        documents: byService((service) => written[deciding.indexOf(service)] ?? {}),
        deliveries: byService(heardBy),
        ...{ facts: calls.last_seq, factBytes: calls.bytes, words: words.last_seq },
      };
    },
    close: () => connection.close(),
  };
}

async function unfinished(manager: JetStreamManager): Promise<number> {
  const infos = await Promise.all(heard.map(({ stream, name }) => manager.consumers.info(stream, name)));
  return infos.reduce((sum, { num_pending, num_ack_pending }) => sum + num_pending + num_ack_pending, 0);
}
