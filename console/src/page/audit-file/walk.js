import { breakAt, isFiltered, isSameFilter, passes } from './chain.js';
import { digest } from './proof.js';

/** @typedef {import('./chain.js').Break} Break */
/** @typedef {import('./chain.js').Filter} Filter */
/**
 * How far an export is sound: `entries` counts the sound ones, up to the first break. An excerpt, which a filter made,
 * has gaps: so `last` says where its last entry stood.
 * @typedef {Readonly<{first: number, entries: number, checkpoints: number, broken: Break | null, line?: number,
 *   excerpt?: Readonly<{filter: Filter, last: number, pages: number}>}>} Verified
 */

/** No page of ours holds more. */
const pageEntriesMax = 2_000;

/**
 * Walks through an export, line by line, by the rules of `vox audit verify --file`: a whole chain is held link by link
 * against its signed places; of an excerpt each entry is held against its own hash, and the entries of each page
 * against its signature. A test holds both to the same files.
 */
export class Walk {
  /** What the chain is held against, and where it begins. */
  #head = { sequence: 0, hash: '' };
  #begins = 1;
  #checkpoints = 0;
  /** Up to where signed pages have covered the chain. */
  #covered = 0;
  /** Where the first entry stood, and the last one. */
  #first = 0;
  #latest = 0;
  #found = 0;
  #pages = 0;
  #isOver = false;
  /** Hashes of the entries that no page has covered yet. @type {string[]} */
  #hashes = [];

  /** @param {{tenantId: string, filter: Filter}} asked @param {import('./proof.js').ReadReceipt} read */
  constructor({ tenantId, filter }, read) {
    this.tenantId = tenantId;
    this.filter = filter;
    this.isWhole = !isFiltered(filter);
    this.read = read;
  }

  /** @param {any} line a line, or `undefined` for one that cannot be read @returns {Promise<Break | undefined>} */
  async take(line) {
    // A line that cannot be read stood for the entry that comes next.
    if (line === undefined) return { sequence: this.#at() + 1, cause: 'changed' };
    if (line.kind === 'entry') return this.#entry(line);
    if (line.kind === 'page') return this.#page(line.receipt);
    if (line.kind === 'checkpoint') return this.#checkpoint(line);
    if (line.kind === 'anchor') return this.#anchor(line);
    return { sequence: this.#at() + 1, cause: 'page-forged' };
  }

  /** What is wrong with where the file ends. @returns {Break | undefined} */
  end() {
    if (this.#isOver && this.#hashes.length === 0) return undefined;
    return { sequence: (this.isWhole ? this.#head.sequence : this.#covered) + 1, cause: 'truncated' };
  }

  /** @param {Break | null} broken @returns {Verified} */
  so(broken) {
    const shared = { checkpoints: this.#checkpoints, broken };
    if (this.isWhole) return { first: this.#begins, entries: this.#head.sequence + 1 - this.#begins, ...shared };
    const excerpt = { filter: this.filter, last: this.#latest, pages: this.#pages };
    return { first: Math.max(1, this.#first), entries: this.#found, ...shared, excerpt };
  }

  #at() {
    return this.isWhole ? this.#head.sequence : this.#latest;
  }

  /** @param {any} line @returns {Promise<Break | undefined>} */
  async #entry(line) {
    const { sequence, hash } = line;
    if (this.#isOver || this.#hashes.length >= pageEntriesMax) return { sequence, cause: 'page-forged' };
    const broken = await (this.isWhole ? breakAt(this.#head, line) : this.#excerpted(line));
    if (broken !== undefined) return broken;
    if (this.isWhole) this.#head = { sequence, hash };
    this.#hashes.push(hash);
    this.#found += 1;
    if (this.#first === 0) this.#first = sequence;
    this.#latest = sequence;
    return undefined;
  }

  /** @param {any} line @returns {Promise<Break | undefined>} */
  async #excerpted(line) {
    const { sequence, previous, tenantId } = line;
    if (sequence <= this.#latest) return { sequence, cause: 'repeated' };
    if (tenantId !== this.tenantId || !passes(this.filter, line)) return { sequence, cause: 'changed' };
    return breakAt({ sequence: sequence - 1, hash: previous }, line);
  }

  /** @param {string} receipt @returns {Promise<Break | undefined>} */
  async #page(receipt) {
    const says = await this.read('page', receipt);
    const sequence = this.#covered + 1;
    if (says?.tenantId !== this.tenantId || !isSameFilter(says.filter, this.filter) || this.#isOver)
      return { sequence, cause: 'page-forged' };
    const { after, upto, entries, last } = says;
    if (after !== this.#covered) return { sequence, cause: after > this.#covered ? 'missing' : 'repeated' };
    if (this.isWhole && this.#head.sequence < upto) return { sequence: this.#head.sequence + 1, cause: 'missing' };
    if (entries !== this.#hashes.length || says.digest !== (await digest(...this.#hashes)) || this.#latest > upto)
      return { sequence, cause: 'missing', upto };
    this.#covered = upto;
    this.#pages += 1;
    this.#hashes = [];
    this.#isOver = last;
    return undefined;
  }

  /** @param {'checkpoint' | 'anchor'} kind @param {any} place */
  async #isProven(kind, place) {
    const says = await this.read(kind, place.receipt);
    const isOurs = says?.tenantId === this.tenantId && place.tenantId === this.tenantId;
    return isOurs && says.sequence === place.sequence && says.hash === place.hash;
  }

  /** A checkpoint of the entry that came last, or of one that should have come. @param {any} place */
  async #checkpoint(place) {
    const { sequence, hash } = place;
    if (!(await this.#isProven('checkpoint', place))) return { sequence, cause: 'checkpoint-forged' };
    if (sequence > this.#head.sequence) return { sequence: this.#head.sequence + 1, cause: 'truncated' };
    if (sequence < this.#head.sequence || hash !== this.#head.hash) return { sequence, cause: 'rewritten' };
    this.#checkpoints += 1;
    return undefined;
  }

  /** Where the chain begins. Anywhere else an anchor would let the entries before it vanish. @param {any} place */
  async #anchor(place) {
    const { sequence, hash } = place;
    if (this.#covered > 0 || this.#found > 0) return { sequence: this.#head.sequence + 1, cause: 'anchor-forged' };
    this.#covered = sequence;
    if (!(await this.#isProven('anchor', place))) return { sequence, cause: 'anchor-forged' };
    this.#begins = sequence + 1;
    this.#head = { sequence, hash };
    return undefined;
  }
}
