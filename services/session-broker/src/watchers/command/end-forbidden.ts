import { type EndReason, mustEnd, type Policy, type Withdrawal } from '@vox/contracts';
import type { Replica } from '@vox/platform/bus';
import { withdrawalKey } from '@vox/platform/crypto';
import { type EndSessionDependencies, endInHand } from '../../calls/mod.ts';
import type { WatchedCall, Watches } from '../../watch/mod.ts';

type Current<T> = Pick<Replica<T>, 'get' | 'current'>;

export type EndForbiddenDependencies = EndSessionDependencies &
  Readonly<{
    watches: Pick<Watches, 'calls'>;
    policies: Current<Policy>;
    revoked: Current<unknown>;
    /** What visitors took back. */
    withdrawn: Readonly<{ get: (key: string) => Withdrawal | undefined }>;
  }>;

/**
 * What ends the calls that this copy watches and that may not go on: a suspension, a kill switch or the end of a key
 * has closed them, or their visitors have taken the consent to a transcript back since they began, where their tenants
 * say so. Each is hung up before the store is asked at all. A copy looks when it hears of a change, and again and
 * again: a call may come to it after that. The fact of a change ends the same calls, and those that nobody watches.
 */
export function forbiddenCallsEnder(dependencies: EndForbiddenDependencies): () => Promise<void> {
  const { watches } = dependencies;
  const ending = new Set<string>();
  return async () => {
    const over = watches.calls().flatMap((call) => {
      const reason = ending.has(call.sessionId) ? undefined : reasonOf(dependencies, call);
      return reason === undefined ? [] : [{ call, reason }];
    });
    await Promise.all(
      over.map(async ({ call, reason }) => {
        ending.add(call.sessionId);
        await endInHand(dependencies, call, reason).finally(() => ending.delete(call.sessionId));
      }),
    );
  };
}

/** Why a call may not go on, as far as this copy knows for certain. */
function reasonOf(
  { policies, revoked, withdrawn }: EndForbiddenDependencies,
  { tenantId, identity, sinceMs }: WatchedCall,
): EndReason | undefined {
  const policy = policies.get(tenantId);
  const closed = policies.current() && revoked.current() ? mustEnd(identity, policy, revoked) : undefined;
  if (closed !== undefined) return closed;
  if (identity.kind !== 'widget' || policy?.consent.endsCall !== true) return undefined;
  return isTakenBack(withdrawn.get(withdrawalKey(tenantId, identity.visitorId)), sinceMs) ? 'privacy' : undefined;
}

const isTakenBack = (withdrawal: Withdrawal | undefined, sinceMs: number): boolean =>
  withdrawal?.purposes.includes('transcripts') === true && Date.parse(withdrawal.at) >= sinceMs;
