import type { Import } from './sources.ts';

/** What a room may import of the other rooms of its domain; `types` of those in the second list alone. */
export const mayUse: Record<string, string[]> = {
  accept: ['command', 'decide', 'keep'],
  command: ['decide', 'keep', 'publish'],
  // A store asks decide when its documents are due: written twice, the two would drift.
  keep: ['decide'],
};
export const mayType: Record<string, string[]> = { accept: ['publish'], publish: ['decide'] };
/** The packages that a room may open. A room that is not named may open all. */
const mayOpen: Record<string, string[]> = {
  // Contracts hold schemas and what follows from them alone, such as whether a key lives. Tools hold what follows from
  // descriptors. The others are arithmetic.
  decide: ['@vox/contracts', '@vox/tools', 'node:net', 'ipaddr.js'],
  keep: [
    ...['contracts', 'identifiers', 'store', 'time', 'config', 'telemetry', 'fault', 'crypto'],
    ...['secret', 'master-keys'],
  ].map(opened),
  publish: [
    ...['contracts', 'bus', 'telemetry', 'fault', 'time', 'crypto', 'csv', 'egress', 'secret'].map(opened),
    // Expands what is sent to another's server, and speaks its protocol.
    ...['@vox/tools', '@vox/tools/mcp'],
  ],
};
function opened(door: string): string {
  return door === 'contracts' ? '@vox/contracts' : `@vox/platform/${door}`;
}
export const mayOpenAny = (room: string, { to, typeOnly }: Import): boolean => {
  const known = mayOpen[room];
  if (known === undefined || known.includes(to)) return true;
  return room !== 'decide' && (!to.startsWith('@vox/') || (typeOnly && to === '@vox/contracts'));
};

/** A door of the platform may open only those of earlier rows. */
const layers = [
  ['time', 'fault', 'config', 'csv', 'examples', 'secret'],
  ['identifiers', 'redaction-thread', 'http-signature'],
  ['crypto', 'telemetry', 'store'],
  ['bus', 'http', 'egress', 'master-keys', 'hash-keys'],
  ['status'],
  ['access', 'lifecycle'],
];
export const platformDoor = (name: string): string | undefined => /^shared\/platform\/src\/([\w-]+)\//.exec(name)?.[1];
export const level = (door: string): number => layers.findIndex((layer) => layer.includes(door));

/** What the packages that others are made of may be made of. */
export const madeOf: Record<string, string[]> = { 'shared/contracts': ['zod'], 'shared/redaction': ['zod'] };
