import type { Acting } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';
import { type EndLoginDependencies, endLogin, endLoginsOf } from './end-login.ts';

/** Which logins: one by its id, all of a member, or one of a member. */
type Which = Readonly<{ tenantId: string; loginId?: string | undefined; memberId?: string | undefined }>;

/** Ends logins of a tenant everywhere, and counts them. Another tenant’s login is not found. */
export async function revokeLogins(
  dependencies: EndLoginDependencies,
  { tenantId, loginId, memberId }: Which,
  by: Acting,
): Promise<number> {
  if (loginId !== undefined) {
    const isOf = (login: Readonly<{ tenantId: string; memberId: string }>): boolean =>
      login.tenantId === tenantId && (memberId === undefined || login.memberId === memberId);
    return (await endLogin(dependencies, loginId, { why: 'revoked', by, isOf })) ? 1 : 0;
  }
  if (memberId === undefined) throw invalidField('memberId', 'must be given, or loginId');
  return endLoginsOf(dependencies, { tenantId, memberId }, { why: 'revoked', by });
}

/** The member that an actor is. Throws Fault FORBIDDEN for whoever is none: they have no logins of their own. */
export function memberActing({ actor }: Acting): string {
  const [, memberId] = /^member:(m_[A-Za-z0-9_-]{22})$/.exec(actor) ?? [];
  if (memberId === undefined) throw new Fault('FORBIDDEN');
  return memberId;
}
