import { attentionOf } from '../../attention.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { t } from '../../words.js';

/** @typedef {import('../../request.js').Answer} Answer */

/** The body of an answer, if there is one. @param {Answer | undefined} answer */
const bodyOf = (answer) => (answer?.kind === 'answered' ? answer.body : undefined);

/**
 * Asks for everything of which somebody may know that it needs them. What the server refuses to this one is left out;
 * without a line there is nothing to say.
 * @returns {Promise<Answer>}
 */
async function known() {
  const [policy, limits, keys, requests, incidents, checklist] = await Promise.all([
    ask(o.showPolicy),
    ask(o.showLimits),
    may(o.listKeys) ? ask(o.listKeys, { limit: 100 }) : undefined,
    may(o.listPrivacyRequests) ? ask(o.listPrivacyRequests, { limit: 50 }) : undefined,
    may(o.listIncidents) ? ask(o.listIncidents, { overdue: 'true', limit: 50 }) : undefined,
    may(o.showChecklist) ? ask(o.showChecklist) : undefined,
  ]);
  if (limits.kind !== 'answered') return limits;
  const body = {
    halted: bodyOf(policy)?.policy.halted,
    budget: limits.body.kinds.flatMap((/** @type {any} */ kind) => kind.budget),
    keys: bodyOf(keys)?.widgetKeys,
    requests: bodyOf(requests)?.requests,
    lateIncidents: bodyOf(incidents)?.incidents.length,
    missing: bodyOf(checklist)?.rows.filter((/** @type {any} */ { state }) => state === 'missing').length,
  };
  return { kind: 'answered', body };
}

const resources = ['limits', 'kill-switch', 'policy', 'privacy-requests', 'incidents'];

/** What needs somebody now, the worst first, each with the way to put it right. */
export function NeedsAttention() {
  const asked = useAsked(known, [], { resources });
  return html`<section>
    <h2>${t('attention.title')}</h2>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ body) => {
        const found = attentionOf(body, Date.now());
        if (found.length === 0) return html`<p>${t('attention.none')}</p>`;
        return html`<ul class="attention">
          ${found.map(
            ({ words, count, to, isUrgent }) =>
              html`<li key=${words}><a class=${`state ${isUrgent ? 'missing' : 'advised'}`} href=${to}>${t(words, { count })}</a></li>`,
          )}
        </ul>`;
      }}
    <//>
  </section>`;
}
