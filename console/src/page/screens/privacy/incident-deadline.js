import { fromNow } from '../../format.js';
import { html } from '../../html.js';
import { At } from '../../parts/text.js';
import { locale, named } from '../../words.js';

const soonMs = 24 * 3_600_000;

/**
 * How urgent a deadline is, as the style of a state.
 * @param {{deadline: string, dueAt: string}} incident @param {number} nowMs
 */
export const urgency = ({ deadline, dueAt }, nowMs) => {
  if (deadline !== 'running') return deadline === 'kept' ? 'done' : 'missed';
  return Date.parse(dueAt) - nowMs < soonMs ? 'advised' : 'running';
};

/** By when the authority must be told, and whether that was kept. @param {{incident: any}} given */
export const Deadline = ({ incident }) => {
  const nowMs = Date.now();
  return html`<span class=${`state ${urgency(incident, nowMs)}`}>
      ${named('incidentDeadline', incident.deadline)}${incident.deadline === 'running' && `: ${fromNow(locale(), incident.dueAt, nowMs)}`}
    </span>
    <br /><${At} at=${incident.dueAt} />`;
};
