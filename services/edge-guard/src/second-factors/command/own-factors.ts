import {
  BeginSecondFactor,
  FinishSecondFactor,
  ListSecondFactors,
  memberActor,
  RemoveSecondFactor,
  RenewRecoveryCodes,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { soon } from '../../checks/mod.ts';
import type { Login } from '../../logins/mod.ts';
import type { Made, Wanted } from './first-factor.ts';

type AskDependencies = Readonly<{ bus: Pick<Bus, 'ask'> }>;
type Signed = Readonly<{ login: Login }>;

/** Who asks: auth reads it from the proof, and believes nothing of what stands beside it. */
export const askedBy = ({ tenantId, memberId }: Login) => ({ tenantId, actor: memberActor(memberId) });
const provedBy = ({ token }: Login) => ({ ...soon, proof: token });

export const listOwn =
  ({ bus }: AskDependencies) =>
  async ({ login }: Signed) => ({ ok: true, ...(await bus.ask(ListSecondFactors, askedBy(login), provedBy(login))) });

export const beginOwn =
  <Body>(wantedOf: (body: Body, site: string) => Wanted) =>
  ({ bus }: AskDependencies) =>
  async ({ login, site, body }: Signed & Readonly<{ site: string; body: Body }>) => {
    const asked = { ...askedBy(login), wanted: wantedOf(body, site) };
    const { kind: _kind, ...begun } = await bus.ask(BeginSecondFactor, asked, provedBy(login));
    return { ok: true, ...begun };
  };

export const finishOwn =
  <Body>(madeOf: (body: Body, site: string) => Made) =>
  ({ bus }: AskDependencies) =>
  async ({ login, site, body }: Signed & Readonly<{ site: string; body: Body }>) => {
    const asked = { ...askedBy(login), made: madeOf(body, site) };
    return { ok: true, ...(await bus.ask(FinishSecondFactor, asked, provedBy(login))) };
  };

export const renewOwnCodes =
  ({ bus }: AskDependencies) =>
  async ({ login }: Signed) => ({ ok: true, ...(await bus.ask(RenewRecoveryCodes, askedBy(login), provedBy(login))) });

export const removeOwn =
  ({ bus }: AskDependencies) =>
  async ({ login, body }: Signed & Readonly<{ body: Readonly<{ factorId: string }> }>) => {
    const asked = { ...askedBy(login), factorId: body.factorId };
    return { ok: true, ...(await bus.ask(RemoveSecondFactor, asked, provedBy(login))) };
  };
