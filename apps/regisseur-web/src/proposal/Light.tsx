import type { TrafficLight } from '@anw/api-contracts';
import { CircleCheck, CircleX, Hourglass } from 'lucide-react';
import './proposal.css';

const repairWords = { regisseur: 'De regisseur kan dit herstellen.', custodian: 'De organisatie van de cliënt kan dit herstellen.', actor: 'De organisatie van de zorgverlener kan dit herstellen.' } as const;

/** The light of one nurse for one patient: by icon, word and reason, not by colour alone. */
export function Light({ light }: { readonly light: TrafficLight }) {
  switch (light.light) {
    case 'green':
      return (
        <span className="light light--green">
          <CircleCheck size={20} aria-hidden="true" />
          <span>
            <strong>Mag</strong>
            {light.homeAccess !== undefined && ' Woningtoegang kan mee.'}
          </span>
        </span>
      );
    case 'amber':
      return (
        <span className="light light--amber">
          <Hourglass size={20} aria-hidden="true" />
          <span>
            <strong>Nog niet bekend</strong> {light.reason}
          </span>
        </span>
      );
    case 'red':
      return (
        <span className="light light--red">
          <CircleX size={20} aria-hidden="true" />
          <span>
            <strong>Kan niet</strong> {light.reason} {light.repairBy !== undefined && !/\b(?:kan|moet)\b/.test(light.reason) && repairWords[light.repairBy]}
          </span>
        </span>
      );
  }
}
