import { useState } from 'preact/hooks';
import { amountTyped } from '../../amount-typed.js';
import { facts } from '../../facts.js';
import { amount, momentTyped } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { BudgetTable } from '../../parts/budget.js';
import { Field, textOf } from '../../parts/form.js';
import { Confirm, FormDialog, ReasonField } from '../../parts/form-dialog.js';
import { Table } from '../../parts/table.js';
import { At, Head, say } from '../../parts/text.js';
import { useWanted } from '../../parts/wanted.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { locale, named, t } from '../../words.js';

/** @param {FormData} data */
const override = (data) =>
  ask(o.overrideLimit, {
    kind: textOf(data, 'kind'),
    limit: textOf(data, 'limit'),
    value: amountTyped(textOf(data, 'limit'), textOf(data, 'value')),
    until: momentTyped(textOf(data, 'until')),
    reason: textOf(data, 'reason'),
  });

/** @param {{onClose: () => void, onDone: () => void}} given */
const Override = ({ onClose, onDone }) => html`<${FormDialog}
  title=${t('limits.override')}
  submit=${t('limits.override')}
  onSubmit=${override}
  onClose=${onClose}
  onDone=${() => {
    say(t('limits.overridden'));
    onDone();
  }}
>
  <p>${t('limits.overrideText', { days: facts.overrideDaysMax })}</p>
  <${Field} label=${t('limits.kind')} name="kind" options=${facts.lists.identity.map((each) => [each, named('identity', each)])} />
  <${Field} label=${t('limit.limit')} name="limit" options=${facts.lists.limit.map((each) => [each, named('limit', each)])} />
  <${Field} label=${t('limits.value')} hint=${t('limits.valueHint')} name="value" type="number" min="0" step="any" required />
  <${Field} label=${t('limits.until')} name="until" type="datetime-local" required />
  <${ReasonField} isRequired=${true} />
<//>`;

/** @typedef {Readonly<{kind: string, limit: string}>} Named */

/** @param {{ending: Named, onClose: () => void, onDone: () => void}} given */
const EndOverride = ({ ending: { kind, limit }, onClose, onDone }) => html`<${Confirm}
  title=${t('limits.endOverride')}
  text=${t('limits.endOverrideText', { limit: named('limit', limit), kind: named('identity', kind) })}
  submit=${t('limits.endOverride')}
  needsReason=${true}
  onSubmit=${(/** @type {FormData} */ data) => ask(o.overrideLimit, { kind, limit, value: null, reason: textOf(data, 'reason') })}
  onClose=${onClose}
  onDone=${() => {
    say(t('limits.endedOverride'));
    onDone();
  }}
/>`;

/** @param {{kinds: readonly any[], onEnd: (ending: Named) => void}} given */
const Overrides = ({ kinds, onEnd }) => html`<${Table}
  caption=${t('limits.overrides')}
  heads=${[t('limit.limit'), t('limits.kind'), t('limit.inForce'), t('limits.ofPolicy'), t('limits.until'), t('table.actions')]}
  rows=${kinds.flatMap(({ kind, budget }) =>
    budget
      .filter((/** @type {any} */ { overriddenUntil }) => overriddenUntil !== null)
      .map((/** @type {any} */ { limit, inForce, ofPolicy, overriddenUntil }) => [
        named('limit', limit),
        named('identity', kind),
        amount(locale(), limit, inForce),
        ofPolicy === null ? t('limit.unbound') : amount(locale(), limit, ofPolicy),
        html`<${At} at=${overriddenUntil} />`,
        may(o.overrideLimit) &&
          html`<button type="button" onClick=${() => onEnd({ kind, limit })}>${t('limits.endOverride')}</button>`,
      ]),
  )}
  empty=${t('limits.noOverrides')}
/>`;

/** What limits calls besides budgets, by the names of the policy. @param {{kinds: readonly any[]}} given */
const CallLimits = ({ kinds }) => html`<${Table}
  caption=${t('limits.calls')}
  heads=${[t('limit.limit'), ...kinds.map(({ kind }) => named('identity', kind))]}
  rows=${Object.keys(kinds[0]?.calls ?? {}).map((name) => [
    html`<code>${name}</code>`,
    ...kinds.map(({ calls }) => (calls[name] === null ? t('limit.unbound') : calls[name])),
  ])}
  empty=${t('limit.empty')}
/>`;

/** What remains of every limit, and other limits for a time. */
export function Screen() {
  const [isOpen, setOpen] = useState(false);
  const [ending, setEnding] = useState(/** @type {Named | undefined} */ (undefined));
  const asked = useAsked(() => ask(o.showLimits), [], { resources: ['calls', 'limits'] });
  useWanted('override', o.overrideLimit, () => setOpen(true));
  return html`<${Head} title=${t('menu.limits')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
      ${may(o.overrideLimit) && html`<button type="button" class="main" onClick=${() => setOpen(true)}>${t('limits.override')}</button>`}
    <//>
    <${Shown} asked=${asked}>
      ${(
        /** @type {any} */ { kinds },
      ) => html`${kinds.map((/** @type {any} */ each) => html`<${BudgetTable} ...${each} />`)}
        <${Overrides} kinds=${kinds} onEnd=${setEnding} />
        <${CallLimits} kinds=${kinds} />`}
    <//>
    ${isOpen && html`<${Override} onClose=${() => setOpen(false)} onDone=${asked.again} />`}
    ${ending && html`<${EndOverride} ending=${ending} onClose=${() => setEnding(undefined)} onDone=${asked.again} />`}`;
}
