import { createContext } from 'preact';
import { useContext, useEffect, useId, useRef, useState } from 'preact/hooks';
import { mistakeText } from '../answers/mistakes.js';
import { html } from '../html.js';
import { underOneKey } from '../request.js';
import { t } from '../words.js';
import { Refused } from './asked.js';

/** @typedef {import('../request.js').Answer} Answer */
/** @typedef {import('../request.js').Issue} Issue */

const Issues = createContext(/** @type {readonly Issue[]} */ ([]));

/** @param {readonly Issue[]} issues @param {string} name */
const issueOf = (issues, name) => issues.find(({ path }) => path === name || path.startsWith(`${name}.`));

/** What is typed into a field of date and time is local time, whatever zone other times are shown in. */
const typedZone = () => t('form.zone', { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone });

/** @param {any} given */
const Choice = ({ options, initial, ...rest }) => html`<select ...${rest}>
  ${options.map(
    (/** @type {[string, string]} */ [value, text]) =>
      html`<option value=${value} selected=${value === (rest.value ?? initial)}>${text}</option>`,
  )}
</select>`;

/**
 * A field with its label, a hint, and what the server found wrong with it. With `options` it is a list to choose from.
 * `initial` is what stands in it at first; with `value` the page holds what stands in it. The field that is `isNext`
 * has the focus as soon as it is there: what was filled in before is gone.
 * @param {any} given what is not named here goes to the field itself
 */
export function Field({ label, hint: given, name, options, lines, initial, isNext, ...rest }) {
  const id = useId();
  const field = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (isNext) field.current?.focus();
  }, []);
  const hint = rest.type === 'datetime-local' ? [given, typedZone()].filter(Boolean).join(' ') : given;
  const wrong = issueOf(useContext(Issues), name);
  const told = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  const shared = {
    ...rest,
    id,
    name,
    'aria-describedby': told || undefined,
    'aria-invalid': wrong ? 'true' : undefined,
  };
  const start = initial === undefined ? {} : { defaultValue: initial };
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${options && html`<${Choice} ...${shared} options=${options} initial=${initial} />`}
    ${lines && html`<textarea ...${shared} ...${start} rows=${lines}></textarea>`}
    ${!options && !lines && html`<input ref=${field} ...${shared} ...${start} />`}
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    ${wrong && html`<p class="wrong" id=${`${id}-wrong`}>${mistakeText(wrong)}</p>`}
  </div>`;
}

/** @param {HTMLFormElement} form */
function emptyPasswords(form) {
  for (const field of form.elements)
    if (field instanceof HTMLInputElement && field.type === 'password') field.value = '';
}

/** @param {{answer: Answer | undefined}} given */
function Trouble({ answer }) {
  if (answer === undefined || answer.kind === 'answered') return null;
  if (answer.kind === 'offline') return html`<p class="trouble" role="alert">${t('state.offline')}</p>`;
  return html`<${Refused} problem=${answer.problem} />`;
}

/**
 * A form that asks the server when it is sent, and says what was wrong. While it asks, it cannot be sent again; sent
 * again as it stands after a lost line, it asks for the same once more. One that `forgets` empties its password fields
 * as soon as they were read, and keeps nothing by which it would know the same again.
 * @param {{submit: string, isDangerous?: boolean, isReady?: boolean, forgets?: boolean, onSubmit: (data: FormData) =>
 *   Promise<Answer>, onDone: (body: any) => void, onCancel?: () => void, children: any}} given
 */
export function Form({ submit, isDangerous = false, isReady = true, forgets = false, ...given }) {
  const { onSubmit, onDone, onCancel, children } = given;
  const [isBusy, setBusy] = useState(false);
  const [answer, setAnswer] = useState(/** @type {Answer | undefined} */ (undefined));
  const once = useRef({});
  /** @param {SubmitEvent} event */
  const send = async (event) => {
    event.preventDefault();
    if (isBusy || !(event.target instanceof HTMLFormElement)) return;
    setBusy(true);
    const data = new FormData(event.target);
    if (forgets) emptyPasswords(event.target);
    const came = await (forgets ? onSubmit(data) : underOneKey(once.current, () => onSubmit(data)));
    setBusy(false);
    setAnswer(came);
    if (came.kind === 'answered') onDone(came.body);
  };
  const issues = answer?.kind === 'refused' ? (answer.problem.issues ?? []) : [];
  return html`<form onSubmit=${send} aria-busy=${isBusy ? 'true' : 'false'}>
    <${Issues.Provider} value=${issues}>${children}<//>
    <${Trouble} answer=${answer} />
    <p class="buttons">
      <button class=${isDangerous ? 'danger' : 'main'} disabled=${isBusy || !isReady}>
        ${isBusy ? t('form.busy') : submit}
      </button>
      ${onCancel && html`<button type="button" onClick=${onCancel}>${t('form.cancel')}</button>`}
    </p>
  </form>`;
}

/** @param {FormData} data @param {string} name */
export const textOf = (data, name) => String(data.get(name) ?? '').trim();
