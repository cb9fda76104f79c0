import type { HeldRecord } from '@vox/contracts';
import type { KnownDevices } from '../keep.ts';
import { type ListLoginsDependencies, listLogins } from './list-logins.ts';

export type ExportLoginsDependencies = ListLoginsDependencies & Readonly<{ devices: Pick<KnownDevices, 'read'> }>;

/** What is held of a member’s logins and browsers, as that person may read it. */
export async function exportLogins(
  dependencies: ExportLoginsDependencies,
  tenantId: string,
  memberId: string,
): Promise<HeldRecord[]> {
  const logins = await listLogins(dependencies, { tenantId, memberId });
  const known = (await dependencies.devices.read(memberId))?.devices ?? [];
  return [
    ...logins.map((login) => ({ kind: 'login', id: login.loginId, data: { ...login } })),
    ...known.map(({ seenAtMs }, at) => ({
      kind: 'known-browser',
      id: `${memberId}:${at + 1}`,
      data: { lastSignInAt: new Date(seenAtMs).toISOString() },
    })),
  ];
}
