import { TokenUse } from '@vox/contracts';
import { leasedSigner, type Signer, type TokenKind } from '@vox/platform/crypto';
import type { z } from 'zod';
import type { KeyRingDependencies } from './ensure-key-ring.ts';
import { leaseSigningKey } from './lease-signing-key.ts';

/** Signs tokens of one kind in this process: their private key is lent to nobody else. */
export function ownSigner<C extends z.ZodType>(
  dependencies: KeyRingDependencies,
  kind: TokenKind<C>,
): Signer<z.input<C>> {
  const use = TokenUse.parse(kind.use);
  return leasedSigner(kind, () => leaseSigningKey(dependencies, use), dependencies.clock);
}
