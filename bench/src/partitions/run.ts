import { setTimeout as pause } from 'node:timers/promises';
import { type ConsumerMessages, jetstream } from '@nats-io/jetstream';
import { connect, createInbox, headers } from '@nats-io/transport-node';
import { body, factsOfCall, pullsOf } from './streams.ts';

// One side of the bench in a process of its own: it publishes facts of calls, or hears all consumers of all parts.
/** What the parent asks for. `rest` ends the work that is under way. */
export type Asked = Readonly<{ what: 'publish' | 'hear'; partitions: number }> | 'rest' | 'count';
export type Counted = Readonly<{ done: number; failed: number; cpuMicros: number }>;

const inFlightMax = 1_024;
const bytes = new TextEncoder().encode(body);
const tenants = 1_000;
const [url = ''] = process.argv.slice(2);
const connection = await connect({ servers: [url], noAsyncTraces: true });
const client = jetstream(connection, { timeout: 5_000, checkAPI: false });
let [done, failed, next] = [0, 0, 0];
let isWorking = false;
let inFlight = 0;
const working: Promise<void>[] = [];
const heard: ConsumerMessages[] = [];

const inbox = createInbox();
let partitions = 1;
/** Without the client's own bookkeeping, so that the server is what ends first. A tenant always has the same part. */
function publishNext(): void {
  const n = next;
  next += 1;
  const tenant = Math.floor(n / factsOfCall.length) % tenants;
  const carried = headers();
  carried.set('content-type', 'application/cloudevents+json');
  carried.set('Nats-Msg-Id', String(n));
  const subject = `${factsOfCall[n % factsOfCall.length]}.${tenant % partitions}.t${tenant}.s${n}`;
  connection.publish(subject, bytes, { reply: inbox, headers: carried });
}
connection.subscribe(inbox, {
  callback(error, message) {
    inFlight -= 1;
    if (error !== null || message.string().includes('"error"')) failed += 1;
    else done += 1;
    if (!isWorking) return;
    publishNext();
    inFlight += 1;
  },
});

async function hear(): Promise<void> {
  for (const { stream, consumer } of pullsOf(partitions)) {
    const pull = await client.consumers.get(stream, consumer.name);
    const messages = await pull.consume({ max_messages: consumer.concurrency });
    heard.push(messages);
    working.push(
      (async () => {
        for await (const message of messages) {
          if (message.redelivered) failed += 1;
          message.ack();
          done += 1;
        }
      })(),
    );
  }
}

async function rest(): Promise<void> {
  isWorking = false;
  for (const messages of heard.splice(0)) messages.stop();
  await Promise.all(working.splice(0));
  while (inFlight > 0) await pause(10);
}

process.on('message', async (asked: Asked) => {
  if (asked === 'rest') await rest();
  else if (asked !== 'count') {
    isWorking = true;
    partitions = asked.partitions;
    if (asked.what === 'hear') await hear();
    else for (; inFlight < inFlightMax; inFlight += 1) publishNext();
  }
  const { user, system } = process.cpuUsage();
  process.send?.({ done, failed, cpuMicros: user + system } satisfies Counted);
});
process.send?.('ready');
