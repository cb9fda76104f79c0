import { importsOf, isTest, placeOf, type Sources } from './sources.ts';

export function reachesItself(start: string, sources: Sources): boolean {
  const seen = new Set<string>();
  const reaches = (file: string): boolean => {
    if (seen.has(file)) return false;
    seen.add(file);
    return importsOf(file, sources.get(file) ?? '').some(({ to }) => sources.has(to) && (to === start || reaches(to)));
  };
  return reaches(start);
}

export function circleOfDomains(service: string, start: string, sources: Sources): string[] {
  const seen = new Set<string>();
  const next = (domain: string): Set<string> => {
    const found = new Set<string>();
    for (const [name, text] of sources) {
      const place = placeOf(name);
      if (place.service !== service || place.domain !== domain || isTest(name)) continue;
      for (const { to, isBare } of importsOf(name, text)) {
        const other = isBare ? undefined : placeOf(to);
        if (other?.service === service && other.domain !== undefined && other.domain !== domain)
          found.add(other.domain);
      }
    }
    return found;
  };
  const reaches = (domain: string): boolean =>
    [...next(domain)].some((to) => to === start || (!seen.has(to) && Boolean(seen.add(to)) && reaches(to)));
  return reaches(start) ? [`the domain ${start} imports itself in the end`] : [];
}
