import { z } from 'zod';
import { CredentialError, type StatusEntry } from '../credential.js';
import { describeForm } from '../credential-failures.js';
import { STATUS_LIST_BITS } from './bitstring.js';

/** Decimal string on the wire; a number once we have read and kept the entry. */
const Index = z.union([
  z
    .string()
    .regex(/^(0|[1-9]\d{0,8})$/)
    .transform(Number),
  z.int().min(0),
]);

/** Only what we can evaluate: another type or purpose is a status that cannot be established (design D10). */
const Entry = z.object({
  id: z.string().max(2048).optional(),
  type: z.enum(['StatusList2021Entry', 'BitstringStatusListEntry']),
  statusPurpose: z.literal('revocation'),
  statusListIndex: Index.refine((index) => index < STATUS_LIST_BITS),
  statusListCredential: z.url({ protocol: /^https$/ }).max(2048),
});

/** Reads `credentialStatus`, in the wire form or as kept. @throws CredentialError `status-malformed` when any entry is one we cannot evaluate */
export function parseStatusEntries(status: readonly unknown[]): readonly StatusEntry[] {
  return status.map((entry) => {
    const read = Entry.safeParse(entry);
    if (!read.success) throw new CredentialError('status-malformed', describeForm('status entry', read.error));
    const { id, ...rest } = read.data;
    return { id: id ?? `${rest.statusListCredential}#${rest.statusListIndex}`, ...rest };
  });
}

/** Place of a credential in both status lists of its issuer. */
export interface StatusPosition {
  /** From 1. */
  readonly page: number;
  readonly index: number;
}

/** Where an issuer serves its status lists: `<partner door>`, and its uuid in the path (design §6). */
export interface StatusListBase {
  /** Origin of the partner door, without trailing slash. */
  readonly door: string;
  readonly uuid: string;
}

export type StatusListForm = 'StatusList2021' | 'BitstringStatusList';

const pathOf = { StatusList2021: 'statuslist', BitstringStatusList: 'bitstring-statuslist' } as const satisfies Record<StatusListForm, string>;

/** URL of one page, by which the list calls itself too. */
export function statusListUrl(form: StatusListForm, { door, uuid }: StatusListBase, page: number): string {
  return `${door}/${pathOf[form]}/${uuid}/${page}`;
}

/** One entry for each form, same index: nuts-node reads only the first, the national profile only the second (design D10). */
export function createStatusEntries(base: StatusListBase, position: StatusPosition): readonly object[] {
  return [createEntry('StatusList2021', base, position), createEntry('BitstringStatusList', base, position)];
}

function createEntry(form: StatusListForm, base: StatusListBase, { page, index }: StatusPosition): object {
  const url = statusListUrl(form, base, page);
  return { id: `${url}#${index}`, type: `${form}Entry`, statusPurpose: 'revocation', statusListIndex: String(index), statusListCredential: url };
}
