import { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { noSuchCall, refuse } from './access.ts';
import type { Calls } from './calls/calls.ts';
import { ArmFault, type Faults } from './faults.ts';
import { Tuning } from './settings.ts';

const events = z.array(z.looseObject({ type: z.string().min(1), afterMs: z.number().int().min(0).optional() }));
const Emitted = z.object({ events: events.min(1) });
/** What a browser does: it sends client events, and then it may close its connection. */
const Browser = z.object({ events: events.default([]), leaves: z.boolean().default(false) });

export type ControlOptions = Readonly<{
  faults: Faults;
  tune: (tuning: Tuning) => void;
  /** Throws a ZodError of settings that there are not. */
  set: (settings: unknown) => void;
  calls: Calls;
  state: () => object;
}>;

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const done = { ok: true };

/** Arms faults, tunes the conversation, and shows what was seen and billed. It answers this machine only. */
export function control({ faults, tune, set, calls, state }: ControlOptions): Router {
  const router = Router();
  router.use(thisMachineOnly);
  router.post('/faults', (request, response) => {
    const { fault, route, times } = ArmFault.parse(request.body);
    faults.arm(fault, times, route);
    response.json(done);
  });
  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.json(done);
  });
  router.put('/conversation', (request, response) => {
    tune(Tuning.parse(request.body));
    response.json(done);
  });
  router.put('/settings', (request, response) => {
    set(request.body);
    response.json(done);
  });
  router.get('/state', (_request, response) => {
    response.json(state());
  });
  router.use(ofCalls(calls), unfit);
  return router;
}

function ofCalls(calls: Calls): Router {
  const router = Router();
  router.delete('/calls', async (_request, response) => {
    await calls.endAll('simulator');
    response.json(done);
  });
  router.get('/calls/:id', (request, response) => {
    const shown = calls.show(request.params.id);
    if (shown === undefined) return noSuchCall(response);
    response.json(shown);
  });
  router.delete('/calls/:id', async (request, response) => {
    if (!(await calls.end(request.params.id, 'simulator'))) return noSuchCall(response);
    response.json(done);
  });
  router.post('/calls/:id/events', (request, response) => {
    const { events } = Emitted.parse(request.body);
    if (!calls.emit(request.params.id, events)) return noSuchCall(response);
    response.json(done);
  });
  router.post('/calls/:id/browser', async (request, response) => {
    const { events, leaves } = Browser.parse(request.body);
    if (!calls.hearBrowser(request.params.id, events)) return noSuchCall(response);
    if (leaves) await calls.end(request.params.id, 'browser');
    response.json(done);
  });
  router.get('/books', (_request, response) => {
    response.json({ calls: calls.books.all() });
  });
  router.get('/books/:id', (request, response) => {
    const account = calls.books.of(request.params.id);
    if (account === undefined) return noSuchCall(response);
    response.json(account);
  });
  return router;
}

const unfit: ErrorRequestHandler = (error, _request, response, next) => {
  if (!(error instanceof z.ZodError)) return next(error);
  refuse(response, 400, null, z.prettifyError(error));
};

const thisMachineOnly: RequestHandler = (request, response, next) => {
  if (loopback.has(request.socket.remoteAddress ?? '')) return next();
  response.status(404).end();
};
