import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { type Agent, HttpTool, LendSecrets } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { readySealKey } from '@vox/platform/crypto';
import { egress } from '@vox/platform/egress';
import { redactor } from '@vox/platform/redaction-thread';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import { toolsOf } from '@vox/session-broker/tools';
import { memoryStores } from '@vox/session-broker/twins';
import { someAgents, somePolicy, someWidgetKey } from '@vox/testing';
import { Agent as Dispatcher, request } from 'undici';

/** One use of a tool. */
export type Use = () => Promise<void>;

/** A call has a few uses of tools, and many calls go on at once. */
const calls = 1_000;
const order = { number: 'AB1' };
const secret = 'a-secret-of-the-bench';

const toolAt = (url: string): HttpTool =>
  HttpTool.parse({
    ...{ kind: 'http_tool', name: 'find_order', description: 'Finds an order.' },
    parameters: { type: 'object', properties: { number: { type: 'string' } }, required: ['number'] },
    http: {
      method: 'POST',
      urlTemplate: `${url}/orders/{{args.number}}`,
      headers: { Authorization: 'Bearer {{secrets.SHOP_KEY}}' },
      jsonBodyTemplate: { call: '{{session.callId}}' },
    },
    ui: { kind: 'card', fields: ['order.status'] },
  });

/** Auth, in a thread of its own. */
function lender(): (asked: object) => Promise<string> {
  const worker = new Worker(new URL('./lender.ts', import.meta.url));
  const waiting = new Map<number, (box: string) => void>();
  worker.on('message', ({ n, box }: { n: number; box: string }) => {
    waiting.get(n)?.(box);
    waiting.delete(n);
  });
  let last = 0;
  return (asked) =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      worker.postMessage({ n: last, asked, values: { SHOP_KEY: secret } });
    });
}

/** All that a use is: checked, claimed, counted, lent its secret, sent, redacted, kept and published. */
async function ours(url: string): Promise<Use> {
  const bus = memoryBus();
  const policy = somePolicy();
  const agent = { ...someAgents(policy)[0], tools: [toolAt(url)] } as Agent;
  const stores = memoryStores();
  const nowMs = Date.now();
  const sessionIds = Array.from({ length: calls }, () => randomUUID());
  for (const sessionId of sessionIds)
    await stores.sessions.update(sessionId, () => ({
      result: undefined,
      state: {
        ...{ kind: 'live', tenantId: 'acme', agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin' },
        identity: { kind: 'widget', widgetKey: someWidgetKey, visitorId: 'v_AAAAAAAAAAAAAAAAAAAAAA' },
        ...{ claim: 1, sealedIdentity: 'sealed', maxSeconds: 3_600, idleSeconds: 300, warned: false },
        ...{ grantedAtMs: nowMs, endsAtMs: nowMs + 3_600_000 },
      },
    }));
  const boxOf = lender();
  // The thread has begun once it answers.
  await boxOf({ tenantId: 'acme', names: ['SHOP_KEY'], host: 'none', publicKey: '' });
  await bus.answer(LendSecrets, async (asked) => ({ kind: 'lent' as const, box: await boxOf(asked) }));
  const { runTool } = toolsOf({
    ...{ ...stores, bus, clock: systemClock, log: silentLog },
    policies: { get: () => policy },
    readAgent: async () => agent,
    redactor: redactor({ perCallMax: 8, waitingMax: 256, patienceMs: 10_000 }),
    ...{ sealKey: readySealKey(Buffer.alloc(32, 1)), markKey: readySealKey(Buffer.alloc(32, 2)) },
    toolBounds: { perSession: 1_000, perMinute: 1_000_000 },
    toolEgress: egress({ ports: [443], allowLoopback: true }),
  });
  // Whoever hears a call hears of its end.
  const { signal } = new AbortController();
  let n = 0;
  return async () => {
    n += 1;
    const session = { tenantId: 'acme', sessionId: sessionIds[n % calls] ?? '' };
    const asked = { session, name: 'find_order', args: order, callId: `call_${n}` };
    const outcome = await runTool({ ...asked, via: 'provider', signal });
    if (outcome.kind !== 'done') throw new Error(`refused: ${outcome.code} ${outcome.reason}`);
  };
}

/** The same request by undici alone, over a line of its own each time, as ours is. */
async function bare(url: string): Promise<Use> {
  const dispatcher = new Dispatcher();
  let n = 0;
  return async () => {
    n += 1;
    const { body, statusCode } = await request(`${url}/orders/${order.number}`, {
      ...{ method: 'POST', dispatcher, reset: true, body: JSON.stringify({ call: `call_${n}` }) },
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    });
    await body.json();
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  };
}

export const sides = { ours, bare };
