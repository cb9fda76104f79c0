import type { Response } from 'express';
import { windowMs } from '../decide/window.ts';
import type { LimitAnswer } from '../keep/limits.ts';

/** Shows what is left, in the form of the IETF draft (RateLimit header fields, draft 11) and in the older one. */
export function showLimits(response: Response, answer: LimitAnswer, now: Date): void {
  const taken = answer.kind === 'taken' ? answer.taken : [answer.by];
  const tightest = taken.reduce(
    (least, each) => (each.remaining < least.remaining ? each : least),
    taken[0] ?? { scope: 'ip', limit: 0, remaining: 0, resetSeconds: 0 },
  );
  const resetSeconds = answer.kind === 'refused' ? Math.ceil(answer.retryMs / 1_000) : tightest.resetSeconds;
  response.locals.limits = [
    'RateLimit-Policy',
    taken.map(({ scope, limit }) => `"${scope}";q=${limit};w=${windowMs / 1_000}`).join(', '),
    'RateLimit',
    `"${tightest.scope}";r=${tightest.remaining};t=${resetSeconds}`,
    'X-RateLimit-Limit',
    String(tightest.limit),
    'X-RateLimit-Remaining',
    String(tightest.remaining),
    'X-RateLimit-Reset',
    // A second that has begun is not over: whoever comes at the second that is shown must not come too early.
    String(Math.ceil(now.getTime() / 1_000) + resetSeconds),
  ];
}
