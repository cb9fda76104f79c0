import { randomUUID } from 'node:crypto';
import { CreateWidgetKey, PutTenant } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import type { Stack } from '@vox/local/stack';
import { eventually } from '@vox/testing';

type Body = Record<string, never>;
export type Answer = Readonly<{
  path: string;
  status: number;
  headers: Headers;
  body: Body;
  sentMs: number;
  /** When it came. */
  at: string;
}>;

const origin = 'https://shop.example';
let addresses = 0;
/** An unused address from the block for benchmarks (RFC 2544). */
export const newAddress = (): string => {
  addresses += 1;
  return `198.18.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`;
};

/** Many shops are opened at once, on a store that is slow. */
const patient = { timeoutMs: 10_000 };

/** Limits of one person or address that no test reaches unless it lowers one. */
const many = {
  openSessionsPerPerson: 100,
  openSessionsPerAddress: 10_000,
  startsPerAddress: 60_000,
  startsPerPerson: 6_000,
};

/** Makes a new tenant on the stack, and visitors of its page. */
export async function shopOn(
  stack: Pick<Stack, 'url' | 'operator'> & Readonly<{ doors?: readonly string[] }>,
  limits: object = {},
  bot: object = { mode: 'off', whenUnavailable: 'deny' },
  over: object = {},
) {
  const tenantId = `t-${randomUUID().slice(0, 8)}`;
  const draft = {
    ...demoDraft,
    tenantId,
    bot,
    ...over,
    limits: { widget: { ...many, ...limits }, console: {} },
  };
  await stack.operator.ask(PutTenant, { draft, actor: 'test' }, patient);
  const { widgetKey } = await stack.operator.ask(
    CreateWidgetKey,
    {
      tenantId,
      label: 'page',
      origins: [origin],
      actor: 'test',
    },
    patient,
  );

  const doors = stack.doors ?? [stack.url];
  // A door hears of a new tenant a moment later than the operator; on a busy machine that moment is longer.
  for (const door of doors) {
    const { bootstrap } = visitorsOf([door], tenantId, widgetKey);
    await eventually(async () => {
      // It refuses with 503 while it waits for a dependency, whether or not it knows the tenant.
      if ([401, 503].includes((await bootstrap()).status)) throw new Error('the door does not know the tenant yet');
    });
  }
  return visitorsOf(doors, tenantId, widgetKey);
}
export type Shop = ReturnType<typeof visitorsOf>;

/** Visitors of a tenant's page. Each request goes to the next door. */
function visitorsOf(doors: readonly string[], tenantId: string, widgetKey: string) {
  let sent = 0;
  async function send(path: string, init: RequestInit, from = newAddress()): Promise<Answer> {
    const started = performance.now();
    const door = doors[sent % doors.length];
    sent += 1;
    const headers = { 'x-forwarded-for': from, origin, ...(init.headers as object) };
    const response = await fetch(`${door}${path}`, { ...init, headers });
    const body = (await response.json()) as Body;
    const sentMs = performance.now() - started;
    return { path, status: response.status, headers: response.headers, body, sentMs, at: new Date().toISOString() };
  }
  const post = (path: string, body: unknown, headers: Record<string, string> = {}, from?: string) =>
    send(
      path,
      { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) },
      from,
    );
  const bearer = (token: unknown) => ({ authorization: `Bearer ${String(token)}` });
  return {
    tenantId,
    widgetKey,
    post,
    bearer,
    bootstrap: (from?: string, headers: Record<string, string> = {}) =>
      send(`/api/public/widget/bootstrap?key=${widgetKey}`, { headers }, from),
    /** Requests a call as a new visitor. */
    start: (headers: Record<string, string> = {}, from?: string) => post('/api/session', { widgetKey }, headers, from),
    say: (path: string, granted: Answer, body: object = {}) =>
      post(path, { sm_session_id: granted.body.sm_session_id, ...body }, bearer(granted.body.session_token)),
    /** Visitors of the same page at another door. */
    at: (other: string) => visitorsOf([other], tenantId, widgetKey),
  };
}
