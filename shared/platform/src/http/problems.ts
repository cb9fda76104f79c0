import { SaidValues } from '@vox/contracts';
import { beginningOf } from '@vox/redaction/text';
import { z } from 'zod';
import type { Fault, FaultCode, Issue } from '../fault/mod.ts';

type Words = Readonly<{ status: number; title: string; user: string; publicCode?: FaultCode | 'PRECONDITION_FAILED' }>;

const words: Record<FaultCode, Words> = {
  INVALID_REQUEST: { status: 400, title: 'Invalid request', user: 'Something in this request was not understood.' },
  AUTH_REQUIRED: { status: 401, title: 'Authentication required', user: 'Please reload the page and try again.' },
  INVALID_OTP: { status: 401, title: 'Invalid code', user: 'That code is not valid. Please ask for a new one.' },
  INVALID_WIDGET_KEY: { status: 401, title: 'Invalid widget key', user: 'Voice calls are not set up on this page.' },
  SIGNATURE_REQUIRED: {
    status: 401,
    title: 'Request signature required',
    user: 'This operation needs a signed request.',
  },
  STEP_UP_REQUIRED: { status: 403, title: 'Fresh sign-in required', user: 'Please confirm with a fresh code.' },
  FORBIDDEN: { status: 403, title: 'Forbidden', user: 'You may not do this.' },
  ORIGIN_MISMATCH: { status: 403, title: 'Origin not allowed', user: 'Voice calls are not allowed on this page.' },
  BOT_BLOCKED: {
    status: 403,
    title: 'Automated request blocked',
    user: 'We could not tell that you are a person. Please reload the page and try again.',
  },
  BROKERED_ONLY: {
    status: 403,
    title: 'Calls need an offer',
    user: 'Please reload the page and try again.',
  },
  DIRECT_ONLY: {
    status: 403,
    title: 'Calls take no offer',
    user: 'Please reload the page and try again.',
  },
  HEARD_BY_SERVER: {
    status: 409,
    title: 'Heard by the server itself',
    user: 'Nothing needs to be sent for this call.',
  },
  CONSENT_REQUIRED: { status: 403, title: 'Consent required', user: 'Please agree before the call starts.' },
  INVALID_PARAMETERS: {
    status: 400,
    title: 'Arguments do not fit the tool',
    user: 'Something went wrong on our side. Please try again.',
  },
  TOOL_REFUSED: { status: 403, title: 'Tool refused', user: 'The assistant may not do this.' },
  TOOL_FAILED: {
    status: 502,
    title: 'Tool failed',
    user: 'The assistant could not do this just now.',
    publicCode: 'TOOL_REFUSED',
  },
  SESSION_DURATION_EXCEEDED: {
    status: 403,
    title: 'Session over',
    user: 'The call has reached its longest time. You can start a new one.',
  },
  SESSION_ENDED: { status: 403, title: 'Session ended', user: 'This call has ended. You can start a new one.' },
  TENANT_SUSPENDED: { status: 403, title: 'Tenant suspended', user: 'Voice calls are switched off here for now.' },
  NOT_FOUND: { status: 404, title: 'Not found', user: 'There is nothing here.' },
  IDEMPOTENCY_CONFLICT: {
    status: 409,
    title: 'Request in flight',
    user: 'This request is already being worked on. Please wait a moment.',
  },
  IDEMPOTENCY_MISMATCH: {
    status: 422,
    title: 'Idempotency key used for another request',
    user: 'This request differs from the one sent before. Please reload the page.',
    publicCode: 'IDEMPOTENCY_CONFLICT',
  },
  VERSION_MISMATCH: {
    status: 412,
    title: 'Changed in the meantime',
    user: 'Somebody changed this in the meantime. Please reload and try again.',
    publicCode: 'PRECONDITION_FAILED',
  },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'Payload too large', user: 'That was too much at once.' },
  RATE_LIMIT_EXCEEDED: {
    status: 429,
    title: 'Too many requests',
    user: 'Too many tries in a short time. Please wait a little.',
  },
  MAX_CONCURRENT_SESSIONS: {
    status: 429,
    title: 'Too many open sessions',
    user: 'All lines are busy. Please try again when another call has ended.',
  },
  DAILY_QUOTA_EXCEEDED: {
    status: 429,
    title: 'Quota exceeded',
    user: 'The time for calls is used up for now. Please come back later.',
  },
  UPSTREAM_UNAVAILABLE: {
    status: 502,
    title: 'Voice provider unavailable',
    user: 'The voice service does not answer. Please try again in a moment.',
  },
  UNAVAILABLE: {
    status: 503,
    title: 'Service unavailable',
    user: 'We cannot take this call right now. Please try again in a moment.',
  },
  INTERNAL: { status: 500, title: 'Internal error', user: 'Something went wrong on our side. Please try again.' },
};

/** The body of every refusal: RFC 9457 with what VOX's clients read besides. */
export const Problem = z.object({
  ok: z.literal(false).describe('as the embed script reads it'),
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  error: z.string(),
  code: z.string(),
  userMessage: z.string(),
  scope: z.string().optional(),
  reason: z.string().optional(),
  retryAfter: z.number().int().optional().describe('seconds'),
  resetsAt: z.string().optional(),
  maxMinutes: z.number().optional(),
  purposes: z.array(z.string()).optional().describe('what the visitor has yet to be shown or to consent to'),
  issues: z
    .array(
      z.object({
        path: z.string(),
        message: z.string(),
        mistake: z.string().optional().describe('what `message` says, as a code of a closed list'),
        values: SaidValues.optional().describe('what stands in `message`'),
      }),
    )
    .optional(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof Problem>;

const issuesShown = 50;
const pathShown = 200;
/** The most mistakes that one answer names: a path may hold a name that somebody else made up. */
export const shownIssues = (issues: readonly Issue[], most = issuesShown): Issue[] =>
  issues.slice(0, most).map(({ path, message, mistake, values }) => ({
    ...{ path: beginningOf(path, pathShown), message },
    ...(mistake !== undefined && { mistake }),
    ...(values !== undefined && { values }),
  }));

/**
 * The default Retry-After in seconds: a slot under a cap is free whenever a call ends, and an outage or a request in
 * flight may be over at once.
 */
const waits: Partial<Record<FaultCode, number>> = {
  IDEMPOTENCY_CONFLICT: 1,
  RATE_LIMIT_EXCEEDED: 10,
  MAX_CONCURRENT_SESSIONS: 10,
  DAILY_QUOTA_EXCEEDED: 10,
  UNAVAILABLE: 1,
};

/** The public answer of a fault. It holds nothing of the cause. */
export function problemOf(fault: Fault, requestId: string): Problem {
  const { status, title, user, publicCode = fault.code } = words[fault.code];
  const { message, scope, reason, retryAfterSeconds, resetsAt, maxMinutes, purposes, issues } = fault.answer;
  const retryAfter = retryAfterSeconds ?? waits[fault.code];
  return {
    ok: false,
    type: `urn:vox:error:${publicCode}`,
    title,
    status,
    ...(message !== undefined && { detail: message }),
    error: title,
    code: publicCode,
    userMessage: user,
    ...(scope !== undefined && { scope }),
    ...(reason !== undefined && { reason }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(resetsAt !== undefined && { resetsAt }),
    ...(maxMinutes !== undefined && { maxMinutes }),
    ...(purposes !== undefined && { purposes: [...purposes] }),
    ...(issues !== undefined && { issues: shownIssues(issues) }),
    requestId,
  };
}
