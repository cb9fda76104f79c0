import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busIdentities } from '@vox/contracts';
import { redisUser } from '@vox/edge-guard/redis-rights';
import { newServiceKey } from '@vox/platform/bus';
import { storeUsers } from '../stores/store-users.ts';

/**
 * A credential is rotated in three steps. `add` makes a new one, and the server takes both. `use` gives it to whoever
 * proves himself by it. `drop` forgets the old one, and the server takes it no more.
 */
export const rotationSteps = ['add', 'use', 'drop'] as const;
export type RotationStep = (typeof rotationSteps)[number];

const newPassword = (): string => randomBytes(24).toString('base64url');

/** What can be rotated: the files of each kind, by whose they are, and how a new one is made. */
const kinds: Readonly<Record<string, Readonly<{ of: readonly string[]; file: string; make: () => string }>>> = {
  nats: { of: busIdentities, file: 'seed', make: () => newServiceKey().seed },
  redis: { of: [redisUser], file: 'redis-password', make: newPassword },
  mongodb: { of: Object.keys(storeUsers), file: 'mongodb-password', make: newPassword },
};
export const rotatedKinds: readonly string[] = Object.keys(kinds);

/** The credential that is coming, and the one that is going, beside the one that is in use. */
const [next, previous] = ['next', 'previous'];
export const stagesOf = (name: string): readonly string[] => [name, `${name}.${next}`, `${name}.${previous}`];

/**
 * MongoDB knows one password for a user, so a user comes in twice: under his own name, and under another while the
 * first has a password that goes. `stage` is which of the two a file is about.
 */
export const userNameOf = (user: string, isOther: boolean): string => (isOther ? `${user}-2` : user);
const otherMark = (user: string): string => `${user}.mongodb-other`;

/** Whether a user of MongoDB is known under the other name, in the folder and at the stage that `suffix` names. */
export const isUnderOtherName = (folder: string, user: string, suffix = ''): boolean =>
  existsSync(join(folder, `${otherMark(user)}${suffix}`));

/**
 * Takes one step for a kind of credential, of one identity or of all that have one. Whatever follows from the files is
 * made by `makeSecrets` afterwards. Throws RangeError, and changes nothing, where a step comes out of its turn.
 */
export function rotateSecrets(folder: string, step: RotationStep, kind: string, only?: string): readonly string[] {
  const { of, file, make } = kinds[kind] ?? {};
  if (of === undefined || make === undefined) throw new RangeError(`there is nothing to rotate of ${kind}`);
  const chosen = of.filter((each) => only === undefined || each === only);
  if (chosen.length === 0) throw new RangeError(`${kind} has no credential of ${only}`);
  const held = new Set(readdirSync(folder));
  for (const each of chosen) refuseOutOfTurn(`${each}.${file}`, step, held);
  for (const each of chosen) {
    const name = join(folder, `${each}.${file}`);
    if (step === 'add') writeFileSync(`${name}.${next}`, make(), { mode: 0o600, flag: 'wx' });
    if (step === 'use') moved(name);
    if (step === 'drop') rmSync(`${name}.${previous}`);
    if (kind === 'mongodb') renamed(folder, each, step);
  }
  return chosen;
}

function refuseOutOfTurn(name: string, step: RotationStep, held: ReadonlySet<string>): void {
  if (!held.has(name)) throw new RangeError(`${name} is not there yet: the job \`secrets\` makes it`);
  const [isNext, isPrevious] = [held.has(`${name}.${next}`), held.has(`${name}.${previous}`)];
  if (step === 'add' && (isNext || isPrevious))
    throw new RangeError(`${name} is being rotated already: end that first`);
  if (step === 'use' && !isNext) throw new RangeError(`${name} has no successor yet: \`add\` makes it`);
  if (step === 'drop' && !isPrevious) throw new RangeError(`${name} has no predecessor any more, or was not used yet`);
}

function moved(name: string): void {
  renameSync(name, `${name}.${previous}`);
  renameSync(`${name}.${next}`, name);
}

/** Keeps under which of his two names a user comes in, beside each of his passwords. */
function renamed(folder: string, user: string, step: RotationStep): void {
  const mark = join(folder, otherMark(user));
  const set = (suffix: string, isOther: boolean): void =>
    isOther ? writeFileSync(`${mark}${suffix}`, '', { mode: 0o600 }) : rmSync(`${mark}${suffix}`, { force: true });
  const is = (suffix: string): boolean => existsSync(`${mark}${suffix}`);
  if (step === 'add') set(`.${next}`, !is(''));
  if (step === 'use') {
    const [isOther, willBeOther] = [is(''), is(`.${next}`)];
    set(`.${previous}`, isOther);
    set('', willBeOther);
    set(`.${next}`, false);
  }
  if (step === 'drop') set(`.${previous}`, false);
}
