import { type Asked, check } from '../../checks/mod.ts';
import { beganMsOf } from '../decide/live-event.ts';

/**
 * Reads the Last-Event-ID of a page that comes back (WHATWG HTML §9.2.4). Nothing is said again, for a caption is all
 * of its utterance: what counts is which stream the page has lost. What is no id of ours is no mistake.
 */
export const lastEvent = check({
  name: 'last event',
  whenDown: 'no store',
  run:
    () =>
    ({ request }: Asked): { lostBeganMs: number | undefined } => ({
      lostBeganMs: beganMsOf(request.get('last-event-id')),
    }),
});
