import { named, t, worded } from '../../words.js';

/**
 * What happened: of an incident that was opened by itself in the words of the page, of another as somebody wrote it.
 * @param {{title: string, signal: string | null}} incident
 */
export const titleOf = ({ title, signal }) => (signal === null ? title : worded('incidentTitle', signal, title));

/** How it ended, and the reason that somebody gave. @param {string} text such as `no-risk: nothing left the house` */
function closing(text) {
  const [outcome = '', ...rest] = text.split(': ');
  return [named('incidentOutcome', outcome), ...rest].join(': ');
}

/**
 * The words of an entry that are no moment. A note stands as it was written.
 * @param {{step: string, text: string, values?: any}} entry
 */
export function entryText({ step, text, values }) {
  if (step === 'risk') return named('incidentRisk', text);
  if (step === 'closed') return closing(text);
  return step === 'opened' && values?.count !== undefined ? t('incidents.seen', { count: values.count }) : text;
}
