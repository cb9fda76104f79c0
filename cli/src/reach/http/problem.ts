import { Fault, type FaultAnswer, type FaultCode, faultCodes } from '@vox/platform/fault';
import { z } from 'zod';

const line = z.string().max(1_024);
/** What `vox` reads of a problem document. A server may say what it likes: everything is bounded. */
const ReadProblem = z.object({
  code: z.enum(faultCodes),
  detail: line.optional(),
  scope: line.optional(),
  reason: line.optional(),
  retryAfter: z.number().int().min(0).max(31_536_000).optional(),
  resetsAt: line.optional(),
  issues: z
    .array(z.object({ path: line, message: line }))
    .max(1_000)
    .optional(),
});

/** The Fault that the bus would have thrown. */
export function faultOfProblem(value: unknown, origin: string): Fault {
  const read = ReadProblem.safeParse(value);
  if (!read.success) return new Fault('UNAVAILABLE', { message: `${origin} does not answer as VOX does` });
  const { code, detail: message, retryAfter: retryAfterSeconds, ...rest } = read.data;
  const given = Object.entries({ ...rest, message, retryAfterSeconds }).filter(([, each]) => each !== undefined);
  return new Fault(code, Object.fromEntries(given) as FaultAnswer);
}

type Words = Partial<Record<FaultCode, string>>;

const ofBoth: Words = {
  INVALID_OTP: 'this code is wrong, used or too old',
  ORIGIN_MISMATCH: 'the server has another name than this address: use the address of its console',
};
const ofKey: Words = {
  AUTH_REQUIRED: 'the server does not take this API key: it may be mistyped, revoked or expired',
  FORBIDDEN: 'this API key may not do this: it lacks the scope, or no machine may do it',
  SIGNATURE_REQUIRED:
    'this needs a signed request: set VOX_SIGNING_SECRET or VOX_SIGNING_KEY_FILE to what belongs to the key',
};
const ofLogin: Words = {
  AUTH_REQUIRED: 'you are not signed in, or no longer: run `vox login <url>`',
  FORBIDDEN: 'your role may not do this',
  STEP_UP_REQUIRED: 'this needs a fresh code, for which vox asks in a terminal: run it there, or use an API key',
};

/** The same fault with a sentence for whoever uses this credential, where the server gave none. */
export function worded(error: unknown, credential: 'key' | 'login'): unknown {
  if (!(error instanceof Fault)) return error;
  const { code, answer } = error;
  // The server says how a signature is written; here it is said what to set.
  const isOurs = answer.reason === 'signature-missing';
  if (!isOurs && (answer.message !== undefined || answer.issues?.length)) return error;
  const words = { ...ofBoth, ...(credential === 'key' ? ofKey : ofLogin) }[code];
  const wait = answer.retryAfterSeconds;
  if (code === 'RATE_LIMIT_EXCEEDED' && wait !== undefined)
    return new Fault(code, { ...answer, message: `this was asked too often; try again in ${wait} s` });
  return words === undefined ? error : new Fault(code, { ...answer, message: words });
}
