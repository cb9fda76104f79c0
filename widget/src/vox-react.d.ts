// What `@vox/widget/react` shows. The modules of `src/react` are checked against this file.
import type { VoxConfig, VoxEvents } from './vox-widget.d.ts';

/** `failed` until a press on the launcher finds that calls are possible again. */
export type WidgetState = 'loading' | 'ready' | 'live' | 'failed';

/** Who hears what the widget tells. */
export type VoxHandlers = {
  onReady?: ((detail: VoxEvents['ready']) => void) | undefined;
  onSessionStart?: ((detail: VoxEvents['session:start']) => void) | undefined;
  onSessionEnd?: ((detail: VoxEvents['session:end']) => void) | undefined;
  onMessage?: ((detail: VoxEvents['message']) => void) | undefined;
  onError?: ((detail: VoxEvents['error']) => void) | undefined;
};

/** `base` is the origin of VOX. The rest is what `window.voxConfig` takes. */
export type VoxWidgetConfig = VoxConfig & { base: string; widgetKey: string };

/** The widget of the page, for a page that has buttons of its own too. */
export type UsedWidget = {
  readonly state: WidgetState;
  open: () => Promise<void>;
  close: () => void;
  toggle: () => void;
};

/**
 * Shows the launcher while a component that uses this is mounted. Several show one widget, by the config of the first.
 * When the config says something else, the widget is mounted anew, which ends a call. Handlers may change at any time.
 */
export declare function useVoxWidget(config: VoxWidgetConfig, handlers?: VoxHandlers): UsedWidget;

/** The same as a component. It draws nothing in its own place. */
export declare function VoxWidget(props: VoxWidgetConfig & VoxHandlers): null;
