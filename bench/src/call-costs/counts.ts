import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { CallStream, type Consumer, consumers, type ServiceName, serviceNames, TranscriptStream } from '@vox/contracts';
import type { Stack } from '@vox/local/stack';
import { natsReach } from '@vox/platform/bus';

/** What the stack has done since it started. */
export type Counts = Readonly<{
  atMs: number;
  /** Processor time of each service, over all its processes. */
  cpuMs: Readonly<Record<ServiceName, number>>;
  documents: Readonly<Record<string, number>>;
  facts: number;
  factBytes: number;
  words: number;
  deliveries: number;
}>;

export type Counter = Readonly<{
  /** Resolves once every fact is heard, and says what was done until then. */
  settled: () => Promise<Counts>;
  close: () => Promise<void>;
}>;

type OfProcess = Readonly<{ cpuMs: number; documents: Readonly<Record<string, number>> }>;
const heard = Object.values<Consumer>(consumers);

/** Waits until a process has written its counts: a file may be seen before it is whole. */
async function written(file: string): Promise<OfProcess> {
  for (;;) {
    await pause(10);
    if (!existsSync(file)) continue;
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as OfProcess;
    } catch {}
  }
}

/** Counts what the processes of a stack do. They preload `count-here.ts` and write into the folder. */
export async function counterOf(stack: Stack, folder: string): Promise<Counter> {
  const { NATS_URL: server = '', NATS_NKEY_SEED: nkeySeed } = stack.operatorEnv;
  const connection = await connect({
    ...natsReach({ servers: [server], nkeySeed }),
    inboxPrefix: '_INBOX.operator',
  });
  const manager = await jetstreamManager(connection, { checkAPI: false });
  let asked = 0;

  async function processes(): Promise<readonly (OfProcess & { service: ServiceName })[]> {
    asked += 1;
    return Promise.all(
      stack.services.map(async (running) => {
        running.kill('SIGUSR2');
        const file = join(folder, `${running.pid}.${asked}`);
        const counts = await written(file);
        rmSync(file);
        const service = serviceNames.find((name) => running.name.startsWith(name));
        if (service === undefined) throw new RangeError(`${running.name} is no service`);
        return { ...counts, service };
      }),
    );
  }
  return {
    async settled() {
      while ((await unfinished(manager)) > 0) await pause(100);
      const all = await processes();
      const documents: Record<string, number> = {};
      for (const one of all)
        for (const [name, count] of Object.entries(one.documents)) documents[name] = (documents[name] ?? 0) + count;
      const cpuOf = (service: ServiceName): number =>
        all.reduce((sum, one) => sum + (one.service === service ? one.cpuMs : 0), 0);
      const calls = (await manager.streams.info(CallStream.name)).state;
      const words = (await manager.streams.info(TranscriptStream.name)).state;
      const infos = await Promise.all(heard.map(({ stream, name }) => manager.consumers.info(stream, name)));
      return {
        atMs: performance.now(),
        cpuMs: Object.fromEntries(serviceNames.map((name) => [name, cpuOf(name)])) as Counts['cpuMs'],
        documents,
        facts: calls.last_seq,
        factBytes: calls.bytes,
        words: words.last_seq,
        deliveries: infos.reduce((sum, { delivered }) => sum + delivered.consumer_seq, 0),
      };
    },
    close: () => connection.close(),
  };
}

async function unfinished(manager: JetStreamManager): Promise<number> {
  const infos = await Promise.all(heard.map(({ stream, name }) => manager.consumers.info(stream, name)));
  return infos.reduce((sum, { num_pending, num_ack_pending }) => sum + num_pending + num_ack_pending, 0);
}
