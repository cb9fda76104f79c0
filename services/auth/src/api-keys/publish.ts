import {
  ApiKeyCreated,
  ApiKeyRevoked,
  ApiKeyRotated,
  makeFact,
  RevocationDocument,
  revocationKey,
  scopesInFact,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { ApiKeyEntry, ApiKeyRing } from './decide/ring.ts';

/** Publishes one change of a tenant's keys. That a key is dead comes before its fact. */
export async function publishEntry(
  bus: Pick<Bus, 'documents' | 'publish'>,
  { tenantId, keys }: ApiKeyRing,
  { id, by, traceparent, atMs, what }: ApiKeyEntry,
): Promise<void> {
  const head = { id, source: 'auth', at: new Date(atMs), traceparent };
  const whose = { tenantId, keyId: what.keyId, ...by };
  const isDead = (): Promise<void> =>
    bus
      .documents(RevocationDocument)
      .put(revocationKey('api-key', what.keyId), { at: head.at.toISOString(), until: null });
  switch (what.kind) {
    case 'created': {
      const key = keys.find(({ keyId }) => keyId === what.keyId);
      if (key === undefined) return;
      const { env, scopes, expiresAtMs } = key;
      const expiresAt = expiresAtMs === null ? null : new Date(expiresAtMs).toISOString();
      await bus.publish(
        ApiKeyCreated,
        makeFact(ApiKeyCreated, head, { ...whose, env, ...scopesInFact(scopes), expiresAt }),
      );
      return;
    }
    case 'rotated': {
      const graceEndsAt = new Date(what.graceEndsAtMs).toISOString();
      const data = { ...whose, successor: what.successor, graceEndsAt };
      await bus.publish(ApiKeyRotated, makeFact(ApiKeyRotated, head, data));
      return;
    }
    case 'revoked':
      await isDead();
      await bus.publish(ApiKeyRevoked, makeFact(ApiKeyRevoked, head, whose));
      return;
    case 'grace-ended':
      await isDead();
  }
}
