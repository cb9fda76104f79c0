import { tellScreens } from '../../live/changes.js';
import { refreshEveryMs } from '../../live/refresher.js';

/** How an installation is. @type {import('../../live/refresher.js').Shows} */
export const moving = { resources: ['platform'] };

/**
 * It changes all the time and no notice of the server tells of it: what shows it is told again and again. Answers how
 * to end that.
 */
export function keepTelling() {
  const timer = setInterval(() => tellScreens({ kind: 'changed', resource: 'platform', id: '' }), refreshEveryMs);
  return () => clearInterval(timer);
}
