import { actionsOfChanges, type ChangeNotice, decideAccess, type Principal } from '@vox/contracts';

/** Whoever follows a tenant asks anew for all that it shows: the stream has begun, or too much changed to name. */
type Anew = Readonly<{ kind: 'anew'; why: 'begun' | 'many' }>;

/** What whoever follows the changes of a tenant hears. */
export type ChangeEvent = Anew | Readonly<{ kind: 'changed' } & ChangeNotice>;

export const begun: ChangeEvent = { kind: 'anew', why: 'begun' };

/** Whether somebody may know that something changed: whoever may not ask for it, may not. */
export const mayHear = (who: Principal, tenantId: string, { resource }: ChangeNotice, nowMs: number): boolean =>
  decideAccess(actionsOfChanges[resource], who, tenantId, nowMs) === 'allowed';

/** So many changes of a moment are named. */
export const namedMax = 20;

/** Each change once. */
export const withoutRepeats = (heard: readonly ChangeNotice[]): ChangeNotice[] => [
  ...new Map(heard.map((each) => [`${each.resource} ${each.change} ${each.id}`, each])).values(),
];

/** What is said of the changes of a moment: each once, or that there were too many to name. */
export function eventsOf(heard: readonly ChangeNotice[]): readonly ChangeEvent[] {
  const named = withoutRepeats(heard);
  if (named.length > namedMax) return [{ kind: 'anew', why: 'many' }];
  return named.map((notice) => ({ kind: 'changed', ...notice }));
}
