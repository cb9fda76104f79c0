/** What is to be said of a deadline that is near (within `soonMs`) or past. */
export const lateness = (dueAtMs: number, nowMs: number, soonMs: number): 'in time' | 'due soon' | 'overdue' =>
  nowMs >= dueAtMs ? 'overdue' : nowMs >= dueAtMs - soonMs ? 'due soon' : 'in time';

/** When somebody must look at a deadline next. */
export const nextLookMs = (dueAtMs: number, nowMs: number, soonMs: number): number | undefined =>
  [dueAtMs - soonMs, dueAtMs].find((atMs) => atMs > nowMs);

/** Something with a deadline. Two of one moment stand by their ids, which are UUIDs. */
export type Due = Readonly<{ dueAtMs: number; id: string }>;

/** Where something stands in the order of deadlines. */
export const placeOf = ({ dueAtMs, id }: Due): string => `${dueAtMs}_${id}`;

export const byDue = (a: Due, b: Due): number => a.dueAtMs - b.dueAtMs || (a.id < b.id ? -1 : Number(a.id > b.id));

/** Whether something stands behind a place, in that order. Everything stands behind none. */
export function isBehind(due: Due, place: string | undefined): boolean {
  if (place === undefined) return true;
  const [dueAtMs = '', id = ''] = place.split('_');
  return byDue({ dueAtMs: Number(dueAtMs), id }, due) < 0;
}
