import type { Fact, Identity, SessionGranted } from '@vox/contracts';
import type { CanonicalIdentifier } from '@vox/platform/identifiers';
import type { Vault } from '../../vault/mod.ts';
import type { KeptCall } from '../decide/call.ts';
import { type Calls, callKey } from '../keep/calls.ts';

export type KeepCall = Readonly<{ calls: Pick<Calls, 'decideOnce'>; vault: Pick<Vault, 'subjectOf'> }>;

/** Ids of ours are in their one form from their making. */
const identifierOf = (identity: Identity): CanonicalIdentifier =>
  identity.kind === 'widget' ? { kind: 'visitor', form: identity.visitorId } : { kind: 'user', form: identity.userId };

/** Keeps who a call is with and when it began: whatever else is heard of it names the session alone. */
export async function keepCall({ calls, vault }: KeepCall, data: Fact<typeof SessionGranted>['data']): Promise<void> {
  const { tenantId, sessionId, agentId, identity } = data;
  const { subjectId } = await vault.subjectOf(tenantId, identifierOf(identity));
  const born: KeptCall = {
    ...{ tenantId, sessionId, subjectId, agentId },
    startedAtMs: Date.parse(data.grantedAt),
    endedAtMs: null,
    endReason: null,
    used: null,
    kind: identity.kind,
    ...(identity.kind === 'widget' && { widgetKey: identity.widgetKey }),
  };
  await calls.decideOnce(callKey(tenantId, sessionId), { propose: () => born });
}
