import { useEffect, useRef, useState } from 'preact/hooks';
import { toolReason } from '../../answers/tool-reason.js';
import { written } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Dialog } from '../../parts/dialog.js';
import { Field, Form, textOf } from '../../parts/form.js';
import { ReasonField } from '../../parts/form-dialog.js';
import { argumentsOf, fieldsOf, jsonTyped } from '../../parts/schema-form.js';
import { ask } from '../../request.js';
import { locale, named, t } from '../../words.js';

/** @typedef {import('../../parts/schema-form.js').ArgumentField} ArgumentField */
/** @typedef {import('../../request.js').Answer} Answer */

/** The longest that a tool may take, and what stands around it. */
const waitMs = 130_000;
const wholeName = 'args';
const nameOf = (/** @type {string} */ name) => `args.${name}`;

const shownChoice = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : JSON.stringify(value));
const leftOut = () => /** @type {[string, string]} */ (['', t('tools.leftOut')]);

/** @param {ArgumentField} field @returns {readonly [string, string][] | undefined} */
function optionsOf({ kind, choices }) {
  if (kind === 'choice')
    return [leftOut(), ...choices.map((each, at) => /** @type {[string, string]} */ ([String(at), shownChoice(each)]))];
  return kind === 'boolean' ? [leftOut(), ['true', t('tools.yes')], ['false', t('tools.no')]] : undefined;
}

/** @param {{field: ArgumentField}} given */
function Argument({ field }) {
  const { name, kind, isNeeded, about, initial } = field;
  const options = optionsOf(field);
  const hints = [about, isNeeded ? t('tools.needed') : '', kind === 'json' ? t('tools.asJson') : ''];
  const isNumber = kind === 'number' || kind === 'whole';
  return html`<${Field}
    label=${name}
    hint=${hints.filter((each) => each !== '').join(' ')}
    name=${nameOf(name)}
    initial=${initial}
    autocomplete="off"
    spellcheck=${false}
    ...${options && { options }}
    ...${kind === 'json' && { lines: 3 }}
    ...${isNumber && { inputmode: 'decimal' }}
  />`;
}

/**
 * Refused by the page itself: what cannot be read is sent to nobody.
 * @param {readonly {path: string, message: string}[]} issues
 * @returns {Answer}
 */
const unreadable = (issues) => ({
  kind: 'refused',
  problem: { code: 'INVALID_REQUEST', status: 400, userMessage: '', issues },
});
const why = () => ({ number: t('tools.notNumber'), json: t('tools.notJson') });

/**
 * The arguments that stand in the form, or what is wrong with them.
 * @param {readonly ArgumentField[] | undefined} fields @param {FormData} data
 */
function argumentsIn(fields, data) {
  if (fields !== undefined) {
    const { args, wrong } = argumentsOf(fields, (name) => String(data.get(nameOf(name)) ?? ''));
    return { args, issues: wrong.map((each) => ({ path: nameOf(each.name), message: why()[each.why] })) };
  }
  const typed = jsonTyped(textOf(data, wholeName) || '{}');
  return typed
    ? { args: typed.value, issues: [] }
    : { args: {}, issues: [{ path: wholeName, message: t('tools.notJson') }] };
}

/** The same answer; a refusal says why in words. @param {Answer} answer @returns {Answer} */
const withReason = (answer) =>
  answer.kind === 'refused' && answer.problem.reason !== undefined
    ? { ...answer, problem: { ...answer.problem, reason: toolReason(answer.problem.reason) } }
    : answer;

/** @param {string} name @param {unknown} value */
const detail = (name, value) => value !== undefined && html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

/** What came of it, brought into view: the tool’s answer is text, whatever it holds. @param {{came: any}} given */
function Came({ came }) {
  const section = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => section.current?.scrollIntoView({ block: 'nearest' }), [came]);
  return html`<section ref=${section} role="status" aria-label=${t('tools.came')}>
  <h3>${t('tools.came')}</h3>
  <dl class="details">
    ${detail(t('tools.outcome'), html`<span class=${came.ok ? 'state done' : 'state missing'}>${came.ok ? t('tools.ok') : named('tried', came.outcome)}</span>`)}
    ${detail(t('tools.why'), came.reason && html`${toolReason(came.reason)} <code>${came.reason}</code>`)}
    ${detail(t('tools.host'), came.host)} ${detail(t('tools.status'), came.status)}
    ${detail(t('tools.took'), t('tools.ms', { count: written(locale(), came.ms) }))}
    ${detail(t('tools.bytes'), t('tools.sizes', { sent: written(locale(), came.bytesOut), heard: written(locale(), came.bytesIn) }))}
    ${detail(t('tools.tryId'), html`<code>${came.tryId}</code>`)}
  </dl>
  ${
    'result' in came &&
    html`<h4>${t('tools.answer')}</h4>
      <pre class="text" tabindex="0" aria-label=${t('tools.answer')}>${JSON.stringify(came.result, null, 2)}</pre>`
  }
  ${
    came.ui &&
    html`<h4>${t('tools.page')}</h4>
      <pre class="text" tabindex="0" aria-label=${t('tools.page')}>${JSON.stringify(came.ui, null, 2)}</pre>`
  }
</section>`;
}

/**
 * Tries a tool for real, as often as somebody likes.
 * @param {{agentId: string, tool: any, onClose: () => void}} given
 */
export function TryTool({ agentId, tool: { name, parameters, description }, onClose }) {
  const [came, setCame] = useState(/** @type {any} */ (undefined));
  const fields = fieldsOf(parameters);
  /** @param {FormData} data @returns {Promise<Answer>} */
  const run = async (data) => {
    setCame(undefined);
    const { args, issues } = argumentsIn(fields, data);
    if (issues.length > 0) return unreadable(issues);
    return withReason(await ask(o.tryTool, { agentId, name, args, reason: textOf(data, 'reason') }, { waitMs }));
  };
  return html`<${Dialog} title=${t('tools.tryTitle', { name })} onClose=${onClose}>
    <p>${description}</p>
    <p>${t('tools.tryText')}</p>
    <${Form} submit=${t('tools.try')} onSubmit=${run} onDone=${setCame} onCancel=${onClose}>
      ${fields?.length === 0 && html`<p>${t('tools.noArguments')}</p>`}
      ${fields?.map((field) => html`<${Argument} key=${field.name} field=${field} />`)}
      ${
        fields === undefined &&
        html`<${Field} label=${t('tools.arguments')} hint=${t('tools.argumentsHint')} name=${wholeName} lines="6" initial="{}" spellcheck=${false} />
          <details><summary>${t('tools.schema')}</summary><pre class="text" tabindex="0">${JSON.stringify(parameters, null, 2)}</pre></details>`
      }
      <${ReasonField} />
    <//>
    ${came && html`<${Came} came=${came} />`}
  <//>`;
}
