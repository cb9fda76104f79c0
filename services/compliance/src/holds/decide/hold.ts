/**
 * What a legal hold keeps. A person is held by the keyed hashes of what it is known by, so that what comes later is
 * kept too. `unread` are those of them by which it was placed before identifiers were read: it keeps nobody who comes,
 * unless what was written happened to be in its one form.
 */
export type HoldScope =
  | Readonly<{ kind: 'tenant' }>
  | Readonly<{ kind: 'session'; sessionId: string }>
  | Readonly<{
      kind: 'person';
      indexes: readonly string[];
      subjectIds: readonly string[];
      unread?: readonly string[] | undefined;
    }>;

export type Hold = Readonly<{
  tenantId: string;
  holdId: string;
  scope: HoldScope;
  reason: string;
  placedBy: string;
  placedAtMs: number;
  releasedAtMs: number | null;
}>;

/** What somebody wants to remove: whose it is, and what the person is known by. */
export type HoldItem = Readonly<{
  sessionId?: string | undefined;
  subjectId?: string | undefined;
  indexes?: readonly string[] | undefined;
}>;

export const isInForce = ({ releasedAtMs }: Hold): boolean => releasedAtMs === null;

/** A hold that is released, once. By what it was placed before identifiers were read, nobody asks any more. */
export function released(hold: Hold, nowMs: number): Hold {
  const { unread: _, ...scope } = { unread: undefined, ...hold.scope };
  return { ...hold, scope, releasedAtMs: hold.releasedAtMs ?? nowMs };
}

/** The first hold in force that keeps an item, if there is one. */
export const heldBy = (holds: readonly Hold[], item: HoldItem): Hold | undefined =>
  holds.find((hold) => isInForce(hold) && covers(hold.scope, item));

function covers(scope: HoldScope, { sessionId, subjectId, indexes = [] }: HoldItem): boolean {
  switch (scope.kind) {
    case 'tenant':
      return true;
    case 'session':
      return scope.sessionId === sessionId;
    case 'person':
      return (
        (subjectId !== undefined && scope.subjectIds.includes(subjectId)) ||
        scope.indexes.some((index) => indexes.includes(index))
      );
  }
}

/** Whether a hold in force must know what a person is known by before it can say whether it keeps something. */
export const asksForPersons = (holds: readonly Hold[]): boolean =>
  holds.some((hold) => isInForce(hold) && hold.scope.kind === 'person');

/** The keyed hashes that a hold places on whoever is known by them. */
export const indexesOf = ({ scope }: Pick<Hold, 'scope'>): readonly string[] =>
  scope.kind === 'person' ? scope.indexes : [];

/** The keyed hashes that a hold was placed by before identifiers were read. */
export const unreadIndexesOf = ({ scope }: Pick<Hold, 'scope'>): readonly string[] =>
  scope.kind === 'person' ? (scope.unread ?? []) : [];
