import { CompleteSignIn, type FactorProof, StepUpWithFactor } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';
import { soon } from '../../checks/mod.ts';
import {
  type Browser,
  type CookieNames,
  type Login,
  loginCookie,
  type SignedIn,
  signedIn,
  type WithCookies,
} from '../../logins/mod.ts';

export type FactorDependencies = Readonly<{
  bus: Pick<Bus, 'ask'>;
  cookies: CookieNames;
  clock: Pick<Clock, 'now'>;
}>;

/** What of a browser goes into a login. */
export const fromOf = ({ login: replaces, device, place, deviceToken }: Browser) => ({
  ...{ replaces, device, place, deviceToken },
});

type Completing = Readonly<{ browser: Browser; pending: string; site: string; body: object }>;

/** Begins the login of whoever shows a second factor after the code. `proofOf` reads it from the body. */
export const completeSignIn =
  <Body>(proofOf: (body: Body, site: string) => FactorProof) =>
  (dependencies: FactorDependencies) =>
  async ({ browser, pending, site, body }: Completing & Readonly<{ body: Body }>): Promise<WithCookies<SignedIn>> => {
    const asked = { pending, proof: proofOf(body, site), ...fromOf(browser) };
    const started = await dependencies.bus.ask(CompleteSignIn, asked, soon);
    return signedIn(dependencies, started, dependencies.cookies.pending);
  };

type Fresh = Readonly<{ ok: true; freshUntil: string | null }>;

/** Makes a login fresh for whoever shows a second factor now. */
export const stepUpWith =
  <Body>(proofOf: (body: Body, site: string) => FactorProof) =>
  ({ bus, cookies, clock }: FactorDependencies) =>
  async ({ login, site, body }: Readonly<{ login: Login; site: string; body: Body }>): Promise<WithCookies<Fresh>> => {
    const issued = await bus.ask(StepUpWithFactor, { login: login.token, proof: proofOf(body, site) }, soon);
    return {
      answer: { ok: true, freshUntil: issued.session.freshUntil },
      cookies: [loginCookie(cookies, issued, clock.now().getTime())],
    };
  };

/** The proofs, as the bodies of the routes have them. */
export const totpProof = ({ code }: Readonly<{ code: string }>): FactorProof => ({ method: 'totp', code });
export const recoveryProof = ({ code }: Readonly<{ code: string }>): FactorProof => ({ method: 'recovery', code });
export const passkeyProof = ({ credential }: Readonly<{ credential: unknown }>, origin: string): FactorProof => ({
  ...{ method: 'passkey', origin, credential },
});
