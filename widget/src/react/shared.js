import { mountVoxWidget } from '../mount.js';

/**
 * @typedef {import('../vox-react.d.ts').WidgetState} WidgetState
 * @typedef {{ widget: import('../vox-widget.d.ts').VoxWidget, users: number, state: WidgetState }} Shared
 */

/** The widget that the components of this page show. @type {Shared | undefined} */
let shared;

/** @param {import('../vox-react.d.ts').VoxWidgetConfig} config @returns {Shared} */
function begin(config) {
  const widget = mountVoxWidget(config);
  /** @type {Shared} */
  const begun = { widget, users: 0, state: 'loading' };
  for (const name of /** @type {const} */ (['ready', 'session:start', 'session:end', 'error']))
    widget.on(name, () => {
      begun.state = after(begun.state, name);
    });
  return begun;
}

/**
 * What an event makes of the widget. An error of a call leaves it as it was.
 * @param {WidgetState} before @param {'ready' | 'session:start' | 'session:end' | 'error'} name @returns {WidgetState}
 */
function after(before, name) {
  if (name === 'session:start') return 'live';
  if (name === 'error') return before === 'loading' ? 'failed' : before;
  return 'ready';
}

/** The widget of the page, for one more component. @param {import('../vox-react.d.ts').VoxWidgetConfig} config */
export function joinWidget(config) {
  shared ??= begin(config);
  shared.users += 1;
  return shared;
}

/** One component less shows it: with the last one it goes. @param {Shared} left */
export function leaveWidget(left) {
  left.users -= 1;
  if (left.users > 0) return;
  if (shared === left) shared = undefined;
  left.widget.destroy();
}
