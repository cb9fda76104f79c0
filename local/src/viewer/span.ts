import { consumers, factKinds, serviceNames } from '@vox/contracts';

/** One span as it is shown. Times are milliseconds since 1970. */
export type SeenSpan = Readonly<{
  traceId: string;
  spanId: string;
  parentId: string | undefined;
  name: string;
  /** Of the process, as OpenTelemetry calls it. */
  process: string;
  isServer: boolean;
  startMs: number;
  endMs: number;
  failed: boolean;
  attributes: Readonly<Record<string, string>>;
}>;

const consumerServices = new Map<string, string>(Object.values(consumers).map(({ name, service }) => [name, service]));
const publishers = new Map<string, string | undefined>(factKinds.map(({ name, publishers: [one] }) => [name, one]));
const isService = (name: string): boolean => (serviceNames as readonly string[]).includes(name);

/** The service that made a span, by the span alone: where all run in one process, the process does not tell. */
export function serviceOf({ process, name, isServer, attributes }: SeenSpan): string | undefined {
  if (isService(process)) return process;
  const consumer = consumerServices.get(attributes['messaging.consumer.group.name'] ?? '');
  if (consumer !== undefined) return consumer;
  const [verb = '', what = ''] = name.split(' ');
  if (verb === 'answer' && isService(what)) return what;
  if (verb === 'send') return publishers.get(what);
  const path = attributes['url.path'] ?? '';
  return isServer && /^\/(api\/|widget|voice-widget)/.test(path) ? 'edge-guard' : undefined;
}
