import type { Page } from 'playwright-core';

/** What of the page has no name for who does not see it, and what else a screen must have. */
export const unnamed = (page: Page) =>
  page.locator('body').evaluate((body) => {
    const nameOf = (element: Element): string => {
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      const selected = element instanceof HTMLSelectElement ? [...element.labels] : [];
      const area = element instanceof HTMLTextAreaElement ? [...element.labels] : [];
      const text = element.matches('input,select,textarea') ? '' : (element.textContent ?? '');
      const written = [...labels, ...selected, ...area].map((label) => label.textContent).join('');
      return (element.getAttribute('aria-label') ?? written + text).trim();
    };
    const wrong = [...body.querySelectorAll('button,a,input,select,textarea,meter,[role=region]')]
      .filter((element) => nameOf(element) === '')
      .map((element) => element.outerHTML);
    const ids = [...body.querySelectorAll('[id]')].map(({ id }) => id);
    return [
      ...wrong,
      ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice: ${id}`),
      ...(body.querySelectorAll('h1').length === 1 ? [] : ['not one h1']),
      ...(body.querySelectorAll('main').length === 1 ? [] : ['not one main']),
      ...[...body.querySelectorAll('table')]
        .filter((table) => table.caption === null)
        .map(() => 'table without a caption'),
      ...[...body.querySelectorAll('[aria-labelledby],[aria-describedby]')]
        .flatMap((element) => [element.getAttribute('aria-labelledby'), element.getAttribute('aria-describedby')])
        .flatMap((named) => named?.split(' ') ?? [])
        .filter((id) => document.getElementById(id) === null),
    ];
  });
