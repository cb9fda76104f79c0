import type { AnyCheck, Check } from './check.ts';
import type { AddedBy, InOrder, NeededBy, UsedBy } from './order.ts';
import { openChecks, passing } from './run-checks.ts';

type Token = Readonly<{ token: string }>;
type Given = Readonly<{ token: string | undefined }>;
type Branches<InHeader extends readonly AnyCheck[], InBody extends readonly AnyCheck[]> = Readonly<{
  inHeader: readonly [...InHeader] & InOrder<InHeader, NeededBy<InHeader, Token> & Token>;
  inBody: readonly [...InBody] & InOrder<InBody, NeededBy<InBody>>;
}>;

/** What is known behind either branch. */
type Known<InHeader extends readonly AnyCheck[], InBody extends readonly AnyCheck[]> =
  | AddedBy<InHeader>
  | AddedBy<InBody>;

/**
 * A token of the header can be looked at before the body is read, and one of the body (sendBeacon sets no header) only
 * behind it. So there are two orders of the same checks, and both end with the same knowledge.
 */
export const byTokenPlace = <const InHeader extends readonly AnyCheck[], const InBody extends readonly AnyCheck[]>({
  inHeader,
  inBody,
}: Branches<InHeader, InBody>): Check<
  UsedBy<InHeader> & UsedBy<InBody>,
  Given & NeededBy<InHeader, Token> & NeededBy<InBody>,
  Known<InHeader, InBody>
> => {
  // Such a check stands in the row itself, where it sees every refusal.
  const misplaced = [...inHeader, ...inBody].find(({ afterRefusal }) => afterRefusal !== undefined);
  if (misplaced !== undefined) throw new TypeError(`${misplaced.name} cannot stand in a branch`);
  return {
    name: 'by the place of the token',
    whenDown: 'as its checks say',
    shows: Object.assign({}, ...inHeader.map(({ shows }) => shows)),
    run: (dependencies) => {
      const header = openChecks(inHeader, dependencies);
      const body = openChecks(inBody, dependencies);
      return async (context) => {
        // Each of them adds to the context itself.
        await passing(context.token === undefined ? body : header, context, async () => undefined);
        return {} as Known<InHeader, InBody>;
      };
    },
  };
};
