import type { EmployeeIdentifier } from '@anw/values';

/** Who changes an entry: a person at a page with her reason, the operator by number, or nobody that we were told of. */
export type Changer = PersonAtPage | EmployeeIdentifier | undefined;

export interface PersonAtPage {
  readonly identifier: EmployeeIdentifier;
  readonly name: string;
  readonly reason?: string;
}

/** As the rules of the domain ask it. */
export function changerOf(changer: Changer): { readonly by: EmployeeIdentifier | undefined; readonly byName?: string; readonly reason?: string } {
  if (changer === undefined || typeof changer === 'string') return { by: changer };
  const { identifier, name, reason } = changer;
  return { by: identifier, byName: name, ...(reason !== undefined && { reason }) };
}
