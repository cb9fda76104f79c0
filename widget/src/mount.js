import { refusedWidget } from './embed/refused.js';
import { settingsOf } from './embed/settings.js';
import { widgetOf } from './embed/widget.js';
import { troubleOf, warnOf } from './troubles.js';

/** The widget of this window, whichever copy of this module made it. */
const mine = Symbol.for('vox.widget');

/** The origin of an address, without which nothing can be asked. @param {string} base */
function originOf(base) {
  try {
    const { origin, protocol } = new URL(base);
    return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
  } catch {
    return undefined;
  }
}

/** @type {typeof import('./vox-widget.d.ts').mountVoxWidget} */
export const mountVoxWidget = (config) => {
  if (typeof document === 'undefined')
    throw new Error('mountVoxWidget needs a page: call it in a browser, not on a server');
  const page = /** @type {any} */ (window);
  const there = page[mine] ?? page.voxWidget;
  if (there !== undefined) {
    warnOf(troubleOf('TWO_COPIES'));
    return there;
  }
  const { settings, wrong } = settingsOf(config);
  if (wrong.length > 0) warnOf(troubleOf('CONFIG_INVALID', { more: `Wrong: ${wrong.join(', ')}.` }));
  if (settings.widgetKey === '') return refusedWidget(troubleOf('KEY_MISSING'));
  const base = originOf(settings.base);
  if (base === undefined) return refusedWidget(troubleOf('BASE_UNKNOWN'));
  const widget = widgetOf({ ...settings, base }, () => {
    delete page[mine];
    if (page.voxWidget === widget) delete page.voxWidget;
  });
  page[mine] = widget;
  return widget;
};
