import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting } from '../values/acting.ts';
import { MemberId, TenantIdOrPlatform } from '../values/ids.ts';
import { Origin } from '../values/origin.ts';
import { IssuedLogin, loginFrom, loginToken, StartedLogin } from './logins.ts';
import { PendingToken } from './pending-login.ts';
import { FactorId, FactorKind, FactorName, RecoveryCode, TotpCode } from './second-factors.ts';

const origin = Origin.describe('under which the browser shows the page; one of the installation’s own');
const credential = z.unknown().describe('what the browser made: a PasskeyAssertion, or a PasskeyRegistration');
const ceremonyOptions = z
  .record(z.string(), z.unknown())
  .describe('for `navigator.credentials`, as the JSON forms of WebAuthn Level 3 §5.1.8 and §5.1.9');

/** What a member shows as a second factor. */
export const FactorProof = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('totp'), code: TotpCode }),
  z.strictObject({ method: z.literal('recovery'), code: RecoveryCode }),
  z.strictObject({ method: z.literal('passkey'), origin, credential }),
]);
export type FactorProof = z.infer<typeof FactorProof>;

/** Who is in the middle of a ceremony: whoever signs in, or whoever is signed in. */
const FactorHolder = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pending'), token: PendingToken }),
  z.strictObject({ kind: z.literal('login'), token: loginToken }),
]);
export type FactorHolder = z.infer<typeof FactorHolder>;

export const ChallengePasskey = question(
  'auth',
  'passkey-challenge',
  'What an authenticator must sign: good once, for five minutes, in this login.',
  z.strictObject({ holder: FactorHolder, origin }),
  z.object({ options: ceremonyOptions }),
);

export const CompleteSignIn = question(
  'auth',
  'sign-in-complete',
  'Begins the login of whoever has given the code and now shows a second factor.',
  z.strictObject({ pending: PendingToken, proof: FactorProof, replaces: loginToken.optional(), ...loginFrom }),
  StartedLogin,
);

export const StepUpWithFactor = question(
  'auth',
  'login-step-up-factor',
  'A token of the same login that is fresh for five minutes, for whoever shows a second factor now.',
  z.strictObject({ login: loginToken, proof: FactorProof }),
  IssuedLogin,
);

const wanted = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('totp'), name: FactorName }),
  z.strictObject({ kind: z.literal('passkey'), origin }),
]);
const FactorBegun = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('totp'),
    factorId: FactorId,
    secret: z.string().describe('in base32, for whoever types it. Shown once, never logged'),
    uri: z.string().describe('otpauth://…, for a picture that the app reads'),
  }),
  z.object({ kind: z.literal('passkey'), options: ceremonyOptions }),
]);
const made = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('totp'), code: TotpCode }),
  z.strictObject({ kind: z.literal('passkey'), name: FactorName, origin, credential }),
]);
const recoveryCodes = z.array(z.string()).describe('ten with the first factor, else none. Shown once, never logged');

export const BeginPendingFactor = question(
  'auth',
  'sign-in-factor-begin',
  'Begins a first factor for whoever may not sign in without one.',
  z.strictObject({ pending: PendingToken, wanted }),
  FactorBegun,
);

export const FinishPendingFactor = question(
  'auth',
  'sign-in-factor-finish',
  'Adds that first factor, and begins the login.',
  z.strictObject({ pending: PendingToken, made, replaces: loginToken.optional(), ...loginFrom }),
  StartedLogin.extend({ factorId: FactorId, recoveryCodes }),
);

const own = { tenantId: TenantIdOrPlatform, ...acting };

export const ListSecondFactors = question(
  'auth',
  'second-factor-list',
  'The second factors of the member who asks, by name.',
  z.strictObject(own),
  z.object({
    factors: z.array(
      z.object({
        factorId: FactorId,
        kind: FactorKind,
        name: z.string(),
        createdAt: z.iso.datetime(),
        lastUsedAt: z.iso.datetime().nullable(),
      }),
    ),
    recoveryCodesLeft: z.number().int().nonnegative(),
  }),
  { action: 'second-factors.list' },
);

export const BeginSecondFactor = question(
  'auth',
  'second-factor-begin',
  'Begins a second factor of the member who asks.',
  z.strictObject({ ...own, wanted }),
  FactorBegun,
  { action: 'second-factors.enrol' },
);

export const FinishSecondFactor = question(
  'auth',
  'second-factor-finish',
  'Adds the second factor that was begun.',
  z.strictObject({ ...own, made }),
  z.object({ factorId: FactorId, recoveryCodes }),
  { action: 'second-factors.enrol' },
);

export const RenewRecoveryCodes = question(
  'auth',
  'recovery-codes-renew',
  'Makes recovery codes for the member who asks; all former ones are dead.',
  z.strictObject(own),
  z.object({ recoveryCodes }),
  { action: 'second-factors.enrol' },
);

export const RemoveSecondFactor = question(
  'auth',
  'second-factor-remove',
  'Removes a second factor of the member who asks. The last one stays where the tenant demands one.',
  z.strictObject({ ...own, factorId: FactorId }),
  z.object({ removed: FactorId }),
  { action: 'second-factors.remove' },
);

export const ResetSecondFactors = question(
  'auth',
  'second-factor-reset',
  'Removes all second factors of a member who has lost them.',
  z.strictObject({ ...own, memberId: MemberId }),
  z.object({ removed: z.number().int().nonnegative() }),
  { action: 'members.reset-factors' },
);

/** What edge-guard asks on its own behalf, for whoever signs in. */
export const factorCeremonies = [
  ChallengePasskey,
  CompleteSignIn,
  StepUpWithFactor,
  BeginPendingFactor,
  FinishPendingFactor,
] as const;
