import { faultCodes } from '@vox/platform/fault';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';

export type SmokeOrder = Readonly<{
  /** Where browsers reach edge-guard. */
  url: string;
  widgetKey: string;
  origin: string;
  requests: number;
  atOnce: number;
  /** An offer of a browser (SDP), where the tenant allows brokered calls alone. */
  offer?: string | undefined;
}>;

/** How it went with one visitor: `granted`, or the code of the refusal; and how long its session request took. */
export type SmokeTry = Readonly<{ outcome: string; ms: number; ended: boolean }>;

const timeoutMs = 30_000;
const proofMs = 20_000;
type Challenge = Parameters<typeof solveChallenge>[0]['challenge'];

const Boot = z.object({
  widgetSessionToken: z.string(),
  challenge: z.object({ kind: z.string(), challenge: z.unknown().optional() }).nullable().optional(),
});
const Granted = z.object({ sm_session_id: z.string(), session_token: z.string() });
const Refused = z.object({ code: z.string() });

type Answer = Readonly<{ ok: boolean; status: number; body: unknown }>;

function visitorOf({ url, origin }: SmokeOrder) {
  return async (path: string, body?: object, token?: string): Promise<Answer> => {
    const answer = await fetch(new URL(path, url), {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        origin,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => undefined) };
  };
}

/** The proof of work that a challenge asks for. Other kinds need a browser, and are left to the refusal. */
async function proofOf(asked: z.infer<typeof Boot>['challenge']): Promise<object> {
  if (asked?.kind !== 'proof-of-work') return {};
  const challenge = asked.challenge as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey, timeout: proofMs });
  const proof = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
  return { bot: { kind: asked.kind, proof } };
}

/** A code of ours, and nothing else that somebody answers. */
function codeOf({ status, body }: Answer): string {
  const { data } = Refused.safeParse(body);
  return faultCodes.find((code) => code === data?.code) ?? `HTTP ${status}`;
}

/** One visitor: opens the page, asks for a call, and ends it at once. */
async function visit(order: SmokeOrder): Promise<SmokeTry> {
  const ask = visitorOf(order);
  let startedMs = performance.now();
  const tookMs = (): number => performance.now() - startedMs;
  try {
    const page = await ask(`/api/public/widget/bootstrap?key=${encodeURIComponent(order.widgetKey)}`);
    const boot = Boot.safeParse(page.body);
    if (!page.ok || !boot.success) return { outcome: codeOf(page), ms: tookMs(), ended: true };
    const given = { ...(await proofOf(boot.data.challenge)), ...(order.offer !== undefined && { offer: order.offer }) };
    startedMs = performance.now();
    const answer = await ask('/api/session', given, boot.data.widgetSessionToken);
    const ms = tookMs();
    const granted = Granted.safeParse(answer.body);
    if (!answer.ok || !granted.success) return { outcome: codeOf(answer), ms, ended: true };
    const { sm_session_id, session_token } = granted.data;
    const end = await ask('/api/session/end', { sm_session_id }, session_token).catch(() => undefined);
    return { outcome: 'granted', ms, ended: end?.ok === true };
  } catch {
    return { outcome: 'no answer', ms: tookMs(), ended: true };
  }
}

/** So many visitors, a few at once. Each holds a place and a part of a budget only until its call was granted. */
export async function smoke(order: SmokeOrder): Promise<SmokeTry[]> {
  const tries: SmokeTry[] = [];
  let begun = 0;
  const turn = async (): Promise<void> => {
    while (begun < order.requests) {
      begun += 1;
      tries.push(await visit(order));
    }
  };
  await Promise.all(Array.from({ length: order.atOnce }, turn));
  return tries;
}

/** `refused` counts by code. The times, in milliseconds, are those of granted session requests; null without any. */
export type SmokeReport = Readonly<{
  requests: number;
  granted: number;
  refused: Readonly<Record<string, number>>;
  notEnded: number;
  p50Ms: number | null;
  p99Ms: number | null;
}>;

/** The value below which a share of the others lie (nearest rank). */
export function percentileOf(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return value === undefined ? null : Math.round(value);
}

export function smokeReport(tries: readonly SmokeTry[]): SmokeReport {
  const granted = tries.filter(({ outcome }) => outcome === 'granted');
  const refused: Record<string, number> = {};
  for (const { outcome } of tries) if (outcome !== 'granted') refused[outcome] = (refused[outcome] ?? 0) + 1;
  const times = granted.map(({ ms }) => ms);
  return {
    ...{ requests: tries.length, granted: granted.length, refused },
    notEnded: tries.filter(({ ended }) => !ended).length,
    ...{ p50Ms: percentileOf(times, 0.5), p99Ms: percentileOf(times, 0.99) },
  };
}
