import type { Acting, ActOutcome, Fact, streams } from '@vox/contracts';

/** Who did what to what, why, and whether it was done: what an auditor reads of an entry. */
export type Act = Readonly<{
  actor: string;
  action: string;
  target: string;
  reason: string | null;
  outcome: ActOutcome;
  requestId: string | null;
}>;

export type Kinds = (typeof streams)[number]['kinds'][number];
type Named<N extends Kinds['name']> = Fact<Extract<Kinds, { name: N }>>;
/** How a fact reads as an act; `unrecorded` for a fact that must not stand in the log, with the reason beside it. */
export type Projections = { [N in Kinds['name']]: ((fact: Named<N>) => Act) | 'unrecorded' };

const done = 'done';
/** An act of a service itself. */
export const self = ({ source }: Fact, action: string, target: string, over: Partial<Act> = {}): Act => ({
  actor: `service:${source}`,
  action,
  target,
  reason: null,
  outcome: done,
  requestId: null,
  ...over,
});
/** An act that somebody asked for. */
export const asked = ({ actor, reason, requestId }: Acting, action: string, target: string): Act => ({
  actor,
  action,
  target,
  reason: reason ?? null,
  outcome: done,
  requestId: requestId ?? null,
});
