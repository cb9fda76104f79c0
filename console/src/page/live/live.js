import { keepOpen } from '@vox/widget/page/brokered/keep-open.js';
import { operations } from '../operations.js';
import { live } from '../state.js';
import { changeIn, tellScreens } from './changes.js';
import { share } from './share.js';

/** A stream that is gone for a shorter while, as when it has used up its life, is nothing to tell. Milliseconds. */
const patienceMs = 3_000;

/**
 * Opens the stream of changes as the member whom the page shows.
 * @param {string} memberId @param {() => void} onOver runs when the server says that this login may not follow
 * @returns {(hears: import('./share.js').Hears) => () => void}
 */
const streamOf =
  (memberId, onOver) =>
  ({ onChange, onState }) => {
    const stream = keepOpen({
      open: ({ headers, signal }) =>
        fetch(operations.followChanges.path, {
          headers: { ...headers, 'x-vox-member': memberId },
          cache: 'no-store',
          signal,
        }),
      onEvent(event) {
        const change = changeIn(event);
        if (change !== undefined) onChange(change);
      },
      onOpened: () => onState(true),
      onLost: () => onState(false),
      onRefused(status) {
        if (status === 401) onOver();
        // The role may not follow: asking again would be refused again.
        if (status === 403) stream.stop();
      },
    });
    const online = () => stream.online();
    // What was open before may look open for a while.
    const offline = () => onState(false);
    addEventListener('online', online);
    addEventListener('offline', offline);
    return () => {
      removeEventListener('online', online);
      removeEventListener('offline', offline);
      stream.stop();
    };
  };

/**
 * Follows what changes, for the member whom the page shows, until told to stop. The page says whether it is live; what
 * is soon mended it does not say.
 * @param {string} memberId @param {() => void} onOver
 */
export function follow(memberId, onOver) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let lost = setTimeout(() => show('lost'), patienceMs);
  const show = (/** @type {'live' | 'lost'} */ state) => {
    clearTimeout(lost);
    lost = undefined;
    live.value = state;
  };
  const leave = share(`vox-live-${memberId}`, streamOf(memberId, onOver), {
    onChange: tellScreens,
    onState(isLive) {
      if (isLive) show('live');
      else lost ??= setTimeout(() => show('lost'), patienceMs);
    },
  });
  return () => {
    clearTimeout(lost);
    leave();
  };
}
