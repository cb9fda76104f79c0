import { noStore } from '@vox/platform/http';
import { body, route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { addressLimit } from '../../limits/mod.ts';
import { browser, ownPage, sendWithCookies } from '../../logins/mod.ts';
import { beginFirstPasskey, beginFirstTotp, finishFirst, passkeyMade, totpMade } from '../command/first-factor.ts';
import { FirstFactorAnswer, NewTotpAnswer, OptionsAnswer } from './answers.ts';
import { NewPasskeyBody, NewTotpBody, NoBody, TotpBody } from './bodies.ts';
import { pending } from './pending.ts';
import { site } from './site.ts';

/** How whoever may not sign in without a second factor gets a first one. With a factor, these refuse. */
export const firstFactorRoutes = [
  route({
    method: 'post',
    paths: ['/api/auth/second-factor/enrol/totp'],
    summary: 'Shows the secret for an authenticator app, once, to whoever must have a second factor and has none.',
    credential: 'none',
    checks: [clientIp, addressLimit, ownPage, pending, site, body(NewTotpBody)],
    command: beginFirstTotp,
    answer: NewTotpAnswer,
    head: noStore,
  }),
  route({
    method: 'post',
    paths: ['/api/auth/second-factor/enrol/totp/confirm'],
    summary: 'Adds the app with a code of it, and signs in. Recovery codes are shown once.',
    credential: 'none',
    checks: [clientIp, addressLimit, ownPage, pending, browser, site, body(TotpBody)],
    command: finishFirst(totpMade),
    answer: FirstFactorAnswer,
    send: sendWithCookies,
  }),
  route({
    method: 'post',
    paths: ['/api/auth/second-factor/enrol/passkey/options'],
    summary: 'What an authenticator needs to make a passkey for whoever must have a second factor and has none.',
    credential: 'none',
    checks: [clientIp, addressLimit, ownPage, pending, site, body(NoBody)],
    command: beginFirstPasskey,
    answer: OptionsAnswer,
    head: noStore,
  }),
  route({
    method: 'post',
    paths: ['/api/auth/second-factor/enrol/passkey'],
    summary: 'Adds the passkey, and signs in. Recovery codes are shown once.',
    credential: 'none',
    checks: [clientIp, addressLimit, ownPage, pending, browser, site, body(NewPasskeyBody)],
    command: finishFirst(passkeyMade),
    answer: FirstFactorAnswer,
    send: sendWithCookies,
  }),
] as const;
