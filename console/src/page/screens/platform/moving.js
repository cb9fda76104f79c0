/**
 * How an installation is changes all the time: its screen is asked anew by itself, as long as somebody looks at it.
 * @type {import('../../live/refresher.js').Shows}
 */
export const moving = { resources: [], isMoving: true };
