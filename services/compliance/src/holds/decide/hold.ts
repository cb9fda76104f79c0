/** What a legal hold keeps. A person is told by the keyed hashes of what it is known by, so that what comes later is kept too. */
export type Scope =
  | Readonly<{ kind: 'tenant' }>
  | Readonly<{ kind: 'session'; sessionId: string }>
  | Readonly<{ kind: 'person'; indexes: readonly string[]; subjectIds: readonly string[] }>;

export type Hold = Readonly<{
  tenantId: string;
  holdId: string;
  scope: Scope;
  reason: string;
  placedBy: string;
  placedAtMs: number;
  releasedAtMs: number | null;
}>;

/** What somebody wants to remove: whose it is, and what the person is known by. */
export type Held = Readonly<{
  sessionId?: string | undefined;
  subjectId?: string | undefined;
  indexes?: readonly string[] | undefined;
}>;

export const isInForce = ({ releasedAtMs }: Hold): boolean => releasedAtMs === null;

/** The first hold in force that keeps it, if there is one. */
export const heldBy = (holds: readonly Hold[], item: Held): Hold | undefined =>
  holds.find((hold) => isInForce(hold) && covers(hold.scope, item));

function covers(scope: Scope, { sessionId, subjectId, indexes = [] }: Held): boolean {
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

/** Whether a hold in force must know what a person is known by before it can say. */
export const asksForPersons = (holds: readonly Hold[]): boolean =>
  holds.some((hold) => isInForce(hold) && hold.scope.kind === 'person');
