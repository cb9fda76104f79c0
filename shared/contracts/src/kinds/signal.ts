import type { z } from 'zod';
import type { ServiceName } from './names.ts';

/** Of what signals are: of one call, or of a tenant as a whole. */
type Scopes = Readonly<{
  session: Readonly<{ tenantId: string; sessionId: string }>;
  tenant: Readonly<{ tenantId: string }>;
}>;

/**
 * A kind of signal: something for whoever listens just now. Nobody keeps it, and whoever does not listen never hears of
 * it. So it says nothing that must not be missed.
 */
export type SignalKind<D extends z.ZodType = z.ZodType, S extends keyof Scopes = keyof Scopes> = Readonly<{
  name: string;
  summary: string;
  scope: S;
  from: ServiceName;
  to: ServiceName;
  data: D;
}>;

export const signalKind = <D extends z.ZodType, const S extends keyof Scopes>(
  kind: SignalKind<D, S>,
): SignalKind<D, S> => kind;

/** Of which call a signal is, or of which tenant. */
export type SignalScope<K extends SignalKind = SignalKind> = Scopes[K['scope']];

const prefixOf = ({ name }: SignalKind): string => `vox.signal.${name}.`;
/** The subject name of a signal. No stream keeps it. */
export const subjectNameOfSignal = (kind: SignalKind, scope: SignalScope): string =>
  prefixOf(kind) + ('sessionId' in scope ? `${scope.tenantId}.${scope.sessionId}` : scope.tenantId);
export const signalFilterOf = (kind: SignalKind): string => `${prefixOf(kind)}>`;
