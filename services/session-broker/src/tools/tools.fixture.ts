import {
  Acted,
  type AgentTool,
  HoldToolCost,
  HttpTool,
  LendSecrets,
  lentContext,
  type Policy,
  ToolUsed,
} from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { readySealKey, sealTo } from '@vox/platform/crypto';
import type { EgressOutcome, EgressRequest } from '@vox/platform/egress';
import { redactor } from '@vox/platform/redaction-thread';
import { memoryDocuments } from '@vox/platform/store';
import { silentLog } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { crashingBus, someAgents, somePolicy, someWidgetKey } from '@vox/testing';
import type { z } from 'zod';
import { someSession } from '../calls/decide/session.fixture.ts';
import { sessionDocuments } from '../calls/keep/sessions.ts';
import { type ToolsOptions, toolsOf } from './command/tools-of.ts';
import type { ToolCall } from './decide/outcome.ts';
import type { ToolTry } from './decide/tool-try.ts';
import { toolMinuteDocuments } from './keep/tool-minutes.ts';
import { toolUseDocuments } from './keep/tool-uses.ts';

export const s1 = '00000000-0000-4000-8000-000000000001';
export const secretText = 'canary-secret-77d1';
export const findOrder = (over: object = {}, http: object = {}): HttpTool =>
  HttpTool.parse({
    kind: 'http_tool',
    name: 'find_order',
    description: 'Finds an order.',
    parameters: {
      type: 'object',
      properties: { number: { type: 'string', maxLength: 8 } },
      required: ['number'],
      additionalProperties: false,
    },
    http: {
      method: 'GET',
      urlTemplate: 'https://api.shop.com/orders/{{args.number}}',
      headers: { Authorization: 'Bearer {{secrets.SHOP_KEY}}' },
      ...http,
    },
    ...over,
  });

export const answerOf = (body: unknown, over: object = {}): EgressOutcome => ({
  ...{ kind: 'answered', status: 200, headers: { 'x-inner': 'header-canary' }, isCut: false },
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  ...over,
});

type FixtureOptions = Readonly<{
  tools?: readonly AgentTool[];
  copies?: number;
  bounds?: ToolsOptions['toolBounds'];
  policy?: Partial<Policy>;
  /** What the host of the tool does. */
  host?: (request: EgressRequest, nth: number) => Promise<EgressOutcome> | EgressOutcome;
  crash?: (point: string) => void;
  turn?: () => Promise<unknown>;
  /** How auth answers; left out, it lends every secret to the shop. */
  auth?: 'down' | 'unknown';
  /** Done while auth is asked. */
  lending?: () => unknown;
  quota?: (micros: number) => 'held' | 'exceeded' | 'unknown';
  /** How often a use that is under way looks whether its call goes on; left out, never. */
  repeat?: ToolsOptions['repeat'];
}>;

/** Tools in `copies` copies, on a bus and stores in memory, a clock that stands, and a host in the test's hand. */
export async function openTools(options: FixtureOptions = {}) {
  const { tools = [findOrder()], copies = 1, host = () => answerOf({ status: 'sent' }), crash, turn, quota } = options;
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const bus = memoryBus({ clock, retryMs: 1 });
  const policy = somePolicy(options.policy);
  const steps = { fault: (point: string) => crash?.(point), ...(turn && { turn }) };
  const sessions = memoryDocuments(sessionDocuments);
  const nowMs = clock.now().getTime();
  const identity = { kind: 'widget' as const, widgetKey: someWidgetKey, visitorId: 'v_AAAAAAAAAAAAAAAAAAAAAA' };
  const times = { grantedAtMs: nowMs, endsAtMs: nowMs + 900_000 };
  const session = someSession({ ...times, identity, address: undefined, agentSetId: policy.agentSetId });
  await sessions.update(s1, () => ({ result: undefined, state: session }));
  const [toolUses, toolMinutes] = [
    memoryDocuments(toolUseDocuments, steps),
    memoryDocuments(toolMinuteDocuments, steps),
  ];
  const [agent] = someAgents(policy);
  if (agent === undefined) throw new Error('no agent');
  const asked: EgressRequest[] = [];
  const lent: object[] = [];
  const held: string[] = [];
  if (options.auth !== 'down')
    await bus.answer(LendSecrets, async ({ publicKey, ...wanted }): Promise<z.infer<typeof LendSecrets.reply>> => {
      lent.push(wanted);
      await options.lending?.();
      if (options.auth === 'unknown') return { kind: 'refused', name: wanted.names[0] ?? '', why: 'unknown' } as const;
      const values = Object.fromEntries(wanted.names.map((name) => [name, secretText]));
      return { kind: 'lent', box: sealTo(publicKey, lentContext(wanted), JSON.stringify(values)) ?? '' } as const;
    });
  if (quota !== undefined)
    await bus.answer(HoldToolCost, async ({ useId, micros }): Promise<z.infer<typeof HoldToolCost.reply>> => {
      held.push(useId);
      const kind = quota(micros);
      const resetsAt = '2026-05-06T00:00:00.000Z';
      return kind === 'exceeded' ? ({ kind, period: 'day', measure: 'dollars', resetsAt } as const) : { kind };
    });
  const reading = redactor({ perCallMax: 8, waitingMax: 64, patienceMs: 5_000 });
  const warned: unknown[] = [];
  const open = () =>
    toolsOf({
      ...{ sessions, toolUses, toolMinutes, clock, redactor: reading },
      bus: crash === undefined ? bus : crashingBus(bus, () => crash('bus')),
      log: { ...silentLog, warn: (fields) => void warned.push(fields) },
      policies: { get: (tenantId) => (tenantId === 'acme' ? policy : undefined) },
      readAgent: async () => ({ ...agent, tools: [...tools] }),
      ...{ sealKey: readySealKey(Buffer.alloc(32, 7)), markKey: readySealKey(Buffer.alloc(32, 8)) },
      ...(options.bounds && { toolBounds: options.bounds }),
      repeat: options.repeat ?? (() => () => undefined),
      toolEgress: {
        async send(request) {
          asked.push(request);
          return host(request, asked.length);
        },
      },
    });
  const running = Array.from({ length: copies }, open);
  return {
    ...{ bus, clock, sessions, toolUses, toolMinutes, asked, lent, held, warned },
    use: (over: Partial<ToolCall> = {}, copy = 0) =>
      (running[copy] ?? open()).runTool({
        ...{ session: { tenantId: 'acme', sessionId: s1 }, name: 'find_order', args: { number: 'AB1' } },
        ...{ callId: 'call_1', via: 'browser', ...over },
      }),
    tryIt: (over: Partial<ToolTry> = {}, copy = 0) =>
      (running[copy] ?? open()).tryTool(
        { tenantId: 'acme', agentId: agent.agentId, name: 'find_order', args: { number: 'AB1' }, ...over },
        { actor: 'member:m_1', reason: 'a test' },
      ),
    acts: () =>
      bus
        .published()
        .flatMap(({ type, data }) => (type.startsWith(Acted.name) ? [data as Record<string, unknown>] : [])),
    sweep: () => (running[0] ?? open()).sweep(),
    forget: () => (running[0] ?? open()).forgetAnswers({ tenantId: 'acme', sessionIds: [s1] }),
    facts: () =>
      [...new Map(bus.published().map((fact) => [fact.id, fact])).values()].flatMap(({ type, data }) =>
        type.startsWith(ToolUsed.name) ? [data as Record<string, unknown>] : [],
      ),
    async close() {
      await reading.stop();
      await bus.close();
    },
  };
}
