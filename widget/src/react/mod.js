'use client';
// The line above tells frameworks that render on the server that this part runs in the browser. Plain modules: no JSX,
// so that nothing has to be built.
import { useVoxWidget } from './use-vox-widget.js';

export { useVoxWidget };

/** @type {typeof import('../vox-react.d.ts').VoxWidget} */
export function VoxWidget({ onReady, onSessionStart, onSessionEnd, onMessage, onError, ...config }) {
  useVoxWidget(config, { onReady, onSessionStart, onSessionEnd, onMessage, onError });
  // The widget stands at the end of the page, above everything else. There is nothing to draw here.
  return null;
}
