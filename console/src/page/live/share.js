/** @typedef {import('./refresher.js').Change} Change */
/**
 * What the tab that holds the stream tells the others, and what they ask it.
 * @typedef {Readonly<{kind: 'change', change: Change}> | Readonly<{kind: 'state', isLive: boolean}> |
 *   Readonly<{kind: 'ask'}>} News
 */
/**
 * @typedef {Readonly<{onChange: (change: Change) => void, onState: (isLive: boolean) => void}>} Hears
 */

/** The tab that holds the stream says so often, and others hear nothing of it for so long, in milliseconds. */
const [sayMs, silenceMs] = [20_000, 100_000];

/**
 * Lets the tabs that show one member hold one stream together: the tab that has the lock of that name opens it and
 * tells the others. When that tab goes, the browser gives the lock to the next. Without locks each tab has its own.
 * `open` opens a stream and answers how to close it. Answers how to leave.
 * @param {string} name @param {(hears: Hears) => () => void} open @param {Hears} hears
 */
export function share(name, open, hears) {
  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  let isHolder = false;
  /** Unknown until the stream of this tab has opened once, or could not be. @type {boolean | undefined} */
  let isLive;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let watchdog;
  const tell = (/** @type {News} */ news) => channel.postMessage(news);
  const tellState = () => {
    if (isLive !== undefined) tell({ kind: 'state', isLive });
  };

  /** @param {MessageEvent<News>} message */
  function hear({ data }) {
    if (data.kind === 'ask') return isHolder ? tellState() : undefined;
    if (isHolder) return;
    clearTimeout(watchdog);
    watchdog = setTimeout(() => hears.onState(false), silenceMs);
    if (data.kind === 'change') hears.onChange(data.change);
    else hears.onState(data.isLive);
  }
  channel.addEventListener('message', hear);
  tell({ kind: 'ask' });

  /** Holds the stream until this tab leaves. */
  function hold() {
    if (leaving.signal.aborted) return undefined;
    isHolder = true;
    clearTimeout(watchdog);
    const close = open({
      onChange(change) {
        hears.onChange(change);
        tell({ kind: 'change', change });
      },
      onState(now) {
        isLive = now;
        hears.onState(now);
        tellState();
      },
    });
    const saying = setInterval(tellState, sayMs);
    return new Promise((resolve) => {
      const end = () => {
        clearInterval(saying);
        close();
        channel.close();
        resolve(undefined);
      };
      leaving.signal.addEventListener('abort', end, { once: true });
    });
  }
  if (navigator.locks === undefined) void hold();
  // It rejects where this tab leaves before it is its turn.
  else navigator.locks.request(name, { signal: leaving.signal }, hold).catch(() => undefined);

  return () => {
    clearTimeout(watchdog);
    leaving.abort();
    if (!isHolder) channel.close();
  };
}
