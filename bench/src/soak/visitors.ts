import { setTimeout as pause } from 'node:timers/promises';
import { CreateWidgetKey, PutTenant } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import type { Stack } from '@vox/local/stack';
import type { Timed } from './steady.ts';

const origin = 'https://shop.example';
const shops = 20;
const wide = {
  openSessions: 10_000,
  sessionStartsPerMinute: 6_000,
  tokensPerDay: 10_000_000_000,
  microsPerDay: 100_000_000_000,
};

export type Observed = Readonly<{
  /** Times of answers by what was asked. */
  times: ReadonlyMap<string, readonly Timed[]>;
  /** Unexpected answers, counted by what was asked and by status. */
  surprises: ReadonlyMap<string, number>;
}>;

/** Makes tenants with wide limits. Answers their widget keys. */
export async function openShops({ operator }: Pick<Stack, 'operator'>): Promise<string[]> {
  const keys: string[] = [];
  for (let n = 0; n < shops; n += 1) {
    const tenantId = `soak-${n}`;
    const limits = { widget: wide, console: {} };
    const draft = { ...demoDraft, tenantId, bot: { mode: 'off', whenUnavailable: 'deny' } as const, limits };
    await operator.ask(PutTenant, { draft, actor: 'soak' });
    const key = { tenantId, label: 'page', origins: [origin], actor: 'soak' };
    keys.push((await operator.ask(CreateWidgetKey, key)).widgetKey);
  }
  return keys;
}

/** Visitors who come at a steady pace, whatever became of those before: an open loop. */
export function visitorsAt(door: string, widgetKeys: readonly string[]) {
  const times = new Map<string, Timed[]>();
  const surprises = new Map<string, number>();
  let visitor = 0;

  async function ask(what: string, wanted: number, path: string, init: RequestInit): Promise<Record<string, unknown>> {
    const started = performance.now();
    const response = await fetch(door + path, init).catch(() => undefined);
    const body = (await response?.json().catch(() => ({}))) as Record<string, unknown> | undefined;
    const known = times.get(what) ?? [];
    times.set(what, known);
    known.push({ atMs: Date.now(), sentMs: performance.now() - started });
    if (response?.status !== wanted) {
      const surprise = `${what}: ${response?.status ?? 'no answer'} ${String(body?.code ?? '')}`;
      surprises.set(surprise, (surprises.get(surprise) ?? 0) + 1);
    }
    return response?.status === wanted ? (body ?? {}) : {};
  }
  const post = (from: string, body: object, headers: Record<string, string> = {}): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, 'x-forwarded-for': from, ...headers },
    body: JSON.stringify(body),
  });

  /**
   * One visitor looks at a page, speaks and hangs up. Every tenth comes from a forbidden page; every fifth vanishes.
   */
  async function visit(): Promise<void> {
    visitor += 1;
    const number = visitor;
    const widgetKey = widgetKeys[number % widgetKeys.length] ?? '';
    const from = `198.${18 + ((number >> 16) & 1)}.${(number >> 8) & 255}.${number & 255}`;
    await ask('bootstrap', 200, `/api/public/widget/bootstrap?key=${widgetKey}`, {
      headers: { origin, 'x-forwarded-for': from },
    });
    if (number % 10 === 0) {
      await ask('refused', 403, '/api/session', post(from, { widgetKey }, { origin: 'https://elsewhere.example' }));
      return;
    }
    const granted = await ask('start', 200, '/api/session', post(from, { widgetKey }));
    if (granted.session_token === undefined || number % 5 === 0) return;
    const say = (what: string, path: string, body: object) =>
      ask(
        what,
        200,
        path,
        post(
          from,
          { sm_session_id: granted.sm_session_id, ...body },
          { authorization: `Bearer ${granted.session_token}` },
        ),
      );
    for (let turn = 0; turn < 3; turn += 1) {
      await say('heartbeat', '/api/heartbeat', {});
      const used = { text_in: 5, text_out: 5, audio_in: 50, audio_out: 100 };
      await say('usage', '/api/usage/report', { responseId: `r${turn}`, ...used });
      await pause(3_000);
    }
    await say('end', '/api/session/end', {});
  }

  return {
    observed: { times, surprises } satisfies Observed,
    /** Brings `perSecond` visitors a second until a moment. Resolves once the last of them has gone. */
    async come(perSecond: number, untilMs: number): Promise<void> {
      const here = new Set<Promise<void>>();
      const startedMs = Date.now();
      for (let n = 0; Date.now() < untilMs; n += 1) {
        const dueMs = startedMs + (n * 1_000) / perSecond;
        if (dueMs > Date.now()) await pause(dueMs - Date.now());
        const one = visit().finally(() => here.delete(one));
        here.add(one);
      }
      await Promise.all(here);
    },
  };
}
