import { Reason } from '../fault/mod.ts';

/** A key management service did not do what it was asked. In our own words: it repeats nothing that anybody sent. */
export class KmsFailure extends Reason {
  constructor(words: string, options: { cause?: unknown } = {}) {
    super(words);
    this.name = 'KmsFailure';
    if (options.cause !== undefined) this.cause = options.cause;
  }
}
