import { Button } from '@anw/web-ui';
import type { ReactNode } from 'react';
import type { EntryPage, EntryShow } from './use-entry-page.js';

const choices: readonly { readonly show: EntryShow; readonly label: string }[] = [
  { show: 'open', label: 'Geldt nu of later' },
  { show: 'waiting', label: 'Wacht op goedkeuring' },
  { show: 'all', label: 'Alles, ook wat voorbij is' },
];

export interface EntryChoicesProps extends Pick<EntryPage, 'place' | 'choose'> {
  readonly waiting: number;
  readonly children?: ReactNode;
}

/** Which entries one sees; how many wait for a second person shows on whatever page. */
export function EntryChoices({ place: { show }, choose, waiting, children }: EntryChoicesProps) {
  return (
    <div className="anw-actions custodian-choices" role="group" aria-label="Wat u ziet">
      {choices.map((choice) => (
        <Button key={choice.show} kind={choice.show === show ? 'primary' : 'secondary'} aria-pressed={choice.show === show} onClick={() => choose({ show: choice.show })}>
          {choice.show === 'waiting' ? `${choice.label} (${waiting})` : choice.label}
        </Button>
      ))}
      {children}
    </div>
  );
}
