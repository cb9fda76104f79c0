import type { Amount, CallMode, Denial, Identity } from '@vox/contracts';
import { exceeding, larger, nothing, plus } from './amount.ts';
import type { Doubt } from './believable.ts';
import type { Reservation } from './budget.ts';
import type { Price } from './price.ts';

/** What was decided of one request, once; and for an admitted one, what its call has used so far. */
export type RequestRecord = Denied | Admitted;
export type Doubted = Readonly<{ why: Doubt; believed: Amount; claimed: Amount }>;
export type Denied = Readonly<{
  kind: 'denied';
  tenantId: string;
  /** Without the person. */
  identity: Identity;
  denial: Denial;
  decidedAtMs: number;
}>;
export type Admitted = Readonly<{
  kind: 'admitted';
  tenantId: string;
  /** Without the person. */
  identity: Identity;
  agentId: string;
  model: string;
  voice: string;
  /** Absent: a direct call. */
  mode?: CallMode | undefined;
  maxSeconds: number;
  budgetKey: string;
  /** What was held when the request was admitted. */
  reserved: Amount;
  /** What is held now, or what became of it. */
  reservation: Reservation;
  price: Price;
  /** Ids of the responses and utterances that were counted, so that a repeat counts once. */
  responseIds: readonly string[];
  /**
   * What reports say, as far as it is believed. Of a brokered call, what the provider counted of its responses and
   * utterances: the sum of amounts of which each was rounded up to a micro-dollar by itself.
   */
  reported: Amount;
  /** The part of `reported` that was counted of utterances. Another model wrote them down, at a price of its own. */
  transcribed?: Amount | undefined;
  /** The whole time that the provider has counted, where it bills by time: the largest total that it named. */
  countedSeconds?: number | undefined;
  /** What uses of tools cost, and their ids, so that a repeat counts once. */
  tools?: Readonly<{ ids: readonly string[]; micros: number }> | undefined;
  connectedSeconds: number;
  decidedAtMs: number;
  /** The most that instructions and tools can be, in tokens. */
  openingTokens?: number | undefined;
  /**
   * Quota knows its end, so it lasted `connectedSeconds`. A call that its lease settled can have lasted to its longest.
   */
  isOver?: boolean | undefined;
  /** What reports say beyond what is believed. It is booked only if the call is found to have lasted longer. */
  claimed?: Amount | undefined;
  /** What was left out when a report was not believed whole for the first time. Its call ends. */
  doubted?: Doubted | undefined;
  /** The part of what is settled that stands in the tenant's usage of its day. */
  counted?: Amount | undefined;
}>;

/** Whether the provider itself says what the call used, so that nothing its browser says is counted. */
export const isBrokered = ({ mode }: Admitted): boolean => mode === 'brokered';

/** Takes over what the budget counts for this session. A change of another hold, or an older one, changes nothing. */
export const withReservation = (record: Admitted, reservation: Reservation): Admitted =>
  reservation.root !== record.reservation.root || reservation.seq <= record.reservation.seq
    ? record
    : { ...record, reservation };

/** Takes over how much of what is settled is counted as usage. It only grows. */
export const withCounted = (record: Admitted, upTo: Amount): Admitted => {
  const before = record.counted ?? nothing;
  return exceeding(upTo, before) === undefined ? record : { ...record, counted: larger(before, upTo) };
};

/** Whether all that is settled is counted as usage. */
export const isCounted = ({ reservation: { settlement }, counted }: Admitted): boolean =>
  settlement === undefined || exceeding(settlement.settled, counted ?? nothing) === undefined;

/** The reservation that was decided for a session. A denied one has none. */
export const reservationOf = (record: RequestRecord | undefined): Reservation | undefined =>
  record?.kind === 'admitted' ? record.reservation : undefined;

/** Whether a record belongs to a tenant. To others it does not exist. */
export const isOfTenant = (record: RequestRecord | undefined, tenantId: string): record is RequestRecord =>
  record?.tenantId === tenantId;

/** One use of a tool, by its id, and what it costs. */
type ToolUse = Readonly<{ useId: string; micros: number }>;
const noTools = { ids: [], micros: 0 };

export const hasTool = ({ tools = noTools }: Admitted, { useId }: Pick<ToolUse, 'useId'>): boolean =>
  tools.ids.includes(useId);

/** The record with what one use of a tool costs. The same use again changes nothing. */
export function withTool(record: Admitted, use: ToolUse): Admitted {
  const { tools = noTools } = record;
  if (hasTool(record, use)) return record;
  return { ...record, tools: { ids: [...tools.ids, use.useId], micros: tools.micros + use.micros } };
}

/** The record without a use that no budget could hold, so that it was never run. */
export function withoutTool(record: Admitted, use: ToolUse): Admitted {
  const { tools = noTools } = record;
  if (!hasTool(record, use)) return record;
  return { ...record, tools: { ids: tools.ids.filter((id) => id !== use.useId), micros: tools.micros - use.micros } };
}

/** An amount with what the tools of a call cost. */
export const withTools = ({ tools }: Admitted, used: Amount): Amount =>
  tools === undefined ? used : plus(used, { tokens: 0, micros: tools.micros, seconds: 0 });
