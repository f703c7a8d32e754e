import type { OwnPatientFound } from '@anw/api-contracts';
import { Button } from '@anw/web-ui';
import { Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { FindPatient } from './FindPatient.js';

export interface ChoosePatientOptions {
  /** Also those who left care, where the past counts. */
  readonly formerToo?: boolean;
  readonly onChosen: (patient: OwnPatientFound) => void;
}

export interface ChoosePatient {
  /** Opens the search; may stand within a form. */
  readonly button: ReactNode;
  /** Has a form of its own: it stands beside any other form, never within. */
  readonly dialog: ReactNode;
}

/** A button that finds a client by name or birth date, and the dialog that it opens. */
export function useChoosePatient({ formerToo = false, onChosen }: ChoosePatientOptions): ChoosePatient {
  const [searching, setSearching] = useState(false);
  const choose = (patient: OwnPatientFound) => {
    setSearching(false);
    onChosen(patient);
  };
  return {
    button: <Button icon={<Search size={20} />} onClick={() => setSearching(true)}>Zoek cliënt op naam</Button>,
    dialog: searching && <FindPatient formerToo={formerToo} onFound={choose} onClose={() => setSearching(false)} />,
  };
}
