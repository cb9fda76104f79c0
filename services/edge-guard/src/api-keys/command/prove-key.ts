import {
  type Action,
  type ApiKeyProof,
  accessTable,
  ProveApiKey,
  revocationKey,
  type SignedRequest,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { readMachineKey } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { soon } from '../../checks/mod.ts';
import { type DenyCache, guessLimit } from '../../limits/mod.ts';
import { type Revocations, revocationsOrUnavailable } from '../../tenant/mod.ts';
import { keptProofs } from '../keep/kept-proofs.ts';

export type ProveKeyDependencies = Readonly<{
  bus: Pick<Bus, 'ask'>;
  revoked: Revocations;
  limits: DenyCache;
  clock: Pick<Clock, 'now'>;
}>;

type Asked = Readonly<{ apiKey: string; address: string; action: Action; signed: SignedRequest | undefined }>;

/**
 * Turns an API key into a proof. A proof of what is not sensitive is kept for its minute; one that names a signed
 * action is asked for each time. A key that was revoked is refused as soon as this copy hears of it, whatever it has
 * kept: the proof of a revoked key may come back after its revocation.
 */
export function proveKey({ bus, revoked, limits, clock }: ProveKeyDependencies) {
  const kept = keptProofs();
  const guesses = guessLimit(limits);

  function refuseRevoked(keyId: string): void {
    revocationsOrUnavailable(revoked);
    if (revoked.get(revocationKey('api-key', keyId)) !== undefined) throw new Fault('AUTH_REQUIRED');
  }
  async function ask(keyId: string, asked: Asked): Promise<ApiKeyProof> {
    guesses.demand(keyId, asked.address);
    try {
      return await bus.ask(ProveApiKey, asked, soon);
    } catch (error) {
      if (error instanceof Fault && error.code === 'AUTH_REQUIRED') await guesses.count(keyId, asked.address);
      throw error;
    }
  }
  const keptOrAsked = (keyId: string, asked: Asked): Promise<ApiKeyProof> =>
    kept.getOrAsk(asked.apiKey, asked.address, clock.now().getTime(), () => ask(keyId, asked));

  return async (asked: Asked): Promise<ApiKeyProof> => {
    const keyId = readMachineKey(asked.apiKey)?.keyId;
    if (keyId === undefined) throw new Fault('AUTH_REQUIRED');
    refuseRevoked(keyId);
    const proof = await (accessTable[asked.action].isSensitive ? ask(keyId, asked) : keptOrAsked(keyId, asked));
    refuseRevoked(keyId);
    return proof;
  };
}
