import { type RequestHandler, Router } from 'express';
import { refuse } from './access.ts';
import type { Faults } from './faults.ts';
import type { Settings } from './settings.ts';

const realtimeEnd = '2027-01-20';
const transcriptionEnd = '2027-02-26';
/** Models, and the day on which each is shut down. */
const known: Readonly<Record<string, string | null>> = {
  'gpt-realtime': realtimeEnd,
  'gpt-realtime-2025-08-28': realtimeEnd,
  'gpt-realtime-mini': realtimeEnd,
  'gpt-realtime-mini-2025-10-06': realtimeEnd,
  'gpt-realtime-mini-2025-12-15': realtimeEnd,
  'gpt-realtime-1.5': null,
  'gpt-realtime-2': null,
  'gpt-realtime-2.1': null,
  'gpt-realtime-2.1-mini': null,
  'gpt-live-1': null,
  'gpt-live-1.1': null,
  'whisper-1': transcriptionEnd,
  'gpt-4o-transcribe': transcriptionEnd,
  'gpt-4o-mini-transcribe': transcriptionEnd,
  'gpt-transcribe': null,
  'gpt-live-transcribe': null,
  'gpt-realtime-whisper': null,
};
const createdAt = 1_756_339_200;

export type ModelOptions = Readonly<{ withKey: RequestHandler; faults: Faults; settings: () => Settings }>;

/** `GET /v1/models`. */
export function models({ withKey, faults, settings }: ModelOptions): Router {
  const all = () =>
    Object.entries({ ...known, ...settings().shutdowns }).map(([id, day]) => ({
      id,
      object: 'model',
      created: createdAt,
      owned_by: 'system',
      shutdown_date: day,
    }));
  const router = Router();
  router.use(withKey, faults.handler('models'));
  router.get('/', (_request, response) => {
    response.json({ object: 'list', data: all() });
  });
  router.get('/:id', (request, response) => {
    const found = all().find(({ id }) => id === request.params.id);
    if (found === undefined) return refuse(response, 404, 'model_not_found', 'There is no such model.');
    response.json(found);
  });
  return router;
}
