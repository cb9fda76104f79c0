import { Fault } from '@vox/platform/fault';
import type { Logins } from '../keep.ts';

type Naming = Readonly<{ tenantId: string; memberId: string; loginId: string; name: string }>;

/** Gives a login of a member a name. Throws Fault NOT_FOUND where it has no such login. */
export async function nameLogin(
  { logins }: Readonly<{ logins: Pick<Logins, 'update'> }>,
  { tenantId, memberId, loginId, name }: Naming,
): Promise<string> {
  const isNamed = await logins.update<boolean>(loginId, (login) => {
    const isTheirs = login?.endedAtMs === null && login.tenantId === tenantId && login.memberId === memberId;
    return isTheirs ? { result: true, state: { ...login, name } } : { result: false };
  });
  if (!isNamed) throw new Fault('NOT_FOUND');
  return name;
}
