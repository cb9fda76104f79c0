import { ofPage } from '../api.js';
import { addressOf } from '../reach.js';
import { keepOpen } from './keep-open.js';

const path = '/api/session/events';

/**
 * Listens to the server's events of one call, and opens the stream again whenever it ends, until it is stopped.
 * `onRefused` runs when the server gives no stream: a heartbeat then learns whether the call is over.
 * @param {{ token: string, onEvent: (event: import('./events.js').ServerEvent) => void, onRefused: () => void,
 *   now?: () => number, random?: () => number, pause?: (ms: number) => Promise<unknown> }} options
 */
export const listenTo = ({ token, ...options }) =>
  keepOpen({
    ...options,
    open: ({ headers, signal }) =>
      fetch(addressOf(path), {
        headers: { ...headers, authorization: `Bearer ${token}`, ...ofPage() },
        credentials: 'omit',
        cache: 'no-store',
        signal,
      }),
  });
