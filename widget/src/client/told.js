import { safeLink } from '../page/brokered/results.js';

/**
 * What a call shows, as events: nothing is drawn here. `agreed` answers the hash of the words that the visitor agreed
 * to, and `failed` gets the error of a call.
 * @param {{ tell: import('./create-call.js').Tell, agreed: () => string | undefined,
 *   failed: (detail: { code?: string, message?: string, hint?: string }) => void }} to
 * @returns {import('../page/call/request.js').View}
 */
export function toldBy({ tell, agreed, failed }) {
  let isWarned = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let lastMinute;
  function warn() {
    if (!isWarned) tell('warning', { kind: 'ending-soon' });
    isWarned = true;
  }
  return {
    state(state, status) {
      if (state === 'starting') isWarned = false;
      tell('state', { state, status });
    },
    speaking: (who) => tell('speaking', { who }),
    captioned: (areShown) => tell('captions', { areShown }),
    caption: (caption) => tell('caption', caption),
    endsAt(atMs) {
      clearTimeout(lastMinute);
      if (atMs !== undefined) lastMinute = setTimeout(warn, atMs - Date.now() - 60_000);
      tell('time', { endsAt: atMs === undefined ? undefined : new Date(atMs) });
    },
    warn,
    notice: (text) => tell('notice', { text }),
    demand: (demanded) => tell('demand', { demands: demanded }),
    agreed,
    kept: (isKept) => tell('consent', { mayWithdraw: isKept }),
    result: (useId, view) => tell('result', { useId, view }),
    link(useId, { url, label }) {
      const safe = safeLink(url);
      if (safe !== undefined) tell('link', { useId, url: safe.href, label });
    },
    ask: (asked) => tell('question', asked),
    clear: () => tell('clear', {}),
    tell(name, detail) {
      if (name === 'error') failed(detail);
      else tell(/** @type {'message'} */ (name), /** @type {any} */ (detail));
    },
  };
}
