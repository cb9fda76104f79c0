import { ask } from '../api.js';
import { meaningOf } from './meaning.js';
import { transcriptOf } from './transcript.js';
import { reportUsage } from './usage.js';

/**
 * What the page makes of the provider's events in a direct call: it shows them, and reports what is said and used. In a
 * brokered call the server hears them, and there are no reports.
 * @param {{ grant: import('../call/request.js').Grant, view: import('../call/request.js').View, isOver: () => boolean,
 *   spoke: () => void }} call
 */
export function reportsOf({ grant, view, isOver, spoke }) {
  const transcript = grant.transcripts
    ? transcriptOf({ sessionId: grant.sm_session_id, token: grant.session_token, ask })
    : undefined;
  return {
    /** @param {any} event */
    hear(event) {
      transcript?.hear(event);
      const { used, speaking, message } = meaningOf(event);
      // Usage is billed also while the last words are awaited.
      if (used) reportUsage(grant, used);
      if (isOver()) return;
      if (speaking === 'visitor' || speaking === 'agent') spoke();
      if (speaking) view.speaking(speaking);
      if (message) view.tell('message', message);
    },
    /** Whether words of the visitor are still being transcribed. */
    awaits: () => transcript?.awaits() ?? false,
    finish: async () => transcript?.finish(),
    online: () => transcript?.online(),
    /** The page goes away. */
    leave: () => transcript?.leave(),
    /** The visitor does not want its words kept. */
    drop: () => transcript?.drop(),
  };
}
