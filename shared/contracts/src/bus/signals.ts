import { CallSignal, VisitorSignal } from '../calls/call-event.ts';
import { changeSignals } from '../changes/change-notice.ts';
import type { SignalKind } from '../kinds/signal.ts';

/** Every kind of signal. */
export const signalKinds: readonly SignalKind[] = [CallSignal, VisitorSignal, ...Object.values(changeSignals)];
