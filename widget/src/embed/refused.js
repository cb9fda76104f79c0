import { eventsOf } from './events.js';

/**
 * The widget of a page that is set up wrongly. Its visitors see nothing, since none of them can help it. The developer
 * is told now, and whenever the page opens it.
 * @param {import('../troubles.js').Trouble} trouble
 * @returns {import('../vox-widget.d.ts').VoxWidget}
 */
export function refusedWidget(trouble) {
  const events = eventsOf();
  const report = () => events.report(trouble);
  // Whoever made it can hear it first.
  queueMicrotask(report);
  return { open: async () => report(), close() {}, toggle: report, destroy() {}, on: events.on };
}
