/** Longest arguments, in bytes of JSON. */
const bytesMax = 64 * 1024;
/** Most values in them, and how deep they stand in one another. */
const valuesMax = 4_096;
const deepest = 32;

/** Whether arguments are more than a tool is used with. */
export const isLarge = (args: unknown): boolean =>
  hasMany(args) || Buffer.byteLength(JSON.stringify(args) ?? '') > bytesMax;

function hasMany(args: unknown): boolean {
  let level: unknown[] = [args];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    values += level.length;
    if (values > valuesMax || depth > deepest) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}
