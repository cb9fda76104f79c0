import { readFileSync } from 'node:fs';

/** What stands in backticks on the page of an alert, under one heading or in all of it. */
function codeOf(alert: string, heading?: string): readonly string[] {
  const text = readFileSync(new URL(`../../docs/runbooks/${alert}.md`, import.meta.url), 'utf8');
  const part = heading === undefined ? text : (text.split(/^## /m).find((each) => each.startsWith(heading)) ?? '');
  return [...part.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replaceAll(/\s+/g, ' '));
}

/** What the page of an alert has its reader ask Prometheus. */
export const queriesOf = (alert: string, heading?: string): readonly string[] =>
  codeOf(alert, heading).filter((code) => /^(?:vox[_:]|up\b|(?:sum|max|min|histogram_quantile)\b)/.test(code));

/** The words behind `npx vox` that the page of an alert has its reader type, each command once. */
export const commandsOf = (alert: string): readonly string[] => [
  ...new Set(codeOf(alert).flatMap((code) => (code.startsWith('npx vox ') ? code.slice('npx vox '.length) : []))),
];
