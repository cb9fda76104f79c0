import { dirname } from 'node:path';
import { rules, testRules, textRules } from './rules.ts';
import { type File, importsOf, isTest, placeOf, type Sources } from './sources.ts';

const hallMax = 20;
/** Folders that hold more files of the product than a reader takes in. */
function crowdedHalls(sources: Sources): string[] {
  const counts = new Map<string, number>();
  for (const name of sources.keys())
    if (/\.[jt]s$/.test(name) && !isTest(name)) counts.set(dirname(name), (counts.get(dirname(name)) ?? 0) + 1);
  return [...counts].flatMap(([hall, files]) => (files > hallMax ? [`${hall}: ${files} files`] : []));
}

export const ruleNames = [...Object.keys({ ...rules, ...textRules, ...testRules }), 'halls of at most 20 files'];

/** Every place that breaks a rule of the plan, as `rule: file: what`. */
export function violations(sources: Sources): string[] {
  const found = [...sources].flatMap(([name, text]) => {
    if (isTest(name)) return Object.entries(testRules).flatMap(([rule, check]) => told(rule, name, check(text)));
    if (!/\.[jt]s$/.test(name)) return [];
    const ofText = Object.entries(textRules).flatMap(([rule, check]) => told(rule, name, check(text, name)));
    if (name.endsWith('.js')) return ofText;
    const file: File = { name, text, imports: importsOf(name, text), place: placeOf(name) };
    return [...ofText, ...Object.entries(rules).flatMap(([rule, check]) => told(rule, name, check(file, sources)))];
  });
  return [...found, ...crowdedHalls(sources).map((hall) => `halls of at most 20 files: ${hall}`)];
}
const told = (rule: string, name: string, broken: readonly string[]): string[] =>
  broken.map((what) => `${rule}: ${name}: ${what}`);
