import type { SubjectIdentifier } from '@vox/contracts';
import type { CanonicalIdentifier } from '@vox/platform/identifiers';
import type { Subject, SubjectId } from '../decide/subject.ts';

/** Seals for one place and opens at that place alone. `open` answers `undefined` when place or bytes are others. */
export type Box = Readonly<{
  seal: (place: string, text: string) => string;
  open: (place: string, sealed: string) => string | undefined;
}>;

/**
 * Persons, and what is sealed for them. A person's data open only with the person's key, which stands sealed under the
 * tenant's, which stands sealed under a master key: to forget one person is to destroy one key.
 */
export type Vault = Readonly<{
  /** What an identifier is found by: a keyed hash, another for each form and for each tenant. Hexadecimal. */
  blindIndex: (tenantId: string, identifier: CanonicalIdentifier) => Promise<string>;
  /** The subject behind a visitor or console user, made when its first datum comes. A forgotten one stays forgotten. */
  subjectOf: (tenantId: string, identifier: CanonicalIdentifier) => Promise<Subject>;
  /**
   * The same with its box, which a new visitor gets at the cost of one write. `box` is `undefined` if it is forgotten.
   */
  open: (
    tenantId: string,
    identifier: CanonicalIdentifier,
  ) => Promise<Readonly<{ subject: Subject; box: Box | undefined }>>;
  subject: (tenantId: string, subjectId: string) => Promise<Subject | undefined>;
  /** Every living subject that is known by an identifier. An e-mail address may have several: one for each visit. */
  find: (tenantId: string, identifier: CanonicalIdentifier) => Promise<readonly Subject[]>;
  /**
   * Adds identifiers that a subject gave, and takes away those under the indexes `gone`. Answers false, and does
   * nothing, for a subject that is forgotten or unknown.
   */
  identify: (
    tenantId: string,
    subjectId: string,
    identifiers: readonly CanonicalIdentifier[],
    gone?: readonly string[],
  ) => Promise<boolean>;
  /** What a subject is known by, as it was kept. A forgotten subject is known by nothing. */
  identifiersOf: (subject: Subject) => Promise<readonly (SubjectIdentifier & Readonly<{ index: string }>)[]>;
  /**
   * What seals and opens for one subject; `undefined` if it is forgotten. To be held for one piece of work, not longer.
   */
  box: (subject: SubjectId) => Promise<Box | undefined>;
  /** Destroys a subject's key and what it could be found by. Safe to repeat. */
  forget: (tenantId: string, subjectId: string) => Promise<void>;
}>;
