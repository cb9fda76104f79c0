import { memberActor } from '@vox/contracts';
import { LoginToken } from '@vox/platform/crypto';
import { type OwnTokenDependencies, verifyOwnToken } from '../../signing-keys/mod.ts';
import { type EndLoginDependencies, endLogin } from './end-login.ts';

export type SignOutDependencies = EndLoginDependencies & Pick<OwnTokenDependencies, 'keyRings'>;

/** Ends the login of a token. Says whether it had not ended before. */
export async function signOut(dependencies: SignOutDependencies, token: string): Promise<boolean> {
  const { id, claims } = await verifyOwnToken(dependencies, LoginToken, token, dependencies.clock.now());
  return endLogin(dependencies, id, { why: 'signed-out', by: { actor: memberActor(claims.memberId) } });
}
