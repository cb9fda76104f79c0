import { randomBytes } from 'node:crypto';
import express, { type Express } from 'express';
import { z } from 'zod';

export type SimulatorOptions = Readonly<{ apiKey: string; now: () => Date }>;

const Wanted = z.object({
  expires_after: z
    .object({ anchor: z.literal('created_at'), seconds: z.number().int().min(10).max(7_200) })
    .default({ anchor: 'created_at', seconds: 600 }),
  session: z.looseObject({ type: z.literal('realtime'), model: z.string().startsWith('gpt-') }),
});

/** OpenAI's shape of an error. */
const refusal = (type: string, code: string | null, message: string) => ({
  error: { message, type, param: null, code },
});

/** The part of the provider's HTTP API that grants need: client secrets, in the provider's shapes. No call can be made with one. */
export function simulator({ apiKey, now }: SimulatorOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '256kb' }));
  app.post('/v1/realtime/client_secrets', (request, response) => {
    if (request.get('authorization') !== `Bearer ${apiKey}`) {
      response.status(401).json(refusal('invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.'));
      return;
    }
    const wanted = Wanted.safeParse(request.body);
    if (!wanted.success) {
      response.status(400).json(refusal('invalid_request_error', null, 'The request body is not valid.'));
      return;
    }
    const { expires_after, session } = wanted.data;
    const expiresAt = Math.floor(now().getTime() / 1_000) + expires_after.seconds;
    response.json({
      value: `ek_${randomBytes(16).toString('hex')}`,
      expires_at: expiresAt,
      session: { ...session, id: `sess_${randomBytes(8).toString('hex')}`, object: 'realtime.session' },
    });
  });
  return app;
}
