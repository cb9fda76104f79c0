import { BeginPendingFactor, ChallengePasskey, type FactorHolder, FinishPendingFactor } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { soon } from '../../checks/mod.ts';
import { type Browser, type Login, signedIn } from '../../logins/mod.ts';
import { type FactorDependencies, fromOf } from './complete-sign-in.ts';

type Options = Readonly<{ ok: true; options: Record<string, unknown> }>;

const challenge =
  ({ bus }: FactorDependencies) =>
  async (holder: FactorHolder, origin: string): Promise<Options> => ({
    ...{ ok: true, ...(await bus.ask(ChallengePasskey, { holder, origin }, soon)) },
  });

/** What the authenticator of whoever signs in must sign. */
export const challengePending =
  (dependencies: FactorDependencies) =>
  ({ pending, site }: Readonly<{ pending: string; site: string }>): Promise<Options> =>
    challenge(dependencies)({ kind: 'pending', token: pending }, site);

/** What the authenticator of a member who is signed in must sign. */
export const challengeLogin =
  (dependencies: FactorDependencies) =>
  ({ login, site }: Readonly<{ login: Login; site: string }>): Promise<Options> =>
    challenge(dependencies)({ kind: 'login', token: login.token }, site);

type Pending = Readonly<{ pending: string; site: string }>;

/** Shows whoever may not sign in without a factor the secret of a first one. */
export const beginFirstTotp =
  ({ bus }: FactorDependencies) =>
  async ({ pending, body }: Pending & Readonly<{ body: Readonly<{ name: string }> }>) => {
    const begun = await bus.ask(BeginPendingFactor, { pending, wanted: { kind: 'totp', name: body.name } }, soon);
    if (begun.kind !== 'totp') throw new Fault('INTERNAL');
    const { factorId, secret, uri } = begun;
    return { ok: true, factorId, secret, uri };
  };

/** The same for a passkey. */
export const beginFirstPasskey =
  ({ bus }: FactorDependencies) =>
  async ({ pending, site }: Pending): Promise<Options> => {
    const begun = await bus.ask(BeginPendingFactor, { pending, wanted: { kind: 'passkey', origin: site } }, soon);
    if (begun.kind !== 'passkey') throw new Fault('INTERNAL');
    return { ok: true, options: begun.options };
  };

export type Made =
  | Readonly<{ kind: 'totp'; code: string }>
  | Readonly<{ kind: 'passkey'; name: string; origin: string; credential: unknown }>;

/** Adds the first factor, and begins the login. */
export const finishFirst =
  <Body>(madeOf: (body: Body, site: string) => Made) =>
  (dependencies: FactorDependencies) =>
  async ({ pending, site, browser, body }: Pending & Readonly<{ browser: Browser; body: Body }>) => {
    const asked = { pending, made: madeOf(body, site), ...fromOf(browser) };
    const { factorId, recoveryCodes, ...started } = await dependencies.bus.ask(FinishPendingFactor, asked, soon);
    const { answer, cookies } = signedIn(dependencies, started, dependencies.cookies.pending);
    return { answer: { ...answer, factorId, recoveryCodes }, cookies };
  };

/** What was made, as the bodies of the routes have it. */
export const totpMade = ({ code }: Readonly<{ code: string }>): Made => ({ kind: 'totp', code });
export const passkeyMade = (
  { name, credential }: Readonly<{ name: string; credential: unknown }>,
  origin: string,
): Made => ({ kind: 'passkey', name, origin, credential });
