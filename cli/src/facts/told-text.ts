import type { Told } from '@vox/platform/bus';
import type { Paint } from '../text/paint.ts';
import { withoutControls } from '../text/without-controls.ts';
import { shortName } from './causes.ts';

type Data = Readonly<Record<string, unknown>>;
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that say who a person is. A terminal keeps what it shows, so they are left out. */
const ofPersons = new Set(['visitorId', 'userId', 'loginId', 'addressMark']);

/** What a fact says, without the person; `null` where its header alone is shown. */
export function dataOf({ fact }: Pick<Told, 'fact'>): Data | null {
  if (fact === null) return null;
  const without = (data: Data): Data =>
    Object.fromEntries(
      Object.entries(data).flatMap(([name, value]) =>
        ofPersons.has(name) ? [] : [[name, isData(value) ? without(value) : value]],
      ),
    );
  return without(fact.data as Data);
}

/** One fact for another program. */
export const rowOf = (told: Told) => {
  const { at, name, tenantId, sessionId, id, stream, place, traceparent, sizeBytes, fact } = told;
  const header = { at, name, tenantId, sessionId, id, source: fact?.source ?? null, traceparent };
  return { ...header, stream, place, sizeBytes, data: dataOf(told) };
};

/** Fields within fields, by their whole names. What stands in the line anyhow is left out. */
function* plainFields(data: Data, before = ''): Iterable<string> {
  for (const [name, value] of Object.entries(data)) {
    if (before === '' && (name === 'tenantId' || name === 'sessionId')) continue;
    if (isData(value)) yield* plainFields(value, `${before}${name}.`);
    else if (value !== undefined && value !== null)
      yield `${before}${name}=${withoutControls(Array.isArray(value) ? JSON.stringify(value) : String(value))}`;
  }
}

const doubtful = /refused|denied|doubted|exceeded|slipped|overdue|blocked|failed|locked|aging|disabled/;

/** One fact as one line. */
export function lineOf(told: Told, paint: Paint): string {
  const { at, tenantId, sessionId, sizeBytes } = told;
  const name = shortName(told.name);
  const data = dataOf(told);
  const says = data === null ? [paint('aside', `(header alone; ${sizeBytes} bytes)`)] : [...plainFields(data)];
  const whose = sessionId === null ? tenantId : `${tenantId} ${sessionId}`;
  return [at, paint(doubtful.test(name) ? 'doubtful' : 'name', name.padEnd(28)), whose, says.join(' ')].join('  ');
}

/** What led to a fact, under its line. */
export const causeLine = (cause: Told, paint: Paint): string =>
  paint(
    'aside',
    `    ← ${shortName(cause.name)}  ${cause.at}${cause.id === null ? '' : `  ${withoutControls(cause.id)}`}`,
  );
