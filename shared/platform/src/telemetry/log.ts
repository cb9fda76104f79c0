import { trace } from '@opentelemetry/api';
import { type DestinationStream, pino } from 'pino';
import { Secret } from '../secret/mod.ts';
import { cleanError } from './clean-error.ts';
import { outages } from './outages.ts';
import { isOutage, whatBroke } from './what-broke.ts';

type Fields = Readonly<Record<string, unknown>>;
type Say = (fields: Fields, sentence: string) => void;

/**
 * The log of a service. Fields come first, then a fixed sentence. Warnings of one dependency share a line: at most one
 * in ten seconds until `answered` reports that it is back, which is a line too. A warning belongs to a dependency when
 * it names one, or when its `error` shows that something is down.
 */
export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', Say>> &
  Readonly<{
    /** `tried` is the address that was asked. Later lines show it when their error does not tell. */
    answered: (dependency: string, tried?: string) => void;
  }>;

export type LogOptions = Readonly<{
  service: string;
  level?: string;
  withPersonalData?: boolean;
  destination?: DestinationStream;
  /** A monotonic clock, in milliseconds. */
  nowMs?: () => number;
}>;

const secretNames =
  /^(authorization|cookie|set-cookie|password|seed|secret|token|authToken|client_secret|clientSecret|sessionToken|session_token|apiKey|signingSecret|d)$/i;
const deepest = 6;

/**
 * JSON lines with their trace id. Keys that name secrets are cut, and keys with a `pii` segment unless they are asked
 * for.
 */
export function logger(options: LogOptions): Log {
  const { service, level = 'info', withPersonalData = false, destination, nowMs = () => performance.now() } = options;
  const sink = pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => clean(fields, withPersonalData, 0) as Record<string, unknown>,
      },
      mixin() {
        const span = trace.getActiveSpan()?.spanContext();
        return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
      },
    },
    destination ?? pino.destination({ dest: 1, sync: false }),
  );
  const down = outages(nowMs);
  const places = new Map<string, string>();

  function warn(fields: Fields, sentence: string): void {
    const { error, dependency: named, ...rest } = fields;
    const known = whatBroke(error, typeof named === 'string' ? named : undefined);
    const dependency = typeof named === 'string' ? named : known?.dependency;
    if (typeof named !== 'string' && !isOutage(error)) {
      sink.warn(fields, sentence);
      return;
    }
    const outage = down.failed(dependency ?? sentence);
    if (outage === undefined) return;
    const place = places.get(dependency ?? '');
    const told = {
      ...(place !== undefined && { tried: place }),
      ...rest,
      ...defined(known),
      ...outage,
      ...(error !== undefined && { error: cleanError(error, false) }),
    };
    if (dependency === undefined) sink.warn(told, sentence);
    else sink.warn({ ...told, dependency, because: sentence }, 'a dependency does not answer as it should');
  }

  return {
    debug: (fields, sentence) => sink.debug(fields, sentence),
    info: (fields, sentence) => sink.info(fields, sentence),
    warn,
    error: (fields, sentence) => sink.error({ ...fields, ...defined(whatBroke(fields.error)) }, sentence),
    answered(dependency, tried) {
      if (tried !== undefined) places.set(dependency, tried);
      const outage = down.answered(dependency);
      if (outage !== undefined) sink.info({ dependency, ...outage }, 'a dependency answers again');
    },
  };
}

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  answered: () => undefined,
};

const defined = (known: object = {}): object =>
  Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));

const isPersonal = (name: string): boolean => name.split(/[._-]/).includes('pii');

function clean(value: unknown, withPersonalData: boolean, depth: number): unknown {
  if (value instanceof Error) return cleanError(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Secret) return String(value);
  if (depth >= deepest) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => clean(item, withPersonalData, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => withPersonalData || !isPersonal(name))
      .map(([name, inner]) => {
        if (secretNames.test(name)) return [name, '[secret]'];
        // Anything can be thrown, even a text that was sent to us.
        const isThrown = name === 'error' && (typeof inner !== 'object' || !('type' in (inner ?? {})));
        return [name, isThrown ? cleanError(inner) : clean(inner, withPersonalData, depth + 1)];
      }),
  );
}
