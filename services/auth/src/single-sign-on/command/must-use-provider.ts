import { mustUseProvider } from '../decide/connection.ts';
import type { Connections } from '../keep/connections.ts';

export type MustUseProviderDependencies = Readonly<{ connections: Pick<Connections, 'read'> }>;

/** Whether a code by mail may not let a member in; see mustUseProvider in decide. */
export const isCodeRefused = async (
  { connections }: MustUseProviderDependencies,
  { tenantId, ...person }: Readonly<{ tenantId: string; email: string; role: string }>,
): Promise<boolean> => mustUseProvider(await connections.read(tenantId), person);
