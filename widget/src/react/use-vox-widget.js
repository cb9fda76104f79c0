import { useEffect, useMemo, useRef, useState } from 'react';
import { joinWidget, leaveWidget } from './shared.js';

/**
 * @typedef {import('../vox-react.d.ts').WidgetState} WidgetState
 * @typedef {import('../vox-react.d.ts').VoxHandlers} VoxHandlers
 */

/**
 * Hears what a widget tells, with the handlers of the moment. Answers how to hear no more.
 * @param {import('./shared.js').Shared} shared
 * @param {{ current: VoxHandlers }} heard @param {(state: WidgetState) => void} become
 */
function hear(shared, heard, become) {
  const { widget } = shared;
  become(shared.state);
  const ends = [
    widget.on('ready', (detail) => [become(shared.state), heard.current.onReady?.(detail)]),
    widget.on('session:start', (detail) => [become(shared.state), heard.current.onSessionStart?.(detail)]),
    widget.on('session:end', (detail) => [become(shared.state), heard.current.onSessionEnd?.(detail)]),
    widget.on('message', (detail) => heard.current.onMessage?.(detail)),
    widget.on('error', (detail) => [become(shared.state), heard.current.onError?.(detail)]),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/**
 * A config that stays the same object while it says the same, so that a component may write it anew each time.
 * @template {object} T @param {T} config @returns {T}
 */
function useSame(config) {
  const text = JSON.stringify(config);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it says counts, and not which object says it
  return useMemo(() => config, [text]);
}

/** @type {typeof import('../vox-react.d.ts').useVoxWidget} */
export function useVoxWidget(config, handlers = {}) {
  const same = useSame(config);
  const heard = useRef(handlers);
  const mounted = useRef(/** @type {import('../vox-widget.d.ts').VoxWidget | undefined} */ (undefined));
  const [state, setState] = useState(/** @type {WidgetState} */ ('loading'));
  useEffect(() => {
    heard.current = handlers;
  });
  useEffect(() => {
    let leave = () => {};
    let isGone = false;
    // Strict mode runs an effect, its end and the effect again, all at once: only what stays is mounted.
    queueMicrotask(() => {
      if (isGone) return;
      const joined = joinWidget(same);
      const end = hear(joined, heard, setState);
      mounted.current = joined.widget;
      leave = () => {
        end();
        leaveWidget(joined);
      };
    });
    return () => {
      isGone = true;
      mounted.current = undefined;
      leave();
      setState('loading');
    };
  }, [same]);
  return useMemo(
    () => ({
      state,
      open: async () => mounted.current?.open(),
      close: () => mounted.current?.close(),
      toggle: () => mounted.current?.toggle(),
    }),
    [state],
  );
}
