import { ProveDomain, PutSingleSignOn, RemoveSingleSignOn, ShowSingleSignOn } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import type { Login } from '../../logins/mod.ts';
import { askedBy } from '../../second-factors/mod.ts';

type AskDependencies = Readonly<{ bus: Pick<Bus, 'ask'> }>;
type Signed = Readonly<{ login: Login }>;
type Put = z.input<(typeof PutSingleSignOn)['request']>;

/** Servers of others, and of names, are asked meanwhile. */
const provedBy = ({ token }: Login) => ({ timeoutMs: 15_000, proof: token });

export const showProvider =
  ({ bus }: AskDependencies) =>
  async ({ login }: Signed) => {
    const { singleSignOn } = await bus.ask(ShowSingleSignOn, askedBy(login), provedBy(login));
    if (singleSignOn === null) throw new Fault('NOT_FOUND');
    return { ok: true, singleSignOn };
  };

export const putProvider =
  ({ bus }: AskDependencies) =>
  async ({ login, body }: Signed & Readonly<{ body: Omit<Put, 'tenantId' | 'actor'> }>) => ({
    ok: true,
    ...(await bus.ask(PutSingleSignOn, { ...body, ...askedBy(login) }, provedBy(login))),
  });

export const removeProvider =
  ({ bus }: AskDependencies) =>
  async ({ login }: Signed) => ({ ok: true, ...(await bus.ask(RemoveSingleSignOn, askedBy(login), provedBy(login))) });

export const proveDomain =
  ({ bus }: AskDependencies) =>
  async ({ login, body: { domain } }: Signed & Readonly<{ body: Readonly<{ domain: string }> }>) => ({
    ok: true,
    ...(await bus.ask(ProveDomain, { ...askedBy(login), domain }, provedBy(login))),
  });
