/** As much of an element as what an agent shows needs. */
export class Element {
  /** @type {Record<string, string>} */
  dataset = {};
  textContent = '';
  className = '';
  dir = '';
  hidden = false;
  disabled = false;
  tabIndex = -1;
  href = '';
  rel = '';
  target = '';
  type = '';
  /** @type {any[]} */
  children = [];
  /** @type {Element | undefined} */
  parent;
  /** A press that is let go on it. @type {() => unknown} */
  click = () => undefined;
  /** @param {string} tag */
  constructor(tag) {
    this.tag = tag;
  }
  /** @param {any[]} children */
  append(...children) {
    for (const child of children) child.parent = this;
    this.children.push(...children);
  }
  /** @param {any[]} children */
  replaceChildren(...children) {
    for (const child of this.children) child.parent = undefined;
    this.children = [];
    this.append(...children);
  }
  /** @param {Element} other */
  replaceWith(other) {
    if (this.parent === undefined) return;
    other.parent = this.parent;
    this.parent.children = this.parent.children.map((each) => (each === this ? other : each));
  }
  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter((each) => each !== this);
    this.parent = undefined;
  }
  focus() {}
  /** @returns {boolean} */
  get isConnected() {
    return this.tag === 'body' || (this.parent?.isConnected ?? false);
  }
  /** It, or what it stands in, if that is hidden; no other selector is known. @param {'[hidden]'} selector
   * @returns {Element | null} */
  closest(selector) {
    return this.hidden ? this : (this.parent?.closest(selector) ?? null);
  }
  /** @param {string} _name @param {() => void} listener */
  addEventListener(_name, listener) {
    this.click = () => this.disabled || listener();
  }
  /** Every element of a kind that is in it. @param {string} tag @returns {Element[]} */
  all(tag) {
    return this.children.flatMap((each) => [...(each.tag === tag ? [each] : []), ...each.all(tag)]);
  }
  /** @returns {string} */
  get words() {
    return this.textContent + this.children.map(({ words }) => words).join('');
  }
}

/** @param {string} tag */
export const element = (tag) => new Element(tag);
