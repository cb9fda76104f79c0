import { type Facts, readOf } from '../facts.ts';
import { type Finding, someOf, when } from '../finding.ts';

const dayMs = 86_400_000;
const oldDays = 365;

/** Files that prove who somebody is: their age and who may read them. Nobody read what is in them. */
export function secretFindings(facts: Facts): Finding[] {
  const secrets = readOf(facts.secrets) ?? [];
  const old = secrets.filter(({ writtenAtMs }) => facts.nowMs - writtenAtMs > oldDays * dayMs);
  const open = secrets.filter(({ othersMayRead }) => othersMayRead);
  return [
    ...when(
      open.length > 0,
      'high',
      'secrets.readable',
      `Other users of this machine may read ${someOf(open.map(({ name }) => name))}.`,
      'Whoever reads such a file is that service.',
      'Take the right away (chmod 600), and rotate what was readable.',
    ),
    ...when(
      old.length > 0,
      'medium',
      'secrets.old',
      `Older than ${oldDays} days are ${someOf(old.map(({ name }) => name))}.`,
      'What leaked once serves for as long as it is not replaced.',
      'Rotate each in turn; services take a new one when they start again.',
    ),
  ];
}
