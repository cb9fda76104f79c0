import { placeAt } from './places.js';
import { here, notice } from './state.js';

const readHere = () => {
  here.value = { path: location.pathname, search: location.search };
};

/** Whether a path is of another page than the one that is shown. @param {string} path */
const isElsewhere = (path) =>
  path !== here.peek().path && [path, here.peek().path].some((each) => placeAt(each)?.place.hasOwnPage);

/** @param {string} to a path of the console */
export function go(to, { replace = false } = {}) {
  const [path = ''] = to.split('?');
  if (isElsewhere(path)) return location.assign(to);
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  // What had the focus, and what was said, is of the screen before.
  if (!replace && document.activeElement instanceof HTMLElement) document.activeElement.blur();
  if (!replace) notice.value = '';
  readHere();
  if (!replace) scrollTo(0, 0);
}

/** What stands behind the question mark, under a name. @param {string} name */
export const searched = (name) => new URLSearchParams(here.value.search).get(name) ?? '';

/**
 * Keeps what is filtered in the address, so that it can be passed on.
 * @param {Readonly<Record<string, string>>} values
 */
export function search(values) {
  const kept = Object.entries(values).filter(([, value]) => value !== '');
  const text = new URLSearchParams(kept).toString();
  go(text === '' ? here.value.path : `${here.value.path}?${text}`, { replace: true });
}

/** @param {MouseEvent} event */
function follow(event) {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !(event.target instanceof Element)) return;
  const link = event.target.closest('a');
  if (link === null || link.target !== '' || link.hasAttribute('download')) return;
  const { origin, pathname, search: sought, hash } = link;
  if (origin !== location.origin || !/^\/console(?:\/|$)/.test(pathname) || hash !== '') return;
  event.preventDefault();
  go(pathname + sought);
}

/** Follows links within the console without loading the page again. */
export function startRouter() {
  readHere();
  addEventListener('popstate', readHere);
  document.addEventListener('click', follow);
}
