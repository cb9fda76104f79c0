/** What a bill says of a package (cyclonedx.org/docs/1.5/json). `bom-ref` names it in the same document. */
type Component = Readonly<{ 'bom-ref': string; group?: string; name: string; version: string }>;
type Dependency = Readonly<{ ref: string; dependsOn: readonly string[] }>;
export type Bill = Readonly<{
  metadata: Readonly<{ component: Readonly<{ 'bom-ref': string }> }>;
  components: readonly Component[];
  dependencies: readonly Dependency[];
}>;

/** A package as it stands in its own package.json. */
export type Installed = Readonly<{ name: string; version: string }>;

const keyOf = (name: string, version: string): string => `${name}@${version}`;

/**
 * The part of a bill that is installed. `npm sbom` writes that of a whole lock file; asked for some workspaces, or for
 * production alone, it leaves out packages that are there. Throws RangeError when something is installed that the bill
 * does not know.
 */
export function billOf(whole: Bill, installed: readonly Installed[]): Bill {
  const there = new Set(installed.map(({ name, version }) => keyOf(name, version)));
  const nameOf = ({ group, name }: Component): string => (group ? `${group}/${name}` : name);
  const components = whole.components.filter((each) => there.has(keyOf(nameOf(each), each.version)));
  const listed = new Set(components.map((each) => keyOf(nameOf(each), each.version)));
  const unknown = [...there].filter((key) => !listed.has(key));
  if (unknown.length > 0) throw new RangeError(`no lock file knows ${unknown.join(', ')}`);
  const refs = new Set([whole.metadata.component['bom-ref'], ...components.map((each) => each['bom-ref'])]);
  const dependencies = whole.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map((each) => ({ ...each, dependsOn: each.dependsOn.filter((ref) => refs.has(ref)) }));
  return { ...whole, components, dependencies };
}
