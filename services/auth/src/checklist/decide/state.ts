import {
  agingDays,
  type ChecklistFinding,
  type ChecklistItem,
  type ChecklistState,
  type Policy,
  type SaidValues,
  type WebhookEventType,
} from '@vox/contracts';

/** A key of a tenant that works, of either kind. */
export type CheckedKey = Readonly<{
  kind: 'widget key' | 'API key';
  environment: 'dev' | 'staging' | 'production';
  origins: readonly string[];
  ageDays: number;
  /** `null`: never, as far as that is known. */
  lastUsedMs: number | null;
  expires: boolean;
}>;

/** All of a tenant that the checklist looks at. It names no person. */
export type CheckedTenant = Readonly<{
  policy: Policy;
  keys: readonly CheckedKey[];
  /** Owners who have joined, each with whether they have a second factor. */
  owners: readonly Readonly<{ hasFactor: boolean }>[];
  /** What the endpoints that are enabled are told of. */
  told: readonly WebhookEventType[];
  nowMs: number;
}>;

export type Found = Readonly<{
  state: ChecklistState;
  finding: ChecklistFinding;
  found: string;
  /** What stands in the sentences of the row. */
  values: SaidValues;
}>;

/** One thing that should be so: what, why, how to put it right, and how it is. */
export type Check = Readonly<{
  item: ChecklistItem;
  what: string;
  why: string;
  how: string;
  judge: (tenant: CheckedTenant) => Found;
}>;

const is =
  (state: ChecklistState) =>
  (finding: ChecklistFinding, found: string, values: SaidValues = {}): Found => ({ state, finding, found, values });
export const done = is('done');
export const missing = is('missing');
export const advised = is('advised');

/** `3 widget keys`, `1 API key`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const agingMs = agingDays * 86_400_000;
/** A key that is old enough to have been used, and was not for as long. */
export const isUnused = ({ ageDays, lastUsedMs }: CheckedKey, nowMs: number): boolean =>
  ageDays >= agingDays && (lastUsedMs === null || nowMs - lastUsedMs >= agingMs);
