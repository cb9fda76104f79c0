import { useEffect, useRef, useState } from 'preact/hooks';
import { detailText, mistakeText, refusedText } from '../answers/mistakes.js';
import { html } from '../html.js';
import { onChange } from '../live/changes.js';
import { concerns, refresher } from '../live/refresher.js';
import { byItself } from '../request.js';
import { named, t } from '../words.js';

/** @typedef {import('../request.js').Answer} Answer */
/** @typedef {import('../request.js').Problem} Problem */
/** @typedef {Readonly<{answer: Answer | undefined, isAsking: boolean, again: () => void}>} Asked */

const isHidden = () => document.visibilityState === 'hidden';

/**
 * Has something asked anew when what it shows changed. Answers what to call whenever it is asked.
 * @param {import('../live/refresher.js').Shows | undefined} shows @param {() => void} again
 */
function useChanges(shows, again) {
  const latest = useRef(shows);
  latest.current = shows;
  const [list] = useState(() => refresher({ again, isHidden }));
  useEffect(() => {
    const leave = onChange((change) => {
      if (latest.current !== undefined && concerns(latest.current, change)) list.changed();
    });
    document.addEventListener('visibilitychange', list.seen);
    return () => {
      leave();
      document.removeEventListener('visibilitychange', list.seen);
      list.stop();
    };
  }, []);
  return list.asked;
}

/**
 * Whether an answer to what the page asked by itself says no more than that there is none now.
 * @param {Answer} answer
 */
const isOutage = (answer) =>
  answer.kind === 'offline' ||
  (answer.kind === 'refused' && ['RATE_LIMIT_EXCEEDED', 'UNAVAILABLE'].includes(answer.problem.code));

/**
 * Asks the server now, whenever one of `on` changes, and again on demand; also by itself when what it `shows` changed.
 * What was shown stays until the next answer, and where the page asked by itself also when there is none.
 * @param {() => Promise<Answer>} asks @param {readonly unknown[]} on
 * @param {import('../live/refresher.js').Shows} [shows]
 * @returns {Asked}
 */
export function useAsked(asks, on, shows) {
  const [answer, setAnswer] = useState(/** @type {Answer | undefined} */ (undefined));
  const [isAsking, setAsking] = useState(true);
  const [turn, setTurn] = useState({ count: 0, isOwn: false });
  const next = (/** @type {boolean} */ isOwn) => setTurn(({ count }) => ({ count: count + 1, isOwn }));
  const before = useRef(turn);
  const noteAsked = useChanges(shows, () => next(true));
  const latest = useRef(asks);
  latest.current = asks;
  useEffect(() => {
    let isWanted = true;
    const isOwn = turn.isOwn && turn !== before.current;
    before.current = turn;
    setAsking(true);
    noteAsked();
    (isOwn ? byItself(latest.current) : latest.current()).then((given) => {
      if (!isWanted) return;
      if (!isOwn || !isOutage(given)) setAnswer(given);
      setAsking(false);
    });
    return () => {
      isWanted = false;
    };
  }, [...on, turn]);
  return { answer, isAsking, again: () => next(false) };
}

/** Why the server refused, in the words of the page if it has some for this code. @param {Problem} problem */
export function problemText(problem) {
  const { code, reason, retryAfter } = problem;
  const own = named('problem', code);
  const text = own === code ? refusedText(problem) : own;
  const wait =
    retryAfter !== undefined && code === 'RATE_LIMIT_EXCEEDED' ? t('problem.wait', { seconds: retryAfter }) : '';
  const why = reason !== undefined && code === 'TOOL_REFUSED' ? t('problem.reason', { reason }) : '';
  return [text, detailText(problem), why, wait].filter((each) => each !== '').join(' ');
}

/** @param {{problem: Problem, again?: () => void}} given */
export function Refused({ problem, again }) {
  const isFinal = problem.code === 'FORBIDDEN' || problem.code === 'NOT_FOUND';
  return html`<div class="trouble" role="alert">
    <p>${problemText(problem)}</p>
    ${problem.issues && html`<ul>${problem.issues.map((issue) => html`<li>${issue.path}: ${mistakeText(issue)}</li>`)}</ul>`}
    ${problem.requestId && html`<p class="faint">${t('problem.request', { id: problem.requestId })}</p>`}
    ${!isFinal && again && html`<button type="button" onClick=${again}>${t('state.again')}</button>`}
  </div>`;
}

/** @param {{again: () => void}} given */
export const Offline = ({ again }) => html`<div class="trouble" role="alert">
  <p>${t('state.offline')}</p>
  <button type="button" onClick=${again}>${t('state.again')}</button>
</div>`;

export const Loading = () => html`<p class="loading" role="status">${t('state.loading')}</p>`;

/**
 * What was answered, or why there is nothing to show: not yet, refused, or no line.
 * @param {{asked: Asked, children: (body: any) => any}} given
 */
export function Shown({ asked: { answer, isAsking, again }, children }) {
  if (answer === undefined) return html`<${Loading} />`;
  if (answer.kind === 'offline') return html`<${Offline} again=${again} />`;
  if (answer.kind === 'refused') return html`<${Refused} problem=${answer.problem} again=${again} />`;
  return html`<div aria-busy=${isAsking ? 'true' : 'false'}>${children(answer.body)}</div>`;
}
