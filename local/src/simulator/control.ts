import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { Fault, type Faults } from './faults.ts';
import { Manner } from './manner.ts';
import type { Script, TurnUsage } from './turn.ts';

const tokens = z.number();
const ArmFault = z.object({ fault: Fault, times: z.number().int().min(1).max(1_000).default(1) });
const Tuning = z.object({
  turnMs: z.number().int().min(0).max(60_000).optional(),
  turnUsage: z
    .object({ textIn: tokens, audioIn: tokens, cachedIn: tokens, textOut: tokens, audioOut: tokens })
    .optional(),
  script: z
    .object({
      heard: z.array(z.string()).min(1),
      said: z.array(z.string()).min(1),
      manners: z.array(Manner).min(1).optional(),
    })
    .optional()
    .describe('what both sides say'),
});

/** How a conversation goes. */
export type Conversation = Readonly<{ turnMs: number; turnUsage: TurnUsage; script: Script }>;

/** What is left out is as it was at the start. */
export type Tuning = z.infer<typeof Tuning>;

export type ControlOptions = Readonly<{
  faults: Faults;
  tune: (tuning: Tuning) => void;
  hangUpAll: () => Promise<void>;
  state: () => object;
}>;

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Arms faults, tunes the conversation and shows what was seen. It answers this machine only. */
export function control({ faults, tune, hangUpAll, state }: ControlOptions): Router {
  const router = Router();
  router.use(thisMachineOnly);
  router.post('/faults', (request, response) => {
    const { fault, times } = ArmFault.parse(request.body);
    faults.arm(fault, times);
    response.json({ ok: true });
  });
  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.json({ ok: true });
  });
  router.put('/conversation', (request, response) => {
    tune(Tuning.parse(request.body));
    response.json({ ok: true });
  });
  router.delete('/calls', async (_request, response) => {
    await hangUpAll();
    response.json({ ok: true });
  });
  router.get('/state', (_request, response) => {
    response.json(state());
  });
  return router;
}

const thisMachineOnly: RequestHandler = (request, response, next) => {
  if (loopback.has(request.socket.remoteAddress ?? '')) return next();
  response.status(404).end();
};
