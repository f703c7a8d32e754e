import type { Party } from '@anw/api-contracts';
import { SelectField } from '@anw/web-ui';

export interface PartyFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly known: readonly Party[];
}

/** An organisation out of those that are known here; two of one name are told apart by their address. */
export function PartyField({ name, label, hint, known }: PartyFieldProps) {
  const names = known.map((party) => party.name);
  const choices = known.map((party) => ({ value: party.did, label: names.filter((each) => each === party.name).length > 1 ? `${party.name} (${party.did})` : party.name }));
  return <SelectField name={name} label={label} hint={hint} required choices={choices} />;
}
