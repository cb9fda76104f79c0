import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { Fault, type FaultAnswer, type FaultCode, faultCodes } from '../fault/mod.ts';
import { silentLog } from '../telemetry/mod.ts';
import { systemClock } from '../time/mod.ts';
import { type Listening, listen } from './listen.ts';
import { problemHandler } from './problem-handler.ts';

describe('a fault that says when to come back', () => {
  let door: Listening;
  afterEach(() => door.close(0));
  const answered = async (code: FaultCode, answer: FaultAnswer, page = false) => {
    const app = express()
      .use((_request, response) => {
        if (page) response.locals.refusalPage = () => '<p>no</p>';
        throw new Fault(code, answer);
      })
      .use(problemHandler(silentLog, systemClock));
    door = await listen(app, { host: '127.0.0.1', port: 0 });
    const response = await fetch(door.url);
    const body = page ? {} : ((await response.json()) as { retryAfter?: number });
    await door.close(0);
    return { header: response.headers.get('retry-after'), body };
  };

  it('says so in Retry-After, whatever its code, as JSON and as a page', async () => {
    for (const code of faultCodes) {
      const { header, body } = await answered(code, { retryAfterSeconds: 7 });
      expect([code, header, body.retryAfter]).toEqual([code, '7', 7]);
    }
    expect((await answered('IDEMPOTENCY_CONFLICT', { retryAfterSeconds: 3 }, true)).header).toBe('3');
  });
  it('is one of a request in flight, a limit or an outage, even when the time is unknown', async () => {
    const waiting: FaultCode[] = [
      'IDEMPOTENCY_CONFLICT',
      'RATE_LIMIT_EXCEEDED',
      'MAX_CONCURRENT_SESSIONS',
      'UNAVAILABLE',
    ];
    for (const code of waiting) expect(Number((await answered(code, {})).header)).toBeGreaterThan(0);
    for (const never of ['FORBIDDEN', 'HEARD_BY_SERVER'] as const)
      expect((await answered(never, {})).header).toBeNull();
  });
});
