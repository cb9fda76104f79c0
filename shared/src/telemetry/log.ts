import { trace } from '@opentelemetry/api';
import { type DestinationStream, pino } from 'pino';

/** What the services may say in a log. Fields first, then a fixed sentence. */
export type Log = Readonly<
  Record<'debug' | 'info' | 'warn' | 'error', (fields: Readonly<Record<string, unknown>>, sentence: string) => void>
>;

export type LogOptions = Readonly<{
  service: string;
  level?: string;
  withPersonalData?: boolean;
  destination?: DestinationStream;
}>;

const secretNames =
  /^(authorization|cookie|set-cookie|password|seed|secret|token|authToken|client_secret|clientSecret|sessionToken|session_token|apiKey|d)$/i;
const deepest = 6;

/** JSON lines with the trace they belong to. Keys that name secrets are cut, and keys with a `pii` segment unless asked for. */
export function logger({ service, level = 'info', withPersonalData = false, destination }: LogOptions): Log {
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
  return sink;
}

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const isPersonal = (name: string): boolean => name.split(/[._-]/).includes('pii');

function clean(value: unknown, withPersonalData: boolean, depth: number): unknown {
  if (value instanceof Error) return cleanError(value, depth);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => clean(item, withPersonalData, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => withPersonalData || !isPersonal(name))
      .map(([name, inner]) => [name, secretNames.test(name) ? '[secret]' : clean(inner, withPersonalData, depth + 1)]),
  );
}

/** Kind, code, place and cause of an error. A foreign error's message may repeat what was sent, so only ours is kept. */
function cleanError(error: Error, depth: number): Record<string, unknown> {
  const { code, cause, name, stack } = error as Error & { code?: unknown; cause?: unknown };
  const frames = stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  return {
    type: name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(frames && { stack: frames }),
    ...(cause instanceof Error && depth < deepest ? { cause: cleanError(cause, depth + 1) } : {}),
  };
}
