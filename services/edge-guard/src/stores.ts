import type { Clock } from '@vox/platform/time';
import { degradingLimits } from './limits/keep/degrading-limits.ts';
import type { ForgettingLimits, Limits } from './limits/keep/limits.ts';
import { breaker, type OnDegraded } from './store/keep/breaker.ts';
import type { Claims } from './store/keep/claims.ts';
import { degradingClaims } from './store/keep/degrading-claims.ts';
import { degradingStates } from './transcripts/keep/degrading-states.ts';
import type { RedactionStates } from './transcripts/keep/redaction-states.ts';

/** What all copies share. */
export type Stores = Readonly<{ limits: ForgettingLimits; claims: Claims; redactionStates: RedactionStates }>;

type Asked = Pick<Stores, 'claims' | 'redactionStates'> & Readonly<{ limits: Limits }>;
type Own = Readonly<{ limits: Limits; claims: Claims }>;

/**
 * The stores, and this process alone as far as it may be while they do not answer. One failure counts for all of them:
 * they are one server.
 */
export function degrading(store: Asked, own: Own, copies: number, clock: Clock, onDegraded: OnDegraded): Asked {
  const orAlone = breaker(clock, onDegraded);
  return {
    limits: degradingLimits(store.limits, own.limits, copies, orAlone),
    claims: degradingClaims(store.claims, own.claims, orAlone),
    redactionStates: degradingStates(store.redactionStates, orAlone),
  };
}
