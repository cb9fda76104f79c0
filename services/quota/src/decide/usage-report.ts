import type { IdentityKind, UsageAnswered, UsageAsked, UsageBy, UsageRow } from '@vox/contracts';
import type { PlaceUsage } from './usage-day.ts';

/** The usage of one kind and one day, as it is kept. */
export type KeptUsage = Readonly<{ kind: IdentityKind; day: string; places: readonly PlaceUsage[] }>;

type Used = UsageAnswered['totals'];
const none: Used = { sessions: 0, seconds: 0, tokens: 0, micros: 0 };
const sum = (a: Used, b: Used): Used => ({
  sessions: a.sessions + b.sessions,
  seconds: a.seconds + b.seconds,
  tokens: a.tokens + b.tokens,
  micros: a.micros + b.micros,
});

/** Groups what was used as the question asks, and answers one page of it, with the totals of all pages. */
export function usageReport(kept: readonly KeptUsage[], asked: UsageAsked): UsageAnswered {
  const groups = new Map<string, UsageRow>();
  let totals = none;
  for (const { kind, day, places } of kept)
    for (const usage of places) {
      if (!isMeant(usage, asked)) continue;
      const used = { sessions: usage.sessions, ...usage.amount };
      totals = sum(totals, used);
      const row = { kind, ...nameIn(asked.by, day, usage) };
      const name = nameOf(row);
      groups.set(name, { ...row, ...sum(groups.get(name) ?? none, used) });
    }
  // A name stays in its place while others are counted, so a cursor passes over nothing that was there.
  const names = [...groups.keys()].sort().filter((name) => asked.cursor === undefined || name > asked.cursor);
  const page = names.slice(0, asked.limit);
  return {
    rows: page.flatMap((name) => groups.get(name) ?? []),
    totals,
    next: names.length > page.length ? (page.at(-1) ?? null) : null,
  };
}

const isMeant = ({ place }: PlaceUsage, { agentId, widgetKey, model }: UsageAsked): boolean =>
  (agentId === undefined || place?.agentId === agentId) &&
  (widgetKey === undefined || place?.widgetKey === widgetKey) &&
  (model === undefined || place?.model === model);

type Name = Pick<UsageRow, 'day' | 'agentId' | 'widgetKey' | 'model' | 'isOthers'>;

function nameIn(by: UsageBy, day: string, { place }: PlaceUsage): Name {
  if (by === 'day') return { day, isOthers: false };
  if (place === undefined) return { isOthers: true };
  if (by === 'agent') return { agentId: place.agentId, isOthers: false };
  if (by === 'model') return { model: place.model, isOthers: false };
  return { ...(place.widgetKey !== undefined && { widgetKey: place.widgetKey }), isOthers: false };
}

/** Others stand behind all that have a name. */
const nameOf = ({ kind, day, agentId, widgetKey, model, isOthers }: Name & Pick<UsageRow, 'kind'>): string =>
  isOthers ? `~ ${kind}` : `${day ?? agentId ?? widgetKey ?? model ?? ''} ${kind}`;
