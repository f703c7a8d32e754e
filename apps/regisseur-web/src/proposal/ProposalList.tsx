import type { PractitionerProposal, ProposedPractitioner } from '@anw/api-contracts';
import { Alert, announce, classNames, formatTime, useSettling } from '@anw/web-ui';
import { useEffect, useRef } from 'react';
import { ChoiceButton } from '../choices/ChoiceButton.js';
import { useListKeys } from '../keys/use-list-keys.js';
import { Light } from './Light.js';
import './proposal.css';

interface ProposalListProps {
  readonly proposal: PractitionerProposal;
  readonly onChoose: (practitioner: ProposedPractitioner) => void;
  /** Somebody who cannot be chosen here: she has the visit already. */
  readonly excluded?: string | undefined;
}

/** Whom to send, in the order in which the desk would choose: a number or Enter chooses, arrows read on. */
export function ProposalList({ proposal: { practitioners, silent }, onChoose, excluded }: ProposalListProps) {
  const list = useRef<HTMLOListElement>(null);
  const shown = practitioners.filter(({ shift }) => shift !== excluded);
  // Lights that turn green put others on top: nobody sends another than she read.
  const isSettling = useSettling(shown.map(({ shift }) => shift).join(' '));
  const listKeys = useListKeys(isSettling);
  const firstFree = shown.findIndex(({ light }) => light?.light === 'green');
  const isNobodyGreen = shown.every(({ light }) => light?.light === 'red');
  useEffect(() => {
    // Whoever reads on in the list stays where she is.
    if (list.current?.contains(document.activeElement) === true) return;
    list.current?.querySelectorAll<HTMLElement>('[data-choice]')[Math.max(firstFree, 0)]?.focus();
  }, [firstFree, shown.length]);

  const choose = (practitioner: ProposedPractitioner) => {
    if (practitioner.light?.light === 'green') return onChoose(practitioner);
    announce(practitioner.light === undefined ? 'Nog niet bekend of dit mag.' : practitioner.light.reason);
  };
  return (
    <>
      {shown.length === 0 && <Alert kind="warning" title="Er heeft niemand dienst">Kijk bij Dienst of er roosters ontbreken, of bel de achterwacht van de zorgorganisaties.</Alert>}
      {shown.length > 0 && isNobodyGreen && <Alert kind="warning" title="Niemand kan naar deze cliënt worden gestuurd">Bij elke zorgverlener staat waarom, en wie het kan herstellen.</Alert>}
      <ol className={classNames('choices', isSettling && 'anw-settling')} ref={list} onKeyDown={listKeys} aria-label="Zorgverleners in dienst">
        {shown.map((practitioner, index) => (
          <li key={practitioner.shift}>
            <ChoiceButton number={index + 1} onChoose={() => choose(practitioner)} isClosed={practitioner.light?.light !== 'green'}>
              <span className="choice__main">
                <strong>{practitioner.name}</strong>
                <span>
                  {practitioner.roleName}, {practitioner.actor.name}
                </span>
              </span>
              <span className="proposed__facts">
                <span>{practitioner.reason}</span>
                <span>
                  {practitioner.district !== undefined && `Wijk ${practitioner.district}, `}tot {formatTime(practitioner.period.until)}
                </span>
              </span>
              {practitioner.light && <Light light={practitioner.light} />}
            </ChoiceButton>
          </li>
        ))}
      </ol>
      {silent.map(({ did, name, problem }) => (
        <Alert key={did} kind="warning" title={`${name} zegt nu niet wie dienst heeft`}>
          {problem}
        </Alert>
      ))}
    </>
  );
}
