/** What the server makes of the contracts when it starts (`console/src/facts.ts`). */
export type Facts = Readonly<{
  platform: string;
  /** Which roles may do an action. */
  roles: Readonly<Record<string, readonly string[]>>;
  /** By method and path, such as `GET /api/v1/policy`. */
  operations: Readonly<Record<string, Readonly<{ action: string; isOfPlatform: boolean }>>>;
  overrideDaysMax: number;
  /** From how many days on a secret is old. */
  agingDays: number;
  /** The scopes that somebody of a role may give to a machine. */
  scopes: Readonly<Record<string, readonly string[]>>;
  lists: Readonly<Record<FactList, readonly string[]>>;
}>;
export type FactList =
  | 'role'
  | 'identity'
  | 'environment'
  | 'keyState'
  | 'end'
  | 'limit'
  | 'privacyState'
  | 'privacyKind'
  | 'law'
  | 'identifier'
  | 'outcome'
  | 'webhookEvent'
  | 'delivery'
  | 'holdKind'
  | 'purpose'
  | 'method'
  | 'retentionClass'
  | 'retentionHolds'
  | 'incidentState'
  | 'incidentRisk'
  | 'incidentOutcome';
export const facts: Facts;
