import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** All that axe holds a page to: the rules of WCAG 2.2 A and AA, and what its makers advise. */
const wholeRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Violation = Readonly<{ id: string; target: string; html: string; why: string }>;
/** `rules` names single rules to run instead of all; `within` a selector of the only part that is looked at. */
type AxeOptions = Readonly<{ rules?: readonly string[]; within?: string }>;

/**
 * What axe finds wrong with a page or a frame as it is shown now, a line each: the rule, and the element. The browser’s
 * protocol runs it, which no policy of the page forbids, and the page needs none for it.
 */
export async function axeViolations(page: Page | Frame, { rules, within }: AxeOptions = {}): Promise<string[]> {
  if (!(await page.evaluate<boolean>("typeof axe === 'object'"))) await page.evaluate(source);
  const runOnly = rules === undefined ? { type: 'tag', values: wholeRules } : { type: 'rule', values: rules };
  const place = within === undefined ? 'document' : JSON.stringify(within);
  // It would fetch all style sheets again, for a rule on the turning of devices alone.
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'], preload: false });
  const found = await page.evaluate<readonly Violation[]>(`axe.run(${place}, ${options}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, html, failureSummary }) =>
      ({ id, target: target.join(' '), html, why: failureSummary.replace(/\\s+/g, ' ') }))))`);
  return found.map(({ id, target, html, why }) => `${id}: ${target} ${html} ${why}`);
}
