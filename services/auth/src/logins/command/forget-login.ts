import type { Bus } from '@vox/platform/bus';
import type { Logins } from '../keep.ts';
import { withdrawRevocation } from '../publish.ts';

export type ForgetLoginDependencies = Readonly<{ bus: Pick<Bus, 'documents'>; logins: Pick<Logins, 'remove'> }>;

/** Forgets a login of which no token lives any more, and that it was revoked. */
export async function forgetLogin({ bus, logins }: ForgetLoginDependencies, loginId: string): Promise<void> {
  await withdrawRevocation(bus, loginId);
  await logins.remove(loginId);
}
