import { body, route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { addressLimit } from '../../limits/mod.ts';
import { browser, csrf, login, ownPage, StepUpAnswer, sendWithCookies, VerifyAnswer } from '../../logins/mod.ts';
import { tenantOfRefusals } from '../../tenant/mod.ts';
import { completeSignIn, passkeyProof, recoveryProof, stepUpWith, totpProof } from '../command/complete-sign-in.ts';
import { challengeLogin, challengePending } from '../command/first-factor.ts';
import { OptionsAnswer } from './answers.ts';
import { NoBody, PasskeyBody, RecoveryBody, TotpBody } from './bodies.ts';
import { pending } from './pending.ts';
import { site } from './site.ts';

const completing = { method: 'post', credential: 'none', answer: VerifyAnswer, send: sendWithCookies } as const;
const fresh = { method: 'post', credential: 'login', answer: StepUpAnswer, send: sendWithCookies } as const;
const signedIn = [clientIp, addressLimit, login, tenantOfRefusals, csrf, site] as const;

/** How a member shows a second factor: after the code, or again for what is sensitive. */
export const secondFactorRoutes = [
  route({
    ...completing,
    paths: ['/api/auth/second-factor/totp'],
    summary: 'Completes a sign-in with the code of an authenticator app.',
    checks: [clientIp, addressLimit, ownPage, pending, browser, site, body(TotpBody)],
    command: completeSignIn(totpProof),
  }),
  route({
    ...completing,
    paths: ['/api/auth/second-factor/recovery'],
    summary: 'Completes a sign-in with a recovery code, which is used up.',
    checks: [clientIp, addressLimit, ownPage, pending, browser, site, body(RecoveryBody)],
    command: completeSignIn(recoveryProof),
  }),
  route({
    method: 'post',
    paths: ['/api/auth/second-factor/passkey/options'],
    summary: 'What a passkey must sign to complete a sign-in: once, within five minutes.',
    credential: 'none',
    checks: [clientIp, addressLimit, ownPage, pending, site, body(NoBody)],
    command: challengePending,
    answer: OptionsAnswer,
  }),
  route({
    ...completing,
    paths: ['/api/auth/second-factor/passkey'],
    summary: 'Completes a sign-in with a passkey.',
    checks: [clientIp, addressLimit, ownPage, pending, browser, site, body(PasskeyBody)],
    command: completeSignIn(passkeyProof),
  }),
  route({
    ...fresh,
    paths: ['/api/auth/step-up/totp'],
    summary: 'Makes this login fresh for five minutes, with the code of an authenticator app.',
    checks: [...signedIn, body(TotpBody)],
    command: stepUpWith(totpProof),
  }),
  route({
    ...fresh,
    paths: ['/api/auth/step-up/recovery'],
    summary: 'Makes this login fresh for five minutes, with a recovery code, which is used up.',
    checks: [...signedIn, body(RecoveryBody)],
    command: stepUpWith(recoveryProof),
  }),
  route({
    method: 'post',
    paths: ['/api/auth/step-up/passkey/options'],
    summary: 'What a passkey must sign to make this login fresh.',
    credential: 'login',
    checks: [...signedIn, body(NoBody)],
    command: challengeLogin,
    answer: OptionsAnswer,
  }),
  route({
    ...fresh,
    paths: ['/api/auth/step-up/passkey'],
    summary: 'Makes this login fresh for five minutes, with a passkey.',
    checks: [...signedIn, body(PasskeyBody)],
    command: stepUpWith(passkeyProof),
  }),
] as const;
