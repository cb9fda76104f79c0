import { Fault, orUnavailable, Reason } from '../../fault/mod.ts';

/**
 * Does work that needs the link to the server. Without a link it fails at once, so that nobody waits for a timeout that
 * is sure to come.
 */
export async function whileLinked<T>(linked: () => boolean, work: () => Promise<T>): Promise<T> {
  if (!linked()) throw new Fault('UNAVAILABLE', {}, { cause: new Reason('there is no link to the bus') });
  return orUnavailable(work);
}
