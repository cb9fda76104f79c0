import { type Facts, parts } from '../facts.ts';
import { type Finding, finding } from '../finding.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Every part that was not read: skipped when it was not given, grave when it was and does not answer. */
export const unreadFindings = (facts: Facts): Finding[] =>
  Object.entries(parts).flatMap(([part, name]) => {
    const reading = facts[part as keyof typeof parts];
    if ('read' in reading) return [];
    const { unread, says, mend } = reading;
    const what = `${capital(name)} was not looked at: ${says}.`;
    if (unread === 'not given')
      return [finding('skipped', `${part}.not-given`, what, 'What is wrong there would not be found.', mend)];
    const why = 'What is wrong there is not found, and whoever needs it may meet the same.';
    return [finding(unread === 'silent' ? 'high' : 'medium', `${part}.${unread}`, what, why, mend)];
  });
