import { memberActor } from '@vox/contracts';
import type { Membership } from '../../members/mod.ts';
import { type EndLoginDependencies, endLogin } from './end-login.ts';
import { type ProveLoginDependencies, proveLogin } from './prove-login.ts';
import { type From, type StartedLogin, type StartLoginDependencies, startLogin } from './start-login.ts';

type EndReplacedDependencies = ProveLoginDependencies & EndLoginDependencies;
export type StartInPlaceDependencies = StartLoginDependencies & EndReplacedDependencies;

/** Begins a login in the place of the one that the browser had. */
export async function startInPlace(
  dependencies: StartInPlaceDependencies,
  membership: Membership,
  from: From,
  replaces: string | undefined,
): Promise<StartedLogin> {
  const login = await startLogin(dependencies, membership, from);
  if (replaces !== undefined) await endReplaced(dependencies, replaces);
  return login;
}

/** The login that the browser had before: its cookie is overwritten, so nobody could end it from there any more. */
async function endReplaced(dependencies: EndReplacedDependencies, token: string): Promise<void> {
  const before = await proveLogin(dependencies, token).catch(() => undefined);
  if (before === undefined) return;
  const by = { actor: memberActor(before.login.memberId) };
  await endLogin(dependencies, before.loginId, { why: 'replaced', by });
}
