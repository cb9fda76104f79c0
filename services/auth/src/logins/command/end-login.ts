import type { Acting, LoginEnd } from '@vox/contracts';
import { everyTagged } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import { ended, type Login } from '../decide/login.ts';
import { type KnownDevices, type Logins, memberTag } from '../keep.ts';
import { type PublishLoginDependencies, publishLogin } from './publish-login.ts';

export type EndLoginDependencies = PublishLoginDependencies &
  Readonly<{ logins: Pick<Logins, 'update' | 'tagged'>; clock: Pick<Clock, 'now'> }>;

export type Ending = Readonly<{ why: LoginEnd; by: Acting; isOf?: (login: Login) => boolean }>;

/** Ends a login everywhere, if it has not ended and is one that is meant. Says whether this call ended it. */
export async function endLogin(
  dependencies: EndLoginDependencies,
  loginId: string,
  { why, by: { actor, reason, requestId }, isOf = () => true }: Ending,
): Promise<boolean> {
  const nowMs = dependencies.clock.now().getTime();
  const over = await dependencies.logins.update<Login | undefined>(loginId, (login) => {
    if (login === undefined || login.endedAtMs !== null || !isOf(login)) return { result: undefined };
    const state = ended(login, why, { actor, reason, requestId }, nowMs);
    return { result: state, state };
  });
  if (over === undefined) return false;
  await publishLogin(dependencies, loginId, over);
  return true;
}

/** Ends every login of a member, and counts them. */
export async function endLoginsOf(
  dependencies: EndLoginDependencies,
  { tenantId, memberId }: Readonly<{ tenantId: string; memberId: string }>,
  ending: Omit<Ending, 'isOf'>,
): Promise<number> {
  let count = 0;
  for await (const { key } of everyTagged(dependencies.logins, memberTag(memberId)))
    if (await endLogin(dependencies, key, { ...ending, isOf: (login) => login.tenantId === tenantId })) count += 1;
  return count;
}

export type MemberChangeDependencies = EndLoginDependencies & Readonly<{ devices: Pick<KnownDevices, 'remove'> }>;

/** What a change of a member means for its logins: they end, and of one who is gone no browser is remembered. */
export const onMemberChange =
  (dependencies: MemberChangeDependencies) =>
  async (tenantId: string, memberId: string, isGone: boolean): Promise<void> => {
    const by = { actor: 'service:auth' };
    await endLoginsOf(dependencies, { tenantId, memberId }, { why: 'member-changed', by });
    if (isGone) await dependencies.devices.remove(memberId);
  };
