import type { FieldMistake, SaidValues } from '@vox/contracts';

/** Every code that a caller may see. Statuses and sentences for people stand in `http`. */
export const faultCodes = [
  'INVALID_REQUEST',
  'AUTH_REQUIRED',
  'INVALID_OTP',
  'INVALID_WIDGET_KEY',
  'SIGNATURE_REQUIRED',
  'STEP_UP_REQUIRED',
  'FORBIDDEN',
  'ORIGIN_MISMATCH',
  'BOT_BLOCKED',
  'BROKERED_ONLY',
  'DIRECT_ONLY',
  'HEARD_BY_SERVER',
  'CONSENT_REQUIRED',
  'INVALID_PARAMETERS',
  'TOOL_REFUSED',
  'TOOL_FAILED',
  'SESSION_DURATION_EXCEEDED',
  'SESSION_ENDED',
  'TENANT_SUSPENDED',
  'NOT_FOUND',
  'IDEMPOTENCY_CONFLICT',
  'IDEMPOTENCY_MISMATCH',
  'VERSION_MISMATCH',
  'PAYLOAD_TOO_LARGE',
  'RATE_LIMIT_EXCEEDED',
  'MAX_CONCURRENT_SESSIONS',
  'DAILY_QUOTA_EXCEEDED',
  'UPSTREAM_UNAVAILABLE',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type FaultCode = (typeof faultCodes)[number];

/** One thing wrong with one field of what was sent. `mistake` says what `message` says, with what stands in it. */
export type Issue = Readonly<{ path: string; message: string; mistake?: FieldMistake; values?: SaidValues }>;

/** What the caller is told besides the code. All of it is public. */
export type FaultAnswer = Readonly<{
  message?: string;
  scope?: string;
  reason?: string;
  retryAfterSeconds?: number;
  resetsAt?: string;
  maxMinutes?: number;
  /** What a visitor has yet to be shown or to consent to. */
  purposes?: readonly string[];
  issues?: readonly Issue[];
}>;

/** A failure or a refusal: a stable code, public fields, and a private cause that never leaves the process. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly answer: FaultAnswer;
  constructor(code: FaultCode, answer: FaultAnswer = {}, options: { cause?: unknown } = {}) {
    // A refusal is an answer, and many may come at once: only unexpected faults are worth the cost of a stack.
    const traced = Error.stackTraceLimit;
    if (code !== 'INTERNAL') Error.stackTraceLimit = 0;
    super(answer.message ? `${code}: ${answer.message}` : code, options);
    Error.stackTraceLimit = traced;
    this.name = 'Fault';
    this.code = code;
    this.answer = answer;
  }
}
