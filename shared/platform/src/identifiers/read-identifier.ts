import {
  type FieldMistake,
  type IdentifierKind,
  mistakeSaid,
  type Said,
  type SubjectIdentifier,
  VisitorId,
} from '@vox/contracts';
import { type Issue, issueAt } from '../fault/mod.ts';
import { emailForm } from './email-address.ts';
import { telephoneForm } from './telephone.ts';

/** An identifier in the one form in which it is compared and kept. */
export type CanonicalIdentifier = Readonly<{ kind: IdentifierKind; form: string }>;

const userIdMax = 64;
/** The tenant chooses the ids of its console users: they are taken as they are, without invisible characters. */
function userForm(written: string): string | undefined {
  const text = written.normalize('NFC').trim();
  return text === '' || text.length > userIdMax || /[\p{C}\p{Default_Ignorable_Code_Point}]/u.test(text)
    ? undefined
    : text;
}

const forms: Readonly<Record<IdentifierKind, (written: string, country: string | null) => string | undefined>> = {
  email: emailForm,
  phone: telephoneForm,
  visitor: (written) => VisitorId.safeParse(written.trim()).data,
  user: userForm,
};

/**
 * The canonical form of an identifier, or `undefined` for a text that identifies nobody. All ways of writing one
 * identifier have one form, and different forms are different identifiers. `country` is the tenant's country, whose
 * national telephone numbers are understood.
 */
export function readIdentifier(
  { kind, value }: SubjectIdentifier,
  country: string | null,
): CanonicalIdentifier | undefined {
  const form = forms[kind](value, country);
  return form === undefined ? undefined : { kind, form };
}

/** What an identifier must look like, for an error message. It never repeats what was written. */
export function identifierHint(kind: IdentifierKind, country: string | null): Said<FieldMistake> {
  switch (kind) {
    case 'email':
      return mistakeSaid('one-address');
    case 'phone':
      return country === null ? mistakeSaid('phone-with-country') : mistakeSaid('phone-of-country', { country });
    case 'visitor':
      return mistakeSaid('visitor-id');
    case 'user':
      return mistakeSaid('user-id');
  }
}

/** The canonical identifiers of a list, each once and in order, and the mistakes by field. */
export function readIdentifiers(
  said: readonly SubjectIdentifier[],
  country: string | null,
  path: string,
): Readonly<{ named: readonly CanonicalIdentifier[]; issues: readonly Issue[] }> {
  const named = new Map<string, CanonicalIdentifier>();
  const issues: Issue[] = [];
  for (const [at, each] of said.entries()) {
    const read = readIdentifier(each, country);
    if (read === undefined) issues.push(issueAt(`${path}.${at}.value`, identifierHint(each.kind, country)));
    else named.set(`${read.kind}:${read.form}`, read);
  }
  return { named: [...named.values()], issues };
}

/** The canonical identifiers that a visitor gave of itself, and the mistakes by field. */
export function readSubject(
  said: Readonly<{ email?: string | undefined; phone?: string | undefined }>,
  country: string | null,
): Readonly<{ named: readonly CanonicalIdentifier[]; issues: readonly Issue[] }> {
  const named: CanonicalIdentifier[] = [];
  const issues: Issue[] = [];
  for (const kind of ['email', 'phone'] as const) {
    const value = said[kind];
    if (value === undefined) continue;
    const read = readIdentifier({ kind, value }, country);
    if (read === undefined) issues.push(issueAt(`subject.${kind}`, identifierHint(kind, country)));
    else named.push(read);
  }
  return { named, issues };
}
