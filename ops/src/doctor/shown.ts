import type { Finding } from './finding.ts';

const headings = {
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  skipped: 'SKIPPED',
} as const satisfies Record<Finding['severity'], string>;

const counted = (count: number, what: string): string => `${count} ${what}`;

/** Findings as a person reads them, the gravest first. */
export function textOf(findings: readonly Finding[]): string {
  const blocks = findings.map(
    ({ severity, what, why, mend }) =>
      `${headings[severity].padEnd(8)} ${what}\n${pad}why: ${why}\n${pad}mend: ${mend}\n`,
  );
  const sums = Object.keys(headings).map((severity) =>
    counted(findings.filter((each) => each.severity === severity).length, severity),
  );
  return `${blocks.join('\n')}${blocks.length > 0 ? '\n' : ''}${sums.join(', ')}\n`;
}
const pad = ' '.repeat(9);
