import type { ExplainedCheck } from '@anw/api-contracts';
import { Badge, type BadgeTone } from '@anw/web-ui';
import { Check, Minus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Repair } from './Repair.js';

const faces: Readonly<Record<ExplainedCheck['verdict'], { readonly tone: BadgeTone; readonly icon: ReactNode }>> = {
  granted: { tone: 'success', icon: <Check size={16} /> },
  denied: { tone: 'error', icon: <X size={16} /> },
  'not-evaluated': { tone: 'neutral', icon: <Minus size={16} /> },
};

export function CheckRow({ check: { check, title, verdict, verdictText, seen, from, repair } }: { readonly check: ExplainedCheck }) {
  return (
    <li className={`custodian-check custodian-check--${verdict}`}>
      <div className="custodian-check-top">
        <h3 className="nl-heading nl-heading--level-4">{check}. {title}</h3>
        <Badge {...faces[verdict]}>{verdictText}</Badge>
      </div>
      <p className="nl-paragraph custodian-seen"><strong>Gezien:</strong> {seen}. <span className="custodian-from">Bron: {from}.</span></p>
      {repair && <Repair {...repair} />}
    </li>
  );
}
