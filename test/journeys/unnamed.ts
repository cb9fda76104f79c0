import type { Page } from 'playwright-core';

/** Runs in the page, so it is text here: tests know no browser’s types. */
const script = `(() => {
  const { body } = document;
  const nameOf = (element) => {
    const labels = [...(element.labels ?? [])].map((label) => label.textContent).join('');
    const text = element.matches('input,select,textarea') ? '' : element.textContent;
    return (element.getAttribute('aria-label') ?? labels + text).trim();
  };
  const all = (selector) => [...body.querySelectorAll(selector)];
  const ids = all('[id]').map(({ id }) => id);
  const named = all('[aria-labelledby],[aria-describedby]').flatMap((element) =>
    ['aria-labelledby', 'aria-describedby'].flatMap((name) => element.getAttribute(name)?.split(' ') ?? []));
  return [
    ...all('button,a,input,select,textarea,meter,[role=region]').filter((each) => nameOf(each) === '').map((each) => each.outerHTML),
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => 'twice: ' + id),
    ...(all('h1').length === 1 ? [] : ['not one h1']),
    ...(all('main').length === 1 ? [] : ['not one main']),
    ...all('table').filter((table) => table.caption === null).map(() => 'a table without a caption'),
    ...named.filter((id) => !ids.includes(id)).map((id) => 'nothing is called ' + id),
  ];
})()`;

/** What of the page has no name for who does not see it, and what else a screen lacks (WCAG 2.2, 1.3.1 and 4.1.2). */
export const unnamed = (page: Page): Promise<string[]> => page.evaluate<string[]>(script);
