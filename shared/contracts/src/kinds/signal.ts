import type { z } from 'zod';
import type { ServiceName } from './names.ts';

/**
 * A kind of signal: something for whoever listens just now. Nobody keeps it, and whoever does not listen never hears of
 * it. So it says nothing that must not be missed.
 */
export type SignalKind<D extends z.ZodType = z.ZodType> = Readonly<{
  name: string;
  summary: string;
  from: ServiceName;
  to: ServiceName;
  data: D;
}>;

export const signalKind = <D extends z.ZodType>(kind: SignalKind<D>): SignalKind<D> => kind;

/** Of which call a signal is. */
export type SignalScope = Readonly<{ tenantId: string; sessionId: string }>;

const prefixOf = ({ name }: SignalKind): string => `vox.signal.${name}.`;
/** The subject name of a signal. No stream keeps it. */
export const subjectNameOfSignal = (kind: SignalKind, { tenantId, sessionId }: SignalScope): string =>
  `${prefixOf(kind)}${tenantId}.${sessionId}`;
export const signalFilterOf = (kind: SignalKind): string => `${prefixOf(kind)}>`;
