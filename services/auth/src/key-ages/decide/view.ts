import type { PolicyKey, WidgetKeyState } from '@vox/contracts';

export type KeyAges = Readonly<{ firstSeenMs: number; lastUsedMs: number | null }>;

const dayMs = 86_400_000;
const moment = (ms: number): string => new Date(ms).toISOString();

export function ageView({ createdAt }: Pick<PolicyKey, 'createdAt'>, known: KeyAges | undefined, nowMs: number) {
  const firstSeenMs = known?.firstSeenMs ?? nowMs;
  const fromMs = createdAt === null ? firstSeenMs : Date.parse(createdAt);
  const lastUsedMs = known?.lastUsedMs ?? null;
  return {
    createdAt,
    firstSeenAt: moment(Math.max(0, Math.min(firstSeenMs, nowMs))),
    ageDays: Math.max(0, Math.floor((nowMs - fromMs) / dayMs)),
    lastUsedAt: lastUsedMs === null ? null : moment(lastUsedMs),
  };
}

export function stateOf({ revokedAt, expiresAt, halted }: PolicyKey, nowMs: number): WidgetKeyState {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt !== null && Date.parse(expiresAt) <= nowMs) return 'expired';
  if (halted) return 'halted';
  return expiresAt === null ? 'active' : 'expiring';
}

type Listed = Readonly<{
  environment?: PolicyKey['environment'] | undefined;
  state?: WidgetKeyState | undefined;
  after?: string | undefined;
  limit: number;
}>;

/** One page of keys in the order of their names, and where the next begins. */
export function pageOf(keys: readonly PolicyKey[], { environment, state, after, limit }: Listed, nowMs: number) {
  const wanted = keys
    .filter((each) => environment === undefined || each.environment === environment)
    .filter((each) => state === undefined || stateOf(each, nowMs) === state)
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = wanted.slice(0, limit);
  return { page, next: wanted.length > limit ? (page.at(-1)?.key ?? null) : null };
}
