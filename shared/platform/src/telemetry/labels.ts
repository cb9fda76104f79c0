export type Labels = Readonly<Record<string, string>>;

/**
 * The values that a label may take: a closed list, and of names from the configuration so many more. `about` is what
 * the page on metrics says of them.
 */
export type Label = Readonly<{ values: readonly string[]; about: string; configured?: number }>;

/** What is recorded in the place of a value that stands in no list. */
export const otherValue = 'other';

export const oneOf = (values: readonly string[], about = values.filter((value) => value !== '').join(', ')): Label => ({
  values,
  about,
});

/** Names that stand in the configuration, such as ids of providers: short words, and at most so many of them. */
export const configuredNames = (most: number, about: string): Label => ({ values: [], about, configured: most });
const configuredName = /^[a-z][a-z0-9-]{0,31}$/;

/** The most series that a metric can have in one copy of a service, if every label took every value. */
export const seriesMax = (labels: Readonly<Record<string, Label>>): number =>
  Object.values(labels).reduce((product, { values, configured = 0 }) => product * (values.length + configured + 1), 1);

/**
 * Makes what is given fit its lists. So no call site, whatever it does, can show a tenant, a person, an address or a
 * text in a label, or make more series than the lists allow.
 */
export function bounded(labels: Readonly<Record<string, Label>>): (given: Labels) => Labels {
  const known = new Map(Object.entries(labels).map(([name, { values }]) => [name, new Set(values)]));
  const isKnown = (name: string, value: string): boolean => {
    const values = known.get(name);
    if (values?.has(value) !== false) return values !== undefined;
    const label = labels[name];
    const most = (label?.values.length ?? 0) + (label?.configured ?? 0);
    if (values.size >= most || !configuredName.test(value)) return false;
    values.add(value);
    return true;
  };
  const fits = (given: Labels): boolean => {
    for (const name in given) if (!isKnown(name, given[name] ?? '')) return false;
    return true;
  };
  return (given) => {
    // Nearly always; nothing is made anew then.
    if (fits(given)) return given;
    const listed = Object.entries(given).filter(([name]) => known.has(name));
    return Object.fromEntries(listed.map(([name, value]) => [name, known.get(name)?.has(value) ? value : otherValue]));
  };
}
