import type { ErrorRequestHandler, Response } from 'express';
import { Fault, invalidField } from '../fault/mod.ts';
import { atMostOnceIn, type Log } from '../telemetry/mod.ts';
import type { Clock } from '../time/mod.ts';
import { type Problem, problemOf } from './problems.ts';
import { send } from './send.ts';

type FromParser = Readonly<{ type?: string; status?: number; statusCode?: number }>;

/** Errors of Express and its body parser, in our words. Their messages repeat what was sent, so none is kept. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const { type, status, statusCode } = (typeof error === 'object' && error !== null ? error : {}) as FromParser;
  if (type === 'entity.too.large') return new Fault('PAYLOAD_TOO_LARGE', {}, { cause: error });
  const refused = status ?? statusCode;
  if (refused !== undefined && refused >= 400 && refused < 500) {
    return invalidField('(body)', sentenceOf(type), { cause: error });
  }
  return new Fault('INTERNAL', {}, { cause: error });
}

function sentenceOf(type: string | undefined): string {
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') return 'must be plain UTF-8';
  if (type === 'request.aborted' || type === 'request.size.invalid') return 'did not arrive whole';
  return 'must be well-formed JSON';
}

/**
 * Sends a fault as a problem document, or as the page that `page` makes of it. Headers set before, such as those of
 * CORS, stay.
 */
export function sendProblem(response: Response, fault: Fault, page?: (problem: Problem) => string): void {
  const problem = problemOf(fault, String(response.locals.requestId ?? ''));
  const { status, retryAfter } = problem;
  send(response, status, {
    ...(page === undefined
      ? { type: 'application/problem+json; charset=utf-8', text: JSON.stringify(problem) }
      : { type: 'text/html; charset=utf-8', text: page(problem) }),
    head: retryAfter === undefined ? [] : ['Retry-After', String(retryAfter)],
  });
}

const quietMs = 1_000;

/**
 * Answers every thrown error. A route with answers for people sets `locals.refusalPage`, which makes a page of a
 * problem.
 */
export function problemHandler(
  log: Log,
  clock: Clock,
  onRefusal?: (fault: Fault, response: Response) => void,
): ErrorRequestHandler {
  const sayDown = atMostOnceIn(quietMs, clock, (error, unsaid) =>
    log.warn({ error, unsaid }, 'a request was refused because a dependency is down'),
  );
  return (error, _request, response, _next) => {
    const fault = faultOf(error);
    if (fault.code === 'INTERNAL') log.error({ error }, 'a request failed for an unknown reason');
    else if (fault.code === 'UNAVAILABLE') sayDown(fault);
    onRefusal?.(fault, response);
    if (response.headersSent) response.destroy();
    else sendProblem(response, fault, response.locals.refusalPage);
  };
}
