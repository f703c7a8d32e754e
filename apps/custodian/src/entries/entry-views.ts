import type { AllowlistRowView, EntryStepView, Party } from '@anw/api-contracts';
import type { Entry, EntryKind, EntryState, EntryStep, EntryStepName } from '@anw/authorization';
import { UNTIL_ENDED } from '@anw/consent';
import { didWebHost, type StaffUser } from '@anw/identity';
import type { Did } from '@anw/values';

type EntryMembers = Omit<AllowlistRowView, 'regisseur' | 'actor'>;

const states: Readonly<Record<EntryState, string>> = { pending: 'Wacht op een tweede persoon', future: 'Gaat later in', current: 'Geldt nu', ended: 'Beëindigd', withdrawn: 'Ingetrokken, heeft nooit gegolden' };
const steps: Readonly<Record<EntryStepName, string>> = { proposed: 'Voorgesteld', added: 'Toegevoegd', approved: 'Goedgekeurd', withdrawn: 'Voorstel ingetrokken', ended: 'Beëindigd' };

/** An entry for the application manager, with what she may do with it. */
export function toEntryMembers<K extends EntryKind>(entry: Entry<K>, history: readonly EntryStep[], user: Pick<StaffUser, 'identifier'>): EntryMembers {
  const { id, period, state, proposedBy } = entry;
  return {
    id,
    validFrom: period.from.toISOString(),
    ...(period.until.getTime() !== UNTIL_ENDED.getTime() && { validUntil: period.until.toISOString() }),
    state,
    stateText: states[state],
    history: history.filter((step) => step.entry === id).map(toStepView),
    mayApprove: state === 'pending' && proposedBy?.toLowerCase() !== user.identifier.toLowerCase(),
    mayEnd: state === 'pending' || state === 'future' || state === 'current',
  };
}

function toStepView({ name, at, by, reason }: EntryStep): EntryStepView {
  return { what: steps[name], at: at.toISOString(), by: nameChanger(by), ...(reason !== undefined && { reason }) };
}

function nameChanger(by: EntryStep['by']): string {
  if (by === undefined) return 'de beheerder van de dienst';
  return by.name === undefined ? `medewerker ${by.identifier}` : `${by.name} (${by.identifier})`;
}

/** Names partners by what they showed that they are called, else by the host that answers for them. */
export function partyNamer(names: ReadonlyMap<Did, string>): (did: Did) => Party {
  return (did) => ({ did, name: names.get(did) ?? (did.startsWith('did:web:') ? didWebHost(did) : did) });
}
