import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { named, t } from '../words.js';
import { detailText, mistakeText, refusedText } from './mistakes.js';

/** @typedef {import('../request.js').Answer} Answer */
/** @typedef {import('../request.js').Problem} Problem */
/** @typedef {Readonly<{answer: Answer | undefined, isAsking: boolean, again: () => void}>} Asked */

/**
 * Asks the server now, whenever one of `on` changes, and again on demand. What was shown stays until the next answer.
 * @param {() => Promise<Answer>} asks @param {readonly unknown[]} on @returns {Asked}
 */
export function useAsked(asks, on) {
  const [answer, setAnswer] = useState(/** @type {Answer | undefined} */ (undefined));
  const [isAsking, setAsking] = useState(true);
  const [turn, setTurn] = useState(0);
  const latest = useRef(asks);
  latest.current = asks;
  useEffect(() => {
    let isWanted = true;
    setAsking(true);
    latest.current().then((given) => {
      if (!isWanted) return;
      setAnswer(given);
      setAsking(false);
    });
    return () => {
      isWanted = false;
    };
  }, [...on, turn]);
  return { answer, isAsking, again: () => setTurn((before) => before + 1) };
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
