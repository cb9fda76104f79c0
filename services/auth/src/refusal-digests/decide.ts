/** What the edge refused of a tenant in a week, in one of several documents. Each fact counts once. */
export type RefusalPart = Readonly<{
  tenantId: string;
  week: string;
  byCode: Readonly<Record<string, number>>;
  /** Short hashes of the ids of facts that were counted. */
  seen: readonly string[];
}>;

/** A week of a tenant: it is counted, then summed once, then told. */
export type Digest = Readonly<{
  tenantId: string;
  week: string;
  state: 'counting' | 'summed' | 'told';
  byCode: Readonly<Record<string, number>>;
}>;

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
/** What happened at the end of a week may be heard a little later. */
const lateMs = dayMs / 2;
/** Longer than the stream keeps a refusal. */
const keptMs = 40 * dayMs;

/** The ISO 8601 week of a moment: it begins on Monday, and belongs to the year of its Thursday. */
export function weekOf(ms: number): string {
  const thursdayMs = mondayOf(ms) + 3 * dayMs;
  const year = new Date(thursdayMs).getUTCFullYear();
  const week = Math.floor((thursdayMs - Date.UTC(year, 0, 1)) / weekMs) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** From when to when a week lasts. Its first day is the Monday of the week that holds 4 January and those after it. */
export function spanOf(week: string): { fromMs: number; toMs: number } {
  const [year = '', number = ''] = week.split('-W');
  const fromMs = mondayOf(Date.UTC(Number(year), 0, 4)) + (Number(number) - 1) * weekMs;
  return { fromMs, toMs: fromMs + weekMs };
}

// 1 January 1970 was a Thursday.
const mondayOf = (ms: number): number => Math.floor((ms + 3 * dayMs) / weekMs) * weekMs - 3 * dayMs;

export const partDueAtMs = ({ week }: RefusalPart): number => spanOf(week).toMs + keptMs;

export function digestDueAtMs({ week, state }: Digest): number {
  const { toMs } = spanOf(week);
  return state === 'told' ? toMs + keptMs : toMs + lateMs;
}

type Refused = Readonly<{ id: string; code: string; count: number }>;

/** The part with one more fact, or the same part where the fact is counted. */
export const withRefusals = (part: RefusalPart, { id, code, count }: Refused): RefusalPart =>
  part.seen.includes(id)
    ? part
    : {
        ...part,
        byCode: { ...part.byCode, [code]: (part.byCode[code] ?? 0) + count },
        seen: [...part.seen, id],
      };

export function summed(digest: Digest, parts: readonly RefusalPart[]): Digest {
  const byCode: Record<string, number> = {};
  for (const part of parts)
    for (const [code, count] of Object.entries(part.byCode)) byCode[code] = (byCode[code] ?? 0) + count;
  return { ...digest, state: 'summed', byCode };
}

/** What is told of a week. */
export type WeekTold = Readonly<{
  tenantId: string;
  week: string;
  fromMs: number;
  toMs: number;
  toldAtMs: number;
  total: number;
  byCode: Readonly<Record<string, number>>;
}>;

/** What there is to tell of a week, or nothing where nobody was refused. Asked again, it is the same to the moment. */
export function toldOf(digest: Digest): WeekTold | undefined {
  const { tenantId, week, byCode } = digest;
  const total = Object.values(byCode).reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  return { tenantId, week, ...spanOf(week), toldAtMs: digestDueAtMs({ ...digest, state: 'summed' }), total, byCode };
}
