/** @typedef {import('../request.js').Answer} Answer */
/** @typedef {Readonly<{itemId: string, role: 'user' | 'assistant', text: string, final: boolean}>} Caption */
/**
 * How a call ended: the server’s reason, or what kept it from going on here.
 * @typedef {Readonly<{reason: string}> | Readonly<{trouble: 'microphone' | 'line'}> | Readonly<{refused: Answer}>}
 *   Ending
 */
/**
 * What happens to a test call.
 * @typedef {Readonly<{kind: 'starting'}> | Readonly<{kind: 'granted', id: string, areWordsKept: boolean}> |
 *   Readonly<{kind: 'live'}> | Readonly<{kind: 'ends', atMs: number}> | Readonly<{kind: 'event', name: string, data:
 *   any}> | Readonly<{kind: 'over', ending: Ending}>} News
 */
/**
 * What the page shows of it.
 * @typedef {Readonly<{phase: 'idle' | 'starting' | 'live' | 'over', doing: string, captions: readonly Caption[],
 *   endsAtMs?: number, isEnding: boolean, id?: string, areWordsKept: boolean, ending?: Ending}>} CallState
 */

/** @type {CallState} */
export const noCall = { phase: 'idle', doing: 'listening', captions: [], isEnding: false, areWordsKept: false };

/** How many utterances are shown. */
const captionsMax = 50;

/** @param {any} data @returns {data is Caption} */
const isCaption = (data) =>
  typeof data.itemId === 'string' && typeof data.text === 'string' && ['user', 'assistant'].includes(data.role);

/** An utterance in the place of what was known of it. @param {readonly Caption[]} captions @param {Caption} caption */
function captioned(captions, caption) {
  const known = captions.find(({ itemId }) => itemId === caption.itemId);
  // What was on its way for longer does not take back what is final.
  if (caption.text.trim() === '' || (known?.final && !caption.final)) return captions;
  if (known === undefined) return [...captions, caption].slice(-captionsMax);
  return captions.map((each) => (each === known ? caption : each));
}

/** @param {CallState} state @param {unknown} at */
function endingAt(state, at) {
  const endsAtMs = Date.parse(String(at));
  return Number.isNaN(endsAtMs) ? state : { ...state, endsAtMs };
}

/** @param {CallState} state @param {string} name @param {any} data @returns {CallState} */
function afterEvent(state, name, data) {
  if (name === 'caption') return isCaption(data) ? { ...state, captions: captioned(state.captions, data) } : state;
  if (name === 'state') return { ...state, doing: String(data.state) };
  if (name === 'remaining') return endingAt(state, data.endsAt);
  return name === 'expiring' ? { ...endingAt(state, data.endsAt), isEnding: true } : state;
}

/**
 * What the page shows after something happened. A call that is over stays over: what was on its way changes nothing.
 * @param {CallState} state @param {News} news @returns {CallState}
 */
export function callAfter(state, news) {
  if (news.kind === 'starting') return { ...noCall, phase: 'starting' };
  if (state.phase === 'over' || state.phase === 'idle') return state;
  switch (news.kind) {
    case 'granted':
      return { ...state, id: news.id, areWordsKept: news.areWordsKept };
    case 'live':
      return { ...state, phase: 'live' };
    case 'ends':
      return { ...state, endsAtMs: news.atMs };
    case 'event':
      return afterEvent(state, news.name, news.data);
    case 'over':
      return { ...state, phase: 'over', isEnding: false, ending: news.ending };
  }
}
