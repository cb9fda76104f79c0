import { type FactorProof, PasskeyAssertion } from '@vox/contracts';
import { Fault, issuesOf } from '@vox/platform/fault';
import type { Holder } from './find-holder.ts';
import { type ProveCodeDependencies, proveRecoveryCode, proveTotpCode } from './prove-code.ts';
import { type ProvePasskeyDependencies, proveWithPasskey } from './prove-passkey.ts';

export type ProveFactorDependencies = ProveCodeDependencies & ProvePasskeyDependencies;

/** Resolves where a member has shown a second factor, whichever. Throws INVALID_OTP. */
export async function proveFactor(
  dependencies: ProveFactorDependencies,
  { owner, ceremony }: Holder,
  proof: FactorProof,
): Promise<void> {
  switch (proof.method) {
    case 'totp':
      return proveTotpCode(dependencies, owner, ceremony, proof.code);
    case 'recovery':
      return proveRecoveryCode(dependencies, owner, ceremony, proof.code);
    case 'passkey': {
      const read = PasskeyAssertion.safeParse(proof.credential);
      if (!read.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(read.error) });
      return proveWithPasskey(dependencies, owner, ceremony, { origin: proof.origin, credential: read.data });
    }
  }
}
