import {
  EndLogin,
  ListLogins,
  ListOwnLogins,
  NameOwnLogin,
  RenewLogin,
  RevokeLogins,
  RevokeOwnLogins,
  SendCode,
  ShowLogin,
  SignIn,
  StepUp,
} from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { auditedRefusals, type RefusalDependencies } from '../../tenants/mod.ts';
import type { EndLoginDependencies } from '../command/end-login.ts';
import { type ListLoginsDependencies, listLogins } from '../command/list-logins.ts';
import { nameLogin } from '../command/name-login.ts';
import { type RenewLoginDependencies, renewLogin } from '../command/renew-login.ts';
import { memberActing, revokeLogins } from '../command/revoke-logins.ts';
import { type SendLoginCodeDependencies, sendLoginCode } from '../command/send-login-code.ts';
import { type ShowLoginDependencies, showLogin } from '../command/show-login.ts';
import { type SignInDependencies, signIn } from '../command/sign-in.ts';
import { type SignOutDependencies, signOut } from '../command/sign-out.ts';
import { type StepUpDependencies, stepUp } from '../command/step-up.ts';
import type { Logins } from '../keep.ts';

export type LoginResponderDependencies = SendLoginCodeDependencies &
  SignInDependencies &
  RenewLoginDependencies &
  ShowLoginDependencies &
  SignOutDependencies &
  StepUpDependencies &
  ListLoginsDependencies &
  EndLoginDependencies &
  RefusalDependencies &
  Readonly<{ logins: Logins; bus: Pick<Bus, 'answer'> }>;

/** What edge-guard asks for whoever signs in, on its own behalf. */
export async function loginResponders(dependencies: LoginResponderDependencies): Promise<Consumption[]> {
  const { bus } = dependencies;
  return [
    await bus.answer(SendCode, (asked) => sendLoginCode(dependencies, asked)),
    await bus.answer(SignIn, (asked) => signIn(dependencies, asked)),
    await bus.answer(RenewLogin, ({ login }) => renewLogin(dependencies, login)),
    await bus.answer(ShowLogin, ({ login }) => showLogin(dependencies, login)),
    await bus.answer(EndLogin, async ({ login }) => ({ ended: await signOut(dependencies, login) })),
    await bus.answer(StepUp, (asked) => stepUp(dependencies, asked)),
    ...(await managedLogins(dependencies)),
  ];
}

/** What members manage of their own logins, and administrators of everybody’s. */
async function managedLogins(dependencies: LoginResponderDependencies): Promise<Consumption[]> {
  const { bus } = dependencies;
  const audited = auditedRefusals(dependencies);
  return [
    await bus.answer(ListLogins, async (asked) => ({ logins: await listLogins(dependencies, asked) })),
    await bus.answer(
      RevokeLogins,
      audited('login.revoke', async (asked) => ({ ended: await revokeLogins(dependencies, asked, asked) })),
    ),
    await bus.answer(ListOwnLogins, async ({ tenantId, ...by }) => ({
      logins: await listLogins(dependencies, { tenantId, memberId: memberActing(by) }),
    })),
    await bus.answer(NameOwnLogin, async (asked) => ({
      name: await nameLogin(dependencies, { ...asked, memberId: memberActing(asked) }),
    })),
    await bus.answer(RevokeOwnLogins, async (asked) => ({
      ended: await revokeLogins(dependencies, { ...asked, memberId: memberActing(asked) }, asked),
    })),
  ];
}
