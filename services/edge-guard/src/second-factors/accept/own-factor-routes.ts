import { FinishSecondFactor, ListSecondFactors, RemoveSecondFactor, RenewRecoveryCodes } from '@vox/contracts';
import { noStore } from '@vox/platform/http';
import { z } from 'zod';
import { body, route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { addressLimit } from '../../limits/mod.ts';
import { csrf, login } from '../../logins/mod.ts';
import { tenantOfRefusals } from '../../tenant/mod.ts';
import { passkeyMade, passkeyWanted, totpMade, totpWanted } from '../command/first-factor.ts';
import { beginOwn, finishOwn, listOwn, removeOwn, renewOwnCodes } from '../command/own-factors.ts';
import { NewTotpAnswer, OptionsAnswer } from './answers.ts';
import { NewPasskeyBody, NewTotpBody, NoBody, TotpBody } from './bodies.ts';
import { site } from './site.ts';

const changing = [clientIp, addressLimit, login, tenantOfRefusals, csrf, site] as const;
const post = { method: 'post', credential: 'login', head: noStore } as const;
const ok = { ok: z.literal(true) };

/** What a member manages of their own second factors. What changes them needs a fresh login (step-up). */
export const ownFactorRoutes = [
  route({
    method: 'get',
    paths: ['/api/v1/second-factors'],
    summary: 'One’s own second factors by name, and how many recovery codes are left.',
    credential: 'login',
    checks: [clientIp, addressLimit, login, tenantOfRefusals],
    command: listOwn,
    answer: ListSecondFactors.reply.extend(ok),
    head: noStore,
  }),
  route({
    ...post,
    paths: ['/api/v1/second-factors/totp'],
    summary: 'Shows the secret for an authenticator app, once.',
    checks: [...changing, body(NewTotpBody)],
    command: beginOwn(totpWanted),
    answer: NewTotpAnswer,
  }),
  route({
    ...post,
    paths: ['/api/v1/second-factors/totp/confirm'],
    summary: 'Adds the app with a code of it. With a first factor, recovery codes are shown once.',
    checks: [...changing, body(TotpBody)],
    command: finishOwn(totpMade),
    answer: FinishSecondFactor.reply.extend(ok),
  }),
  route({
    ...post,
    paths: ['/api/v1/second-factors/passkey/options'],
    summary: 'What an authenticator needs to make a passkey.',
    checks: [...changing, body(NoBody)],
    command: beginOwn(passkeyWanted),
    answer: OptionsAnswer,
  }),
  route({
    ...post,
    paths: ['/api/v1/second-factors/passkey'],
    summary: 'Adds the passkey under a name. With a first factor, recovery codes are shown once.',
    checks: [...changing, body(NewPasskeyBody)],
    command: finishOwn(passkeyMade),
    answer: FinishSecondFactor.reply.extend(ok),
  }),
  route({
    ...post,
    paths: ['/api/v1/second-factors/recovery-codes'],
    summary: 'Makes ten recovery codes, shown once; all former ones are dead.',
    checks: [...changing, body(NoBody)],
    command: renewOwnCodes,
    answer: RenewRecoveryCodes.reply.extend(ok),
  }),
  route({
    ...post,
    paths: ['/api/v1/second-factors/remove'],
    summary: 'Removes a second factor. The last one stays where the tenant demands one.',
    checks: [...changing, body(z.object({ factorId: RemoveSecondFactor.request.shape.factorId }))],
    command: removeOwn,
    answer: RemoveSecondFactor.reply.extend(ok),
  }),
] as const;
